/** The outbox of the notices bench: filled by one statement, read back as figures. */
import type pg from "pg";

export interface Filling {
  count: number;
  /** First number of the telephones, so that all differ. */
  from: number;
  lane: "outcome" | "campaign";
  windowMs: number;
}

export async function fillOutbox(pool: pg.Pool, { count, from, lane, windowMs }: Filling): Promise<void> {
  const now = new Date();
  await pool.query(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     select 'bench:' || $1 || ':' || n, $1, 'sms', 'password_changed', 'vi', '09' || lpad(n::text, 8, '0'),
            '{"at": "09:00 23/11/2026"}', $2, $2, $3, $2
       from generate_series($4::integer, $4::integer + $5::integer - 1) n`,
    [lane, now, new Date(now.getTime() + windowMs), from, count],
  );
  await pool.query("analyze notice");
}

export async function emptyOutbox(pool: pg.Pool): Promise<void> {
  await pool.query("truncate notice_part, notice_attempt, notice_receipt, notice");
}

export interface Result {
  sent: number;
  /** Neither sent nor given up. */
  open: number;
  /** Sent after its time, or never to be. */
  late: number;
  /** Messages of which a try had no answer. */
  unknown: number;
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
    p50Ms: number("p50Ms"),
    p99Ms: number("p99Ms"),
    lastMs: number("lastMs"),
  };
}
