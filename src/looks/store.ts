import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type FlagKind, URGENT, type Verdict } from "./rules.ts";

/** Flags of unusual looking and what is done about them, broken glass, lifted ceilings, watched persons. */

export interface Flag {
  id: string;
  staffId: string;
  kind: FlagKind;
  /** "0": about no single person. */
  personId: string;
  officeCode: string | null;
  firstAt: Date;
  lastAt: Date;
  firstEvent: string;
  lastEvent: string;
  times: number;
  glassId: string | null;
  dueOn: string | null;
  verdict: Verdict | null;
  note: string | null;
  judgedBy: string | null;
  judgedAt: Date | null;
}

/** The flags that somebody may see: of their offices, or all. */
export type FlagScope = readonly string[] | "all";

const columns = [
  "flag_id as id",
  "staff_id as staffId",
  "kind",
  "person_id as personId",
  "office_code as officeCode",
  "first_at as firstAt",
  "last_at as lastAt",
  "first_event as firstEvent",
  "last_event as lastEvent",
  "times",
  "glass_id as glassId",
  "due_on as dueOn",
  "verdict",
  "note",
  "judged_by as judgedBy",
  "judged_at as judgedAt",
] as const;

interface Want {
  isJudged: boolean;
  before?: string | undefined;
  limit: number;
}

/** The newest first; of those that wait the urgent ones before all others. */
export async function flagsIn(db: Db, scope: FlagScope, { isJudged, before, limit }: Want): Promise<Flag[]> {
  let query = flagsOfScope(db, scope).where("verdict", isJudged ? "is not" : "is", null);
  if (before) query = query.where("flag_id", "<", before);
  if (!isJudged && !before) query = query.orderBy(sql`kind = any(${URGENT as string[]}::text[])`, "desc");
  return (await query.orderBy("flag_id", "desc").limit(limit).execute()) as Flag[];
}

export async function flagsSince(db: Db, scope: FlagScope, since: Date, limit: number): Promise<Flag[]> {
  const query = flagsOfScope(db, scope).where("last_at", ">=", since);
  return (await query.orderBy("flag_id", "desc").limit(limit).execute()) as Flag[];
}

export async function findFlag(db: Db | Tx, scope: FlagScope, id: string, lock = false): Promise<Flag | undefined> {
  const query = flagsOfScope(db, scope).where("flag_id", "=", id);
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as Flag | undefined;
}

function flagsOfScope(db: Db | Tx, scope: FlagScope) {
  const all = db.selectFrom("look_flag").select(columns);
  return scope === "all" ? all : all.where("office_code", "in", scope.length > 0 ? [...scope] : [""]);
}

export async function countOpenFlags(
  db: Db,
  scope: FlagScope,
  today: string,
): Promise<{ open: number; urgent: number; overdue: number }> {
  const { rows } = await sql<{ open: number; urgent: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where kind = any(${URGENT as string[]}::text[]))::int as urgent,
           count(*) filter (where due_on < ${today}::date)::int as overdue
      from look_flag where verdict is null
       and ${scope === "all" ? sql<boolean>`true` : sql<boolean>`office_code = any(${scope as string[]}::text[])`}`.execute(
    db,
  );
  return rows[0] ?? { open: 0, urgent: 0, overdue: 0 };
}

export async function judgeFlag(
  tx: Tx,
  id: string,
  given: { verdict: Verdict; note: string; by: string; at: Date },
): Promise<void> {
  const set = { verdict: given.verdict, note: given.note, judged_by: given.by, judged_at: given.at };
  await tx.updateTable("look_flag").set(set).where("flag_id", "=", id).execute();
}

export interface FoundFlag {
  staffId: string;
  kind: FlagKind;
  day: string;
  personId: string;
  officeCode: string | null;
  firstAt: Date;
  lastAt: Date;
  firstEvent: string;
  lastEvent: string;
  times: number;
}

/** A flag that goes on after a verdict waits for another one: the first stays in the audit. */
export async function raiseFlags(tx: Tx, flags: readonly FoundFlag[]): Promise<void> {
  if (flags.length === 0) return;
  await sql`
    insert into look_flag as f (staff_id, kind, day, person_id, office_code, first_at, last_at, first_event, last_event, times)
    select r."staffId", r.kind, r.day, r."personId",
           coalesce(r."officeCode", (select s.office_code from staff_role s where s.staff_id = r."staffId"
             and s.office_code is not null order by s.valid_from desc limit 1)),
           r."firstAt", r."lastAt", r."firstEvent", r."lastEvent", r.times
      from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb) as r ("staffId" bigint, kind text, day date, "personId" bigint,
        "officeCode" text, "firstAt" timestamptz, "lastAt" timestamptz, "firstEvent" bigint, "lastEvent" bigint, times integer)
    on conflict (staff_id, kind, day, person_id) do update
      set last_at = excluded.last_at, last_event = excluded.last_event, times = f.times + excluded.times,
          verdict = null, note = null, judged_by = null, judged_at = null`.execute(tx);
}

export interface NewGlass {
  id: string;
  personId: string;
  officeCode: string;
  staffId: string;
  reason: string;
  says: string;
  at: Date;
  until: Date;
  /** The last day for the review. */
  dueOn: string;
  day: string;
}

/** Glass that is broken, and the flag by which somebody else reviews it: one a person and day, the last one told. */
export async function saveGlass(tx: Tx, glass: NewGlass, eventId: string): Promise<void> {
  const { id: glass_id, personId: person_id, officeCode: office_code, staffId: staff_id, reason, says } = glass;
  const own = { glass_id, person_id, office_code, staff_id };
  await tx
    .insertInto("break_glass")
    .values({ ...own, reason, says, opened_at: glass.at, until_at: glass.until })
    .execute();
  await tx
    .insertInto("look_flag")
    .values({
      ...{ ...own, kind: "break_glass", day: glass.day, due_on: glass.dueOn, times: 1 },
      ...{ first_at: glass.at, last_at: glass.at, first_event: eventId, last_event: eventId },
    })
    .onConflict((conflict) =>
      conflict.columns(["staff_id", "kind", "day", "person_id"]).doUpdateSet((e) => ({
        ...{ glass_id, last_at: glass.at, last_event: eventId, times: sql<number>`look_flag.times + 1` },
        ...{ verdict: null, note: null, judged_by: null, judged_at: null, due_on: e.ref("excluded.due_on") },
      })),
    )
    .execute();
}

export async function findGlass(db: Db, glassId: string) {
  return db.selectFrom("break_glass").selectAll().where("glass_id", "=", glassId).executeTakeFirst();
}

export async function lastEventId(tx: Tx, staffId: string): Promise<string> {
  const row = await tx
    .selectFrom("audit_event")
    .select("event_id")
    .where("actor_kind", "=", "staff")
    .where("actor_id", "=", staffId)
    .orderBy("event_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.event_id ?? "0";
}

export async function saveMatter(
  tx: Tx,
  matter: { id: string; personId: string; officeCode: string; staffId: string; reason: string; at: Date; until: Date },
): Promise<void> {
  const { id, personId, officeCode, staffId, reason, at, until } = matter;
  const row = { matter_id: id, person_id: personId, office_code: officeCode, staff_id: staffId, reason };
  await tx
    .insertInto("counter_matter")
    .values({ ...row, opened_at: at, until_at: until })
    .execute();
}

export async function saveLift(
  tx: Tx,
  lift: { id: string; staffId: string; by: string; reason: string; officeCode: string | null; at: Date; until: Date },
): Promise<void> {
  const { id, staffId, by, reason, officeCode, at, until } = lift;
  const row = { lift_id: id, staff_id: staffId, lifted_by: by, reason, office_code: officeCode };
  await tx
    .insertInto("look_lift")
    .values({ ...row, from_at: at, until_at: until })
    .execute();
}

export async function findLift(db: Db, staffId: string, now: Date) {
  return db
    .selectFrom("look_lift")
    .select(["lifted_by", "reason", "until_at"])
    .where("staff_id", "=", staffId)
    .where("until_at", ">", now)
    .executeTakeFirst();
}

export async function addWatch(
  tx: Tx,
  watch: { personId: string; kind: string; why: string; by: string; at: Date },
): Promise<boolean> {
  const open = tx.selectFrom("look_watch").select("kind").where("person_id", "=", watch.personId);
  const known = await open.where("kind", "=", watch.kind).where("ended_at", "is", null).executeTakeFirst();
  if (known) return false;
  await tx
    .insertInto("look_watch")
    .values({ person_id: watch.personId, kind: watch.kind, why: watch.why, added_by: watch.by, added_at: watch.at })
    .execute();
  return true;
}

export async function endWatch(tx: Tx, personId: string, at: Date): Promise<number> {
  const done = await tx
    .updateTable("look_watch")
    .set({ ended_at: at })
    .where("person_id", "=", personId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

export async function setOwnRecord(tx: Tx, staffId: string, personId: string, at: Date): Promise<void> {
  await tx
    .insertInto("staff_person")
    .values({ staff_id: staffId, person_id: personId, added_at: at })
    .onConflict((conflict) => conflict.column("staff_id").doUpdateSet({ person_id: personId, added_at: at }))
    .execute();
}
