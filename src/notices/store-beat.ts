/** The pulse of the worker: when each of its parts last turned. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";

/** sender: the loops that hand messages to providers · schedule: the sweeps of every minute. */
export const workerParts = ["sender", "schedule"] as const;
/** What keeps a sweep from its work: it or some of its rows fail; it stops and asks somebody. */
export type Trouble = "failing" | "refusing";
/** How its last failure is kept: a run has its hour, work that turns every few seconds is never long without one. */
export type Failure = "failed_run" | "failed_turn";

/**
 * backup, rehearsal: the last one that succeeded, of the operator's commands (of rehearsals the clock begins with the
 * first backup); backup_tried: the first that began; chain: all events were chained; chain_whole, chain_broken: what the
 * last walk along the chain found; witness_whole, witness_broken: the last one with a witness.
 */
export type WorkerPart =
  | (typeof workerParts)[number]
  | "backup"
  | "backup_tried"
  | "rehearsal"
  | "chain"
  | `${"chain" | "witness"}_${"whole" | "broken"}`
  | `${Trouble | Failure}:${string}`;

export async function noteBeat(db: Db, part: WorkerPart | "retention", at: Date): Promise<void> {
  await db
    .insertInto("worker_beat")
    .values({ part, beat_at: at })
    .onConflict((conflict) => conflict.column("part").doUpdateSet({ beat_at: at }))
    .execute();
}

/** Only the first time counts: whatever comes of it, and of those after it. */
export async function noteFirst(db: Db, part: WorkerPart, at: Date): Promise<void> {
  await db
    .insertInto("worker_beat")
    .values({ part, beat_at: at })
    .onConflict((conflict) => conflict.column("part").doNothing())
    .execute();
}

/**
 * After each run of a sweep: since when it has this trouble, when it failed last, and no trouble that it does not have.
 */
export async function noteTrouble(
  db: Db,
  sweep: string,
  trouble: Trouble | undefined,
  at: Date,
  failure: Failure = "failed_run",
): Promise<void> {
  const stands: WorkerPart[] = trouble ? [`${trouble}:${sweep}`] : [];
  if (trouble === "failing") stands.push(`${failure}:${sweep}`);
  await sql`
    delete from worker_beat
     where part in (${sql.join(TROUBLES.map((kind) => `${kind}:${sweep}`))}) and part <> all(${stands})`.execute(db);
  if (trouble) await noteFirst(db, `${trouble}:${sweep}`, at);
  if (trouble === "failing") await noteBeat(db, `${failure}:${sweep}`, at);
}

const TROUBLES: readonly (Trouble | Failure)[] = ["failing", "refusing", "failed_run", "failed_turn"];

export async function forgetTroubles(db: Db): Promise<void> {
  await sql`delete from worker_beat where split_part(part, ':', 1) in (${sql.join(TROUBLES)})`.execute(db);
}

/** A part that never turned is missing. */
export async function lastBeats(db: Db): Promise<Map<WorkerPart | "retention", Date>> {
  const rows = await db.selectFrom("worker_beat").select(["part", "beat_at"]).execute();
  return new Map(rows.map(({ part, beat_at }) => [part as WorkerPart | "retention", beat_at]));
}
