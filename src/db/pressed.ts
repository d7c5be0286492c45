/**
 * Whether people wait at the web just then: its processes say so in one row beside the worker's beats, and whoever has time gives way
 * (decision 77). By the clock of the database, which all of them share.
 */
import { sql } from "kysely";
import type { Db } from "./house.ts";

const PART = "web_pressed";
/** Said more often than this while it lasts; what was said earlier is over. */
const HOLDS_SECONDS = 1.5;

export async function notePressed(db: Db): Promise<void> {
  await sql`insert into worker_beat (part, beat_at) values (${PART}, clock_timestamp())
    on conflict (part) do update set beat_at = excluded.beat_at`.execute(db);
}

export async function isPressed(db: Db): Promise<boolean> {
  const { rows } = await sql`select from worker_beat
    where part = ${PART} and beat_at > clock_timestamp() - make_interval(secs => ${HOLDS_SECONDS})`.execute(db);
  return rows.length > 0;
}
