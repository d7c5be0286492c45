/** The pulse of the worker: when each of its parts last turned. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";

/** sender: the loops that hand messages to providers · schedule: the sweeps of every minute. */
export const workerParts = ["sender", "schedule"] as const;
/** What keeps a sweep from its work: it or some of its rows fail; it stops and asks somebody. */
export type Trouble = "failing" | "refusing";

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
  | `${Trouble}:${string}`;

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

/** After each run of a sweep: since when it has this trouble, and none that it does not have. */
export async function noteTrouble(db: Db, sweep: string, trouble: Trouble | undefined, at: Date): Promise<void> {
  const stands = trouble ? `${trouble}:${sweep}` : "";
  await sql`
    delete from worker_beat where part in (${`failing:${sweep}`}, ${`refusing:${sweep}`}) and part <> ${stands}`.execute(
    db,
  );
  if (trouble) await noteFirst(db, `${trouble}:${sweep}`, at);
}

export async function forgetTroubles(db: Db): Promise<void> {
  await sql`delete from worker_beat where part like 'failing:%' or part like 'refusing:%'`.execute(db);
}

/** A part that never turned is missing. */
export async function lastBeats(db: Db): Promise<Map<WorkerPart | "retention", Date>> {
  const rows = await db.selectFrom("worker_beat").select(["part", "beat_at"]).execute();
  return new Map(rows.map(({ part, beat_at }) => [part as WorkerPart | "retention", beat_at]));
}
