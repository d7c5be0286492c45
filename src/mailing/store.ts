import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import type { Mailing, MailingPlan } from "./rules.ts";
import type { Left } from "./rules-audience.ts";

/** Message campaigns and what became of each line of a roster. */
const columns = sql`
  m.mailing_id as id, m.office_code as "officeCode", m.unit_code as "unitCode", m.purpose, m.audience,
  m.template_version as version, m.fields, m.starts_at as "startsAt", m.ends_at as "endsAt",
  m.written_at as "writtenAt", m.written_by as "writtenBy", m.decided_at as "decidedAt", m.decided_by as "decidedBy",
  m.decision, m.reason, m.begun_at as "begunAt", m.queued_at as "queuedAt", m.stopped_at as "stoppedAt",
  m.stopped_by as "stoppedBy"`;

export interface NewMailing extends MailingPlan {
  id: string;
  officeCode: string;
  unitCode: string | null;
  version: number | null;
  writtenAt: Date;
  writtenBy: string;
}

export async function insertMailing(tx: Tx, one: NewMailing): Promise<void> {
  await tx
    .insertInto("mailing")
    .values({
      ...{ mailing_id: one.id, office_code: one.officeCode, unit_code: one.unitCode, purpose: one.purpose },
      ...{ audience: one.audience, template_version: one.version, fields: JSON.stringify(one.fields) },
      ...{ starts_at: one.startsAt, ends_at: one.endsAt, written_at: one.writtenAt, written_by: one.writtenBy },
    })
    .execute();
}

async function find(db: Db | Tx, where: RawBuilder<unknown>): Promise<Mailing[]> {
  return (await sql<Mailing>`select ${columns} from mailing m where ${where}`.execute(db)).rows;
}

export async function findMailing(db: Db | Tx, id: string): Promise<Mailing | undefined> {
  if (!isUuid(id)) return undefined;
  return (await find(db, sql`m.mailing_id = ${id}::uuid`))[0];
}

/** Held to the end of the transaction. */
export async function lockMailing(tx: Tx, id: string): Promise<Mailing> {
  const [found] = isUuid(id) ? await find(tx, sql`m.mailing_id = ${id}::uuid for update`) : [];
  if (!found) throw new NotFound("mailing");
  return found;
}

/** Of these units, and those for everybody of these offices; the newest first. */
export function mailingsOf(db: Db, unitCodes: readonly string[], officeCodes: readonly string[], limit: number) {
  return find(
    db,
    sql`m.unit_code = any(${[...unitCodes]}::text[])
        or (m.unit_code is null and m.office_code = any(${[...officeCodes]}::text[]))
      order by m.written_at desc limit ${limit}`,
  );
}

/** Approved, and their time has come. */
export function dueMailings(db: Db, now: Date): Promise<Mailing[]> {
  return find(
    db,
    sql`m.decision = 'approved' and m.queued_at is null and m.stopped_at is null
        and m.starts_at <= ${now} and m.ends_at > ${now} order by m.starts_at`,
  );
}

export async function saveDecision(
  tx: Tx,
  id: string,
  by: { decision: "approved" | "refused"; reason: string | null; staffId: string; at: Date },
): Promise<void> {
  await tx
    .updateTable("mailing")
    .set({ decision: by.decision, reason: by.reason, decided_by: by.staffId, decided_at: by.at })
    .where("mailing_id", "=", id)
    .execute();
}

export async function saveStop(tx: Tx, id: string, by: { staffId: string; at: Date }): Promise<void> {
  await tx
    .updateTable("mailing")
    .set({ stopped_at: by.at, stopped_by: by.staffId })
    .where("mailing_id", "=", id)
    .execute();
}

export async function markBegun(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable("mailing")
    .set({ begun_at: at })
    .where("mailing_id", "=", id)
    .where("begun_at", "is", null)
    .execute();
}

export async function markQueued(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable("mailing")
    .set({ queued_at: at })
    .where("mailing_id", "=", id)
    .where("stopped_at", "is", null)
    .execute();
}

export interface ResultRow {
  unitCode: string;
  lineId: string;
  result: Left | "written";
}

/** A line that stands there already stays as it is. */
export async function insertResults(tx: Tx, mailingId: string, rows: readonly ResultRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into mailing_recipient (mailing_id, unit_code, line_id, result)
    select ${mailingId}::uuid, * from unnest(${rows.map(({ unitCode }) => unitCode)}::text[],
      ${rows.map(({ lineId }) => lineId)}::uuid[], ${rows.map(({ result }) => result)}::text[])
    on conflict do nothing`.execute(tx);
}

/** Lines that were settled by a run that ended half-way. */
export async function settledLines(db: Db, mailingId: string): Promise<Set<string>> {
  const rows = await db.selectFrom("mailing_recipient").select("line_id").where("mailing_id", "=", mailingId).execute();
  return new Set(rows.map(({ line_id }) => line_id));
}

export type Results = Record<Left | "written", number>;

export async function countResults(db: Db, mailingId: string): Promise<Results> {
  const { rows } = await sql<{ result: Left | "written"; count: number }>`
    select result, count(*)::integer as count from mailing_recipient
     where mailing_id = ${mailingId}::uuid group by 1`.execute(db);
  return Object.assign(
    { written: 0, no_channel: 0, refused: 0, repeated: 0 },
    Object.fromEntries(rows.map(({ result, count }) => [result, count])),
  );
}
