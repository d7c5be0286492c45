import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Mark, MarkKind } from "./rules.ts";

interface KeptMark extends Mark {
  validFrom: string;
  /** Last day in force. */
  validTo: string | undefined;
  reason: string;
  source: string;
  passes: number;
}

/** Those in force on a day (ISO). */
export async function marksOn(db: Db, on: string): Promise<KeptMark[]> {
  const rows = await db
    .selectFrom("sensitive_mark")
    .select(["kind", "from_code", "to_code", "valid_from", "valid_to", "reason", "source", "passes"])
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .orderBy("kind")
    .orderBy("from_code")
    .orderBy("to_code")
    .execute();
  return rows.map((row) => ({
    kind: row.kind as MarkKind,
    from: row.from_code,
    to: row.to_code,
    validFrom: String(row.valid_from),
    validTo: row.valid_to ? String(row.valid_to) : undefined,
    reason: row.reason,
    source: row.source,
    passes: row.passes,
  }));
}

/** Answers false where the same mark stands with a day of its own that is not over by then. */
export async function insertMark(
  tx: Tx,
  mark: Mark & { day: string; reason: string; source: string },
): Promise<boolean> {
  const { kind, from, to, day, reason, source } = mark;
  const { rows } = await sql`
    insert into sensitive_mark (kind, from_code, to_code, valid_from, reason, source)
    select ${kind}, ${from}, ${to}, ${day}::date, ${reason}, ${source}
     where not exists (select from sensitive_mark where kind = ${kind} and from_code = ${from} and to_code = ${to}
                          and (valid_to is null or valid_to >= ${day}))
    on conflict do nothing returning kind`.execute(tx);
  return rows.length > 0;
}

/** Answers false where no such mark is in force on that day. */
export async function endMark(tx: Tx, { kind, from, to }: Mark, lastDay: string): Promise<boolean> {
  const { rows } = await sql`
    update sensitive_mark set valid_to = ${lastDay}
     where kind = ${kind} and from_code = ${from} and to_code = ${to} and valid_from <= ${lastDay}
       and (valid_to is null or valid_to > ${lastDay})
    returning kind`.execute(tx);
  return rows.length > 0;
}

export interface DueMark extends Mark {
  validFrom: string;
  afterPerson: string;
}

const PASSES = 2;

/** A mark whose pass is due, locked; another worker's is left to it. */
export async function lockDueMark(tx: Tx, today: string, now: Date): Promise<DueMark | undefined> {
  const { rows } = await sql<DueMark>`
    select kind, from_code as "from", to_code as "to", valid_from as "validFrom", after_person as "afterPerson"
      from sensitive_mark
     where passes < ${PASSES} and valid_from <= ${today} and (valid_to is null or valid_to >= ${today})
       and (swept_at is null or swept_at < ${now}::timestamptz - interval '1 day')
     order by valid_from, kind, from_code limit 1 for update skip locked`.execute(tx);
  return rows[0];
}

export async function noteProgress(tx: Tx, mark: DueMark, upTo: string | undefined, now: Date): Promise<void> {
  await sql`
    update sensitive_mark
       set after_person = ${upTo ?? "0"}, passes = passes + ${upTo === undefined ? 1 : 0},
           swept_at = case when ${upTo === undefined} then ${now}::timestamptz else swept_at end
     where kind = ${mark.kind} and from_code = ${mark.from} and to_code = ${mark.to} and valid_from = ${mark.validFrom}`.execute(
    tx,
  );
}

/** The last of the next so many persons; undefined when there are none. */
export async function endOfPersons(tx: Tx, after: string, atMost: number): Promise<string | undefined> {
  const { rows } = await sql<{ last: string | null }>`
    select max(person_id)::text as last
      from (select person_id from person where person_id > ${after} order by person_id limit ${atMost}) next_ones`.execute(
    tx,
  );
  return rows[0]?.last ?? undefined;
}

/** Marks visits, their earlier versions and papers of these persons that fall under the mark; answers whose they are. */
export async function markRecords(tx: Tx, mark: DueMark, upTo: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of ["visit", "visit_version", "benefit_document"] as const) {
    const falls = table === "benefit_document" ? paperFalls(mark) : visitFalls(mark);
    if (!falls) continue;
    const { rows } = await sql<{ person_id: string }>`
      update ${sql.table(table)} t set is_sensitive = true
       where person_id > ${mark.afterPerson} and person_id <= ${upTo} and not is_sensitive and ${falls}
      returning person_id`.execute(tx);
    found.push(...rows.map((row) => row.person_id));
  }
  return [...new Set(found)];
}

const listed = ({ from, to }: Mark) =>
  sql`(code collate "C" >= ${from} and left(code, ${to.length}::int) collate "C" <= ${to})`;

function visitFalls(mark: DueMark) {
  if (mark.kind === "icd")
    return sql`exists (select from regexp_split_to_table(t.main_code || ';' || coalesce(t.other_codes, ''), '[;,]') raw,
                              upper(trim(raw)) as code where ${listed(mark)})`;
  if (mark.kind === "entitlement") return sql`t.entitlement_code collate "C" between ${mark.from} and ${mark.to}`;
  // Few visits name the drug at all: only their lines are taken apart.
  if (mark.kind === "drug")
    return sql`strpos(lower(t.items), ${mark.from}) > 0 and exists (
      select from jsonb_array_elements(t.items::jsonb) line where line ->> 1 = 'D' and strpos(lower(line ->> 4), ${mark.from}) > 0)`;
  return undefined;
}

function paperFalls(mark: DueMark) {
  if (mark.kind !== "icd") return undefined;
  return sql`exists (select from (select upper(t.disease_code) as code) own where ${listed(mark)})`;
}
