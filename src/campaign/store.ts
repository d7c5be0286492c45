import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Length } from "./rules.ts";

/** Broadcasts, posters and desk days of units. No row of these holds anything of those who heard, scanned or came. */
export interface Broadcast {
  id: string;
  unitCode: string;
  length: Length;
  plannedAt: Date;
  cancelledAt: Date | null;
  airedAt: Date | null;
  airedSeconds: number | null;
  announcer: string | null;
}

const broadcastColumns = [
  "broadcast_id as id",
  "unit_code as unitCode",
  "length",
  "planned_at as plannedAt",
  "cancelled_at as cancelledAt",
  "aired_at as airedAt",
  "aired_seconds as airedSeconds",
  "announcer",
] as const;

export async function insertBroadcast(
  tx: Tx,
  one: { id: string; unitCode: string; length: Length; plannedAt: Date; staffId: string },
): Promise<void> {
  await tx
    .insertInto("broadcast")
    .values({
      ...{ broadcast_id: one.id, unit_code: one.unitCode, length: one.length },
      ...{ planned_at: one.plannedAt, planned_by: one.staffId },
    })
    .execute();
}

/** The newest first. */
export async function broadcastsOf(db: Db, unitCodes: readonly string[], since: Date, limit: number) {
  if (unitCodes.length === 0) return [];
  const rows = await db
    .selectFrom("broadcast")
    .select(broadcastColumns)
    .where("unit_code", "in", [...unitCodes])
    .where("planned_at", ">=", since)
    .orderBy("planned_at", "desc")
    .limit(limit)
    .execute();
  return rows as Broadcast[];
}

/** False when it is not this unit's, was cancelled, or was noted before. */
export async function noteAired(
  tx: Tx,
  unitCode: string,
  id: string,
  aired: { airedAt: Date; seconds: number; announcer: string; staffId: string },
): Promise<boolean> {
  const done = await tx
    .updateTable("broadcast")
    .set({
      ...{ aired_at: aired.airedAt, aired_seconds: aired.seconds },
      ...{ announcer: aired.announcer, noted_by: aired.staffId },
    })
    .where("broadcast_id", "=", id)
    .where("unit_code", "=", unitCode)
    .where("aired_at", "is", null)
    .where("cancelled_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function cancelBroadcast(tx: Tx, unitCode: string, id: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable("broadcast")
    .set({ cancelled_at: at })
    .where("broadcast_id", "=", id)
    .where("unit_code", "=", unitCode)
    .where("aired_at", "is", null)
    .where("cancelled_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** The mark of a unit's paper, made with the first one that is printed. */
export async function markFor(
  db: Db,
  unitCode: string,
  paper: "poster" | "leaflet",
  fresh: { mark: string; at: Date },
): Promise<string> {
  const row = { mark: fresh.mark, unit_code: unitCode, paper, made_at: fresh.at };
  await db
    .insertInto("poster_mark")
    .values(row)
    .onConflict((conflict) => conflict.columns(["unit_code", "paper"]).doNothing())
    .execute();
  const kept = await db
    .selectFrom("poster_mark")
    .select("mark")
    .where("unit_code", "=", unitCode)
    .where("paper", "=", paper)
    .executeTakeFirstOrThrow();
  return kept.mark;
}

/** One more on that day; nothing when nobody has this mark. */
export async function addScan(db: Db, mark: string, onDay: string): Promise<void> {
  await sql`
    insert into poster_scan (mark, on_day, scans)
    select mark, ${onDay}::date, 1 from poster_mark where mark = ${mark}
    on conflict (mark, on_day) do update set scans = poster_scan.scans + 1`.execute(db);
}

export interface ScanCount {
  unitCode: string;
  paper: "poster" | "leaflet";
  recent: number;
  all: number;
}

/** `since`: ISO day from which scans count as recent. */
export async function scansOf(db: Db, unitCodes: readonly string[], since: string): Promise<ScanCount[]> {
  if (unitCodes.length === 0) return [];
  const { rows } = await sql<ScanCount>`
    select p.unit_code as "unitCode", p.paper, coalesce(sum(s.scans), 0)::int as "all",
      coalesce(sum(s.scans) filter (where s.on_day >= ${since}::date), 0)::int as recent
    from poster_mark p left join poster_scan s on s.mark = p.mark
    where p.unit_code = any(${[...unitCodes]}::text[])
    group by p.unit_code, p.paper order by p.unit_code, p.paper desc`.execute(db);
  return rows;
}

export interface DeskDay {
  id: string;
  unitCode: string;
  onDay: string;
  fromMinute: number;
  toMinute: number;
  place: string;
  lastNo: number;
  cancelledAt: Date | null;
}

const deskColumns = [
  "desk_id as id",
  "unit_code as unitCode",
  "on_day as onDay",
  "from_minute as fromMinute",
  "to_minute as toMinute",
  "place",
  "last_no as lastNo",
  "cancelled_at as cancelledAt",
] as const;

export async function insertDesk(
  tx: Tx,
  one: Omit<DeskDay, "lastNo" | "cancelledAt"> & { staffId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto("desk_day")
    .values({
      ...{ desk_id: one.id, unit_code: one.unitCode, on_day: one.onDay, from_minute: one.fromMinute },
      ...{ to_minute: one.toMinute, place: one.place, planned_by: one.staffId, planned_at: one.at },
    })
    .execute();
}

/** From that ISO day on, the nearest first. */
export async function desksOf(db: Db, unitCodes: readonly string[], since: string, limit: number): Promise<DeskDay[]> {
  if (unitCodes.length === 0) return [];
  return db
    .selectFrom("desk_day")
    .select(deskColumns)
    .where("unit_code", "in", [...unitCodes])
    .where("on_day", ">=", since)
    .where("cancelled_at", "is", null)
    .orderBy("on_day")
    .orderBy("from_minute")
    .limit(limit)
    .execute();
}

export async function getDesk(db: Db | Tx, unitCode: string, id: string): Promise<DeskDay> {
  const row = await db
    .selectFrom("desk_day")
    .select(deskColumns)
    .where("desk_id", "=", id)
    .where("unit_code", "=", unitCode)
    .executeTakeFirst();
  if (!row) throw new NotFound("desk");
  return row;
}

/** The next number; two who ask at once get two. */
export async function takeNumber(tx: Tx, deskId: string, staffId: string, at: Date): Promise<number> {
  const { no } = await tx
    .updateTable("desk_day")
    .set((set) => ({ last_no: set("last_no", "+", 1) }))
    .where("desk_id", "=", deskId)
    .returning("last_no as no")
    .executeTakeFirstOrThrow();
  await tx.insertInto("desk_number").values({ desk_id: deskId, no, given_at: at, given_by: staffId }).execute();
  return no;
}

export async function numbersOf(db: Db, deskId: string): Promise<{ no: number; givenAt: Date }[]> {
  return db
    .selectFrom("desk_number")
    .select(["no", "given_at as givenAt"])
    .where("desk_id", "=", deskId)
    .orderBy("no")
    .execute();
}

export async function cancelDesk(tx: Tx, deskId: string, at: Date): Promise<void> {
  await tx.updateTable("desk_day").set({ cancelled_at: at }).where("desk_id", "=", deskId).execute();
}
