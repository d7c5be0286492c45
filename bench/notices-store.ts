/** The outbox of the notices bench: filled by one statement, read back as figures. */
import type pg from "pg";
import type { House } from "../src/db/house.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { enqueue } from "../src/notices/enqueue.ts";

export interface Filling {
  count: number;
  /** First number of the telephones, so that all differ. */
  from: number;
  lane: "outcome" | "campaign";
  windowMs: number;
}

export async function fillOutbox(pool: pg.Pool, filling: Filling): Promise<void> {
  await addToOutbox(pool, filling);
  await pool.query("analyze notice");
}

export async function addToOutbox(pool: pg.Pool, { count, from, lane, windowMs }: Filling): Promise<void> {
  const now = new Date();
  await pool.query(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     select 'bench:' || $1 || ':' || n, $1, 'sms', 'password_changed', 'vi', '09' || lpad(n::text, 8, '0'),
            '{"at": "09:00 23/11/2026"}', $2, $2, $3, $2
       from generate_series($4::integer, $4::integer + $5::integer - 1) n`,
    [lane, now, new Date(now.getTime() + windowMs), from, count],
  );
}

/** From the first that was queued to the last that was sent. */
export async function secondsInAll(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ seconds: string }>(
    "select extract(epoch from max(sent_at) - min(created_at)) as seconds from notice",
  );
  return Number(rows[0]?.seconds ?? Number.NaN);
}

export interface Decided {
  n: number;
  /** Fifteen minutes from the complete file. */
  dueAt: Date;
}

/** By the product's own verb: outcomes of files, in one transaction. */
export async function enqueueDecided(house: House, decided: readonly Decided[], now: Date): Promise<void> {
  const notices = decided.map(({ n, dueAt }) => ({
    dedupeKey: `day:${n}`,
    class: "outcome" as const,
    template: "declaration_refused" as const,
    lang: "vi" as const,
    phone: `09${String(n).padStart(8, "0")}`,
    fields: { code: "BD-4F7K-92QX", reason: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." },
    dueAt,
    now,
  }));
  await inTransaction(house.db, (tx) => enqueue(tx, house.vault, ...notices));
}

const DEADLOCK = "40P01";

/** The senders go on looking meanwhile: who meets one of them in the other order asks again. */
export async function emptyOutbox(pool: pg.Pool): Promise<void> {
  try {
    await pool.query("truncate unreached_task, notice_part, notice_attempt, notice_receipt, notice");
  } catch (error) {
    if ((error as { code?: string }).code !== DEADLOCK) throw error;
    await emptyOutbox(pool);
  }
}

/** Neither sent nor given up. */
export async function openOf(pool: pg.Pool, lane: Filling["lane"]): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(`select count(*)::integer as open ${OPEN}`, [lane]);
  return rows[0]?.open ?? Number.NaN;
}

/** Stops at the first that it finds: may be asked often. */
export async function isOpen(pool: pg.Pool, lane: Filling["lane"]): Promise<boolean> {
  const { rows } = await pool.query<{ isOpen: boolean }>(`select exists (select ${OPEN}) as "isOpen"`, [lane]);
  return rows[0]?.isOpen ?? true;
}

const OPEN = `from notice where class = $1 and ended_at is null and (sent_at is null or sent_at < queued_at)
  and state in ('queued', 'sending', 'unknown')`;

export interface Result {
  sent: number;
  /** Neither sent nor given up. */
  open: number;
  /** Sent after its time, or never to be. */
  late: number;
  /** Messages of which a try had no answer. */
  unknown: number;
  /** Tries that the product counts as perhaps a second copy. */
  perhapsTwice: number;
  /** Texts shown as not confirmed, and second copies for them. */
  unconfirmed: number;
  repeats: number;
  p50Ms: number;
  p99Ms: number;
  lastMs: number;
}

export async function resultOf(pool: pg.Pool, lane: Filling["lane"]): Promise<Result> {
  const { rows } = await pool.query<Record<keyof Result, string | null>>(
    `select count(*) filter (where sent_at is not null) as sent,
            count(*) filter (where state in ('queued', 'sending', 'unknown')) as open,
            count(*) filter (where sent_at > due_at or state = 'failed') as late,
            (select count(distinct notice_id) from notice_attempt where outcome = 'unknown') as unknown,
            (select count(*) from notice_attempt later where after_unknown and outcome in ('accepted', 'unknown')
                and exists (select from notice_attempt earlier where earlier.notice_id = later.notice_id
                              and earlier.attempt_no < later.attempt_no
                              and earlier.outcome in ('accepted', 'unknown'))) as "perhapsTwice",
            count(*) filter (where unconfirmed_at is not null and state = 'sent') as unconfirmed,
            count(*) filter (where repeat_of is not null) as repeats,
            extract(epoch from percentile_cont(0.5) within group (order by sent_at - created_at)) * 1000 as "p50Ms",
            extract(epoch from percentile_cont(0.99) within group (order by sent_at - created_at)) * 1000 as "p99Ms",
            extract(epoch from max(sent_at - created_at)) * 1000 as "lastMs"
       from notice where class = $1`,
    [lane],
  );
  const [row] = rows;
  const number = (name: keyof Result) => Number(row?.[name] ?? 0);
  return {
    sent: number("sent"),
    open: number("open"),
    late: number("late"),
    unknown: number("unknown"),
    perhapsTwice: number("perhapsTwice"),
    unconfirmed: number("unconfirmed"),
    repeats: number("repeats"),
    p50Ms: number("p50Ms"),
    p99Ms: number("p99Ms"),
    lastMs: number("lastMs"),
  };
}
