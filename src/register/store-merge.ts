import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type MergeState, type MovingTable, RECORD_TABLES } from "./rules-merge.ts";

/** The statements of a merge: each row goes by insert and delete, and the merge keeps what it did with it. */
export interface Merge {
  id: string;
  survivorId: string;
  mergedId: string;
  status: MergeState;
  officeCode: string;
  reason: string;
  proposedAt: Date;
  proposedBy: string;
  decidedAt: Date | null;
  decidedBy: string | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  undoReason: string | null;
  accountBefore: string | null;
  stayed: number | null;
}

const mergeColumns = [
  "merge_id as id",
  "survivor_id as survivorId",
  "merged_id as mergedId",
  "status",
  "office_code as officeCode",
  "reason",
  "proposed_at as proposedAt",
  "proposed_by as proposedBy",
  "decided_at as decidedAt",
  "decided_by as decidedBy",
  "undone_at as undoneAt",
  "undone_by as undoneBy",
  "undo_reason as undoReason",
  "account_before as accountBefore",
  "stayed",
] as const;

export async function findMerge(db: Db | Tx, id: string): Promise<Merge | undefined> {
  const row = await db.selectFrom("person_merge").select(mergeColumns).where("merge_id", "=", id).executeTakeFirst();
  return row as Merge | undefined;
}

export async function lockMerge(tx: Tx, id: string): Promise<Merge | undefined> {
  const row = await tx
    .selectFrom("person_merge")
    .select(mergeColumns)
    .where("merge_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row as Merge | undefined;
}

/** Undefined when a proposal or a merge of this record stands already. */
export async function insertMerge(
  tx: Tx,
  merge: Pick<Merge, "survivorId" | "mergedId" | "officeCode" | "reason" | "proposedAt" | "proposedBy">,
): Promise<string | undefined> {
  const row = await tx
    .insertInto("person_merge")
    .values({
      survivor_id: merge.survivorId,
      merged_id: merge.mergedId,
      office_code: merge.officeCode,
      reason: merge.reason,
      proposed_at: merge.proposedAt,
      proposed_by: merge.proposedBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("merge_id")
    .executeTakeFirst();
  return row?.merge_id;
}

/** The proposal or merge of this very pair that stands now, whichever of the two goes into the other. */
export async function findStanding(db: Db | Tx, one: string, other: string): Promise<Merge | undefined> {
  const row = await db
    .selectFrom("person_merge")
    .select(mergeColumns)
    .where("survivor_id", "in", [one, other])
    .where("merged_id", "in", [one, other])
    .where("status", "in", ["proposed", "merged"])
    .executeTakeFirst();
  return row as Merge | undefined;
}

/** Merges of these offices, those to decide first, with the name of the record that is kept. */
export async function mergesOf(
  db: Db,
  officeCodes: readonly string[],
  limit: number,
): Promise<(Merge & { survivorName: string })[]> {
  if (officeCodes.length === 0) return [];
  const rows = await db
    .selectFrom("person_merge")
    .innerJoin("person", "person.person_id", "person_merge.survivor_id")
    .select(mergeColumns)
    .select("person.full_name as survivorName")
    .where("office_code", "in", [...officeCodes])
    .orderBy(sql`status <> 'proposed'`)
    .orderBy("merge_id", "desc")
    .limit(limit)
    .execute();
  return rows as (Merge & { survivorName: string })[];
}

/** Merges since an instant: an import that began before one may still write rows of its record. */
export async function mergesSince(db: Db, since: Date): Promise<Merge[]> {
  const rows = await db
    .selectFrom("person_merge")
    .select(mergeColumns)
    .where("status", "=", "merged")
    .where("decided_at", ">", since)
    .execute();
  return rows as Merge[];
}

export async function saveDecision(
  tx: Tx,
  id: string,
  decision: { status: "merged" | "rejected"; at: Date; by: string; accountBefore?: string | undefined },
): Promise<void> {
  await tx
    .updateTable("person_merge")
    .set({
      status: decision.status,
      decided_at: decision.at,
      decided_by: decision.by,
      account_before: decision.accountBefore ?? null,
    })
    .where("merge_id", "=", id)
    .execute();
}

export async function saveUndoing(
  tx: Tx,
  id: string,
  undoing: { at: Date; by: string; reason: string; stayed: number },
): Promise<void> {
  const { at, by, reason, stayed } = undoing;
  await tx
    .updateTable("person_merge")
    .set({ status: "undone", undone_at: at, undone_by: by, undo_reason: reason, stayed })
    .where("merge_id", "=", id)
    .execute();
}

/** Both rows, always in the same order: whoever writes rows of either waits. */
export async function lockPersons(tx: Tx, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await tx
    .selectFrom("person")
    .select(["person_id", "merged_into"])
    .where("person_id", "in", [...ids])
    .orderBy("person_id")
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.merged_into]));
}

/**
 * Against merges, deaths and whoever else writes of these people. What an import adds about them (it holds their key until
 * its file is through) is not waited for.
 */
export async function lockPerson(tx: Tx, ...ids: readonly string[]): Promise<void> {
  await tx
    .selectFrom("person")
    .select("person_id")
    .where("person_id", "in", ids)
    .orderBy("person_id")
    .forNoKeyUpdate()
    .execute();
}

/** Does anything stand with this record that an import may have written late? */
export async function hasRows(db: Db, personId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from person_key where person_id = ${personId})
        or exists (select from guardianship where guardian_id = ${personId})
        or ${sql.join(
          RECORD_TABLES.map((table) => sql`exists (select from ${sql.table(table)} where person_id = ${personId})`),
          sql` or `,
        )} as has`.execute(db);
  return rows[0]?.has ?? false;
}

export async function setMergedInto(tx: Tx, personId: string, survivorId: string | null): Promise<void> {
  await tx.updateTable("person").set({ merged_into: survivorId }).where("person_id", "=", personId).execute();
}

interface Shape {
  key: string[];
  rest: string[];
}

/** Columns of a table beside person_id: those of its key, and the others. */
export async function shapeOf(tx: Tx, table: MovingTable): Promise<Shape> {
  const { rows } = await sql<{ name: string; isKey: boolean }>`
    select a.attname as name, coalesce(a.attnum = any (i.indkey), false) as "isKey"
      from pg_attribute a
      left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
     where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped
       and a.attname <> 'person_id' and a.attgenerated = ''
     order by a.attnum`.execute(tx);
  const names = (isKey: boolean) => rows.filter((row) => row.isKey === isKey).map(({ name }) => name);
  return { key: names(true), rest: names(false) };
}

const list = (names: readonly string[], prefix = "") =>
  sql.join(names.map((name) => (prefix ? sql.ref(`${prefix}.${name}`) : sql.ref(name))));

/** {"fund": …, "from_month": …}: names a row of its person; {} where a person has one row. */
export function keyObject(key: readonly string[], prefix: string): RawBuilder<unknown> {
  const pairs = key.flatMap((name) => [sql.lit(name), sql.ref(`${prefix}.${name}`)]);
  return pairs.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(pairs)})`;
}

/** `t` is the row that a kept key names. */
function isNamed(key: readonly string[]): RawBuilder<boolean> {
  if (key.length === 0) return sql`true`;
  return sql<boolean>`${sql.join(
    key.map((name) => sql`${sql.ref(`t.${name}`)} = ${sql.ref(`k.${name}`)}`),
    sql` and `,
  )}`;
}

/** Rows of a merge of one table and fate, as rows of that table: alias k. */
function kept(table: string, mergeId: string, fate: string, column: "key" | "before"): RawBuilder<unknown> {
  return sql`person_merge_row m
    cross join lateral jsonb_populate_record(null::${sql.table(table)}, m.${sql.ref(column)}) k
    where m.merge_id = ${mergeId} and m.table_name = ${table} and m.fate = ${fate}`;
}

const nextNo = (mergeId: string) =>
  sql`(select coalesce(max(row_no), 0) from person_merge_row where merge_id = ${mergeId}) + row_number() over ()`;

/** What will be changed on the way, or cannot go because the survivor has such a row, is kept whole. */
async function keepWhole(
  tx: Tx,
  mergeId: string,
  table: string,
  fate: "changed" | "set_aside",
  key: readonly string[],
  where: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key, before)
    select ${mergeId}, ${nextNo(mergeId)}, ${table}, ${fate}, ${keyObject(key, "t")}, to_jsonb(t)
      from ${sql.table(table)} t where ${where}`.execute(tx);
}

/** What became of a report that is set aside, as the other has one about the same fact, is set aside with it. */
const ofMovedReport = (to: string) =>
  sql`and exists (select from dispute d where d.person_id = ${to} and d.dispute_id = b.dispute_id)`;

/**
 * Copies a person's rows of one table to another person and keeps what became of each: moved, or set aside
 * because the other has a row in its place. The rows themselves are deleted afterwards, children first.
 */
export async function copyRows(tx: Tx, mergeId: string, table: MovingTable, from: string, to: string): Promise<number> {
  const { key, rest } = await shapeOf(tx, table);
  const columns = [...key, ...rest];
  const before = await lastRowNo(tx, mergeId);
  const { rows } = await sql<{ key: unknown }>`
    insert into ${sql.table(table)} as t (person_id, ${list(columns)})
    select ${to}::bigint, ${list(columns, "b")} from ${sql.table(table)} b
     where b.person_id = ${from} ${table === "dispute_event" ? ofMovedReport(to) : sql``}
     order by ${key.length > 0 ? list(key, "b") : sql.ref("b.person_id")}
    on conflict do nothing
    returning ${keyObject(key, "t")} as key`.execute(tx);
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${mergeId}, ${nextNo(mergeId)}, ${table}, 'moved', given.key
      from jsonb_array_elements(${JSON.stringify(rows.map((row) => row.key))}::jsonb) as given (key)
     where not exists (select from person_merge_row m where m.merge_id = ${mergeId} and m.table_name = ${table}
                          and m.fate = 'changed' and m.key = given.key)`.execute(tx);
  const isMoved = sql`exists (select from ${kept(table, mergeId, "moved", "key")}
    and m.row_no > ${before} and ${isNamed(key)})`;
  const isChanged = sql`exists (select from ${kept(table, mergeId, "changed", "key")} and ${isNamed(key)})`;
  await keepWhole(
    tx,
    mergeId,
    table,
    "set_aside",
    key,
    sql`t.person_id = ${from} and not ${isMoved} and not ${isChanged}`,
  );
  return rows.length;
}

async function lastRowNo(tx: Tx, mergeId: string): Promise<number> {
  const row = await tx
    .selectFrom("person_merge_row")
    .select((select) => select.fn.max("row_no").as("no"))
    .where("merge_id", "=", mergeId)
    .executeTakeFirst();
  return row?.no ?? 0;
}

export async function deleteRows(tx: Tx, table: MovingTable, personId: string): Promise<void> {
  await sql`delete from ${sql.table(table)} where person_id = ${personId}`.execute(tx);
}

/**
 * Numbers and contacts of which the survivor has a current one end with the merge: the survivor's own stay the
 * current ones. They are kept as they were.
 */
export async function endCurrent(
  tx: Tx,
  mergeId: string,
  table: "person_number" | "contact_point",
  ids: { from: string; to: string },
  end: string | Date,
): Promise<void> {
  const { from, to } = ids;
  const { key } = await shapeOf(tx, table);
  const isBeaten = sql`t.person_id = ${from} and t.valid_to is null and exists (
    select from ${sql.table(table)} own where own.person_id = ${to} and own.kind = t.kind and own.valid_to is null)
    and not exists (select from ${sql.table(table)} own where own.person_id = ${to} and ${sql.join(
      key.map((name) => sql`${sql.ref(`own.${name}`)} = ${sql.ref(`t.${name}`)}`),
      sql` and `,
    )})`;
  await keepWhole(tx, mergeId, table, "changed", key, isBeaten);
  await sql`update ${sql.table(table)} t set valid_to = ${end}
     where t.person_id = ${from}
       and exists (select from ${kept(table, mergeId, "changed", "key")} and ${isNamed(key)})`.execute(tx);
}

/** Every number and telephone of one person leads to the other. The key table is spread by key: its person may change. */
export async function moveKeys(tx: Tx, mergeId: string, from: string, to: string): Promise<void> {
  await sql`
    with moved as (
      update person_key set person_id = ${to} where person_id = ${from} returning kind, key
    )
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${mergeId}, ${nextNo(mergeId)}, 'person_key', 'moved', jsonb_build_object('kind', kind, 'key', key)
      from moved`.execute(tx);
}

/** Passkeys and the electronic identity open the account wherever it stands; half a sign-in is begun anew. */
export async function moveAccountKeys(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable("passkey_key").set({ person_id: to }).where("person_id", "=", from).execute();
  await tx.updateTable("push_endpoint").set({ person_id: to }).where("person_id", "=", from).execute();
  await tx.updateTable("eid_link").set({ person_id: to }).where("person_id", "=", from).execute();
  await tx.deleteFrom("sign_in_ticket").where("person_id", "=", from).execute();
  await tx.deleteFrom("eid_request").where("person_id", "=", from).execute();
}

/** What else names the person: kept by its ids, so that the way back finds it. */
export async function keepMovedIds(tx: Tx, mergeId: string, name: string, ids: readonly string[]): Promise<void> {
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${mergeId}, ${nextNo(mergeId)}, ${name}, 'moved', jsonb_build_object('id', id)
      from unnest(${[...ids]}::text[]) as given (id)`.execute(tx);
}
