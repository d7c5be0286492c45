import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Declaration, declarationColumns } from "./store.ts";

/** These files, by id. */
export async function findByIds(db: Db | Tx, ids: readonly string[]): Promise<Map<string, Declaration>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("declaration_id", "in", [...ids])
    .execute();
  return new Map((rows as Declaration[]).map((file) => [file.id, file]));
}

/** Files of one record that now belong to another: which they were. `only`: these and no others. */
export async function changePerson(tx: Tx, from: string, to: string, only?: readonly string[]): Promise<string[]> {
  if (only?.length === 0) return [];
  let change = tx.updateTable("declaration").set({ person_id: to }).where("person_id", "=", from);
  if (only) change = change.where("declaration_id", "in", [...only]);
  const rows = await change.returning("declaration_id").execute();
  return rows.map((row) => row.declaration_id);
}

/** The office that accepted this person's file last; undefined where none did. */
export async function officeThatAccepted(db: Db | Tx, personId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("declaration")
    .select("office_code")
    .where("person_id", "=", personId)
    .where("status", "=", "accepted")
    .orderBy("decided_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.office_code ?? undefined;
}

/** One move of a file between offices: no name, no number, only the code. */
export interface Move {
  code: string;
  at: Date;
  staffId: string;
  fromOffice: string;
  toOffice: string;
  /** The file lies in the asker's own offices now. */
  isHere: boolean;
  way: string;
  reason: string;
}

/** Files that came to these offices or left them, newest first: what both offices keep of a move. `code`: of one file. */
export async function movesOf(db: Db, officeCodes: readonly string[], limit: number, code?: string): Promise<Move[]> {
  const own = sql`any(${[...officeCodes]}::text[])`;
  const { rows } = await sql<Move>`
    select d.code, e.at, e.actor_id as "staffId", e.detail->>'way' as way, e.detail->>'reason' as reason,
           coalesce(f.name, e.detail->>'from') as "fromOffice", coalesce(t.name, e.detail->>'to') as "toOffice",
           d.office_code = ${own} as "isHere"
      from declaration_event e
      join declaration d on d.declaration_id = e.declaration_id
      left join bhxh_office f on f.office_code = e.detail->>'from'
      left join bhxh_office t on t.office_code = e.detail->>'to'
     where e.kind = 'handed_over' and (e.detail->>'from' = ${own} or e.detail->>'to' = ${own})
       and ${code === undefined ? sql`true` : sql`d.code = ${code}`}
     order by e.at desc, d.code
     limit ${limit}`.execute(db);
  return rows;
}

/** The files that were found to be this person's, by id: those of any of their records. */
export async function fileIdsOf(db: Db, personIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom("declaration")
    .select("declaration_id")
    .where("person_id", "in", [...personIds])
    .execute();
  return rows.map((row) => row.declaration_id);
}

/** Files that declared this number, as insurance number or as number of the paper. */
export async function fileIdsByNumber(db: Db, number: string): Promise<string[]> {
  const rows = await db
    .selectFrom("declaration")
    .select("declaration_id")
    .where((where) => where.or([where("insurance_number", "=", number), where("id_number", "=", number)]))
    .where("status", "!=", "draft")
    .execute();
  return rows.map((row) => row.declaration_id);
}

/** Of these persons the ones with a file at one of these offices: whose matters are the office's own. */
export async function personsWithFileAt(
  db: Db,
  personIds: readonly string[],
  officeCodes: readonly string[],
): Promise<string[]> {
  if (personIds.length === 0 || officeCodes.length === 0) return [];
  const rows = await db
    .selectFrom("declaration")
    .select("person_id")
    .distinct()
    .where("person_id", "in", [...personIds])
    .where("office_code", "in", [...officeCodes])
    .execute();
  return rows.flatMap(({ person_id }) => person_id ?? []);
}

/** Files of these persons as they see them: what was declared, and when it moved. Instants and days as ISO text. */
export async function filesOfPersons(db: Db, personIds: readonly string[]) {
  const rows = await db
    .selectFrom("declaration")
    .leftJoin("bhxh_office", "bhxh_office.office_code", "declaration.office_code")
    .select([
      "declaration.code",
      "declaration.status",
      "declaration.created_at",
      "declaration.confirmed_at",
      "declaration.received_at",
      "declaration.decided_at",
      "declaration.office_code",
      "declaration.answers",
      "bhxh_office.name as office_name",
    ])
    .where("declaration.person_id", "in", [...personIds])
    .orderBy("declaration.created_at", "desc")
    .execute();
  return rows.map((row) => ({
    code: row.code,
    status: row.status,
    begunAt: row.created_at.toISOString(),
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    office: row.office_code,
    officeName: row.office_name,
    answers: JSON.stringify(row.answers),
  }));
}
