/** The outbox of the trials: filled, emptied, and read back as what matters: lost, open, perhaps twice. */
import type pg from "pg";

export interface Wanted {
  count: number;
  channel?: "sms" | "email";
  class?: "outcome" | "reminder" | "campaign";
  /** From now; one second more for each message. */
  dueInMs?: number;
  template?: string;
}

let made = 0;

/** Answers the recipients, one a message and never twice. */
export async function fill(pool: pg.Pool, wanted: Wanted): Promise<string[]> {
  const { count, channel = "sms", class: lane = "outcome", dueInMs = 900_000, template = "password_changed" } = wanted;
  const now = new Date();
  const from = made;
  made += count;
  const { rows } = await pool.query<{ recipient: string }>(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     select 'trial:' || n, $1, $2, $3, 'vi',
            case $2 when 'sms' then '09' || lpad(n::text, 8, '0') else 'n' || n || '@example.vn' end,
            '{"at": "09:00 23/11/2026"}', $4, $4, $5::timestamptz + n * interval '1 second', $4
       from generate_series($6::integer, $6::integer + $7::integer - 1) n
     returning recipient`,
    [lane, channel, template, now, new Date(now.getTime() + dueInMs), from, count],
  );
  return rows.map(({ recipient }) => recipient);
}

/** Texts as a provider took them, with a reference each, and no report yet. Answers the references. */
export async function fillTaken(pool: pg.Pool, count: number, provider: string): Promise<string[]> {
  const recipients = await fill(pool, { count });
  const { rows } = await pool.query<{ reference: string }>(
    `with taken as (
       update notice set state = 'sent', sent_at = created_at, awaits_receipt = true, fence = 1, tries = 1, last_provider = $2
        where recipient = any($1) returning notice_id, created_at
     ), tried as (
       insert into notice_attempt (notice_id, attempt_no, provider, started_at, ended_at, outcome)
       select notice_id, 1, $2, created_at, created_at, 'accepted' from taken
     )
     select $2 || '-' || notice_id as reference from taken order by notice_id`,
    [recipients, provider],
  );
  return rows.map(({ reference }) => reference);
}

/** The answer of the provider gets stored: from here on a report finds its message. */
export async function nameParts(pool: pg.Pool, references: readonly string[], provider: string): Promise<void> {
  await pool.query(
    `insert into notice_part (notice_id, attempt_no, part_no, provider, reference)
     select split_part(r, '-', 2)::bigint, 1, 1, $2, r from unnest($1::text[]) r`,
    [references, provider],
  );
}

export async function empty(pool: pg.Pool): Promise<void> {
  await pool.query("truncate unreached_task, notice_part, notice_attempt, notice_receipt, notice");
}

export interface Row {
  recipient: string;
  state: string;
  last_error: string | null;
  tries: number;
  queued_at: Date;
  sent_at: Date | null;
  due_at: Date;
  unconfirmed_at: Date | null;
  repeat_of: string | null;
}

export async function rowsOf(pool: pg.Pool): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    "select recipient, state, last_error, tries, queued_at, sent_at, due_at, unconfirmed_at, repeat_of from notice order by notice_id",
  );
  return rows;
}

export async function countOpen(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(
    "select count(*)::integer as open from notice where state in ('queued', 'sending', 'unknown')",
  );
  return rows[0]?.open ?? Number.NaN;
}

export async function countReceipts(pool: pg.Pool): Promise<{ kept: number; unmatched: number }> {
  const { rows } = await pool.query<{ kept: number; unmatched: number }>(
    `select count(*)::integer as kept, (count(*) filter (where matched_at is null))::integer as unmatched
       from notice_receipt`,
  );
  return rows[0] ?? { kept: 0, unmatched: 0 };
}

export interface Due {
  recipient: string;
  due_at: Date;
  state: string;
}

/** A burst of four classes in no order, each message with a deadline of its own. */
export async function fillMixed(pool: pg.Pool, count: number): Promise<Due[]> {
  const now = new Date();
  const { rows } = await pool.query<Due>(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     select 'mixed:' || n, (array['outcome', 'code', 'reminder', 'campaign'])[1 + n % 4], 'sms', 'password_changed', 'vi',
            '09' || lpad(n::text, 8, '0'), '{"at": "09:00 23/11/2026"}', $1, $1,
            $1::timestamptz + interval '10 minutes' + (n * 7919 % 1009) * interval '1 second', $1
       from generate_series(1, $2::integer) n
     returning recipient, due_at, state`,
    [now, count],
  );
  return rows;
}

/** What has not left, in the order in which it must. */
export async function waitingInOrder(pool: pg.Pool): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `select recipient, due_at, state from notice where state in ('queued', 'sending', 'unknown')
      order by lane, due_at, notice_id`,
  );
  return rows;
}
