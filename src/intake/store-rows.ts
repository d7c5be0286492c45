/**
 * The way of table imports into the register: COPY into a temporary table, then one merge in key order;
 * a row that has not changed is not written. Tables and columns are the constants below.
 */
import { sql } from "kysely";
import type pg from "pg";
import type { Db } from "../db/house.ts";
import { copyInto, copyPastPolicies } from "./store-copy.ts";

export interface Target {
  table: string;
  key: readonly string[];
  /** Beside the key; a change in one of these writes the row again. */
  content: readonly string[];
  /** Rows name the file and the record that they came from. */
  hasOrigin: boolean;
  /** The last cell of a row, which stands in another table: `standing` is what the register says, of the row `t`. */
  aside?: { column: string; standing: string };
  /** Columns that the file does not have: what stands in them stays. */
  absent?: readonly string[];
  /** Content that a column of another name gives. */
  from?: Readonly<Record<string, string>>;
}

/** Does the file say what is to stand in this column? */
export const isSaid = ({ absent = [], from = {} }: Target, name: string) => !absent.includes(from[name] ?? name);
const saidOf = (target: Target) => target.content.filter((name) => isSaid(target, name));

export const cardTarget: Target = {
  table: "health_card",
  key: ["person_id", "card_number", "valid_from"],
  content: [
    ...["valid_to", "form", "object_group", "benefit_level", "living_area", "facility_code", "five_year_on"],
    ...["status", "issued_by"],
  ],
  hasOrigin: true,
};
export const participationTarget: FreshTarget = {
  table: "participation_period",
  key: ["person_id", "fund", "from_month", "unit_code"],
  content: [
    ...["to_month", "unit_name", "title", "workplace", "salary_kind", "salary", "contribution_base", "rate"],
    ...["object_type", "status"],
  ],
  hasOrigin: true,
  // A kind says nothing without its salary, and a salary tells its kind.
  from: { salary_kind: "salary" },
};
export const benefitTarget: FreshTarget = {
  table: "benefit",
  key: ["person_id", "kind", "decision_no", "from_on"],
  content: [
    ...["to_on", "regime", "decided_on", "amount", "agency", "unit_name", "paid_by", "bank_name"],
    ...["bank_account_tail", "status"],
  ],
  hasOrigin: true,
  from: { bank_account_tail: "bank_account" },
};
export const documentTarget: Target = {
  table: "benefit_document",
  key: ["person_id", "document_id"],
  content: [
    ...["kind", "facility_code", "serial", "issued_on", "from_on", "to_on", "diagnosis", "disease_code"],
    ...["unit_name", "fields", "is_sensitive", "raw_sha256"],
  ],
  hasOrigin: true,
};
export const facilityTarget: Target = {
  table: "facility",
  key: ["facility_code", "valid_from"],
  content: ["valid_to", "name", "folded_name", "level", "province_code", "address", "phone", "source"],
  hasOrigin: false,
};
export const unitTarget: Target = {
  table: "employer",
  key: ["unit_code"],
  content: ["name", "folded_name", "kind", "office_code", "address", "valid_from", "valid_to", "source"],
  hasOrigin: false,
};

export const officeTarget: Target = {
  table: "bhxh_office",
  key: ["office_code"],
  content: [
    ...["kind", "name", "folded_name", "parent_code", "province_code", "commune_code", "address", "phone"],
    ...["opening_hours", "takes_files", "valid_from", "valid_to", "replaced_by"],
  ],
  aside: {
    column: "communes",
    standing: `(select string_agg(a.commune_code, ' ' order by a.commune_code)
                  from bhxh_office_area a where a.office_code = t.office_code)`,
  },
  hasOrigin: false,
};

/** Columns of a COPY line: whose row it is and where it comes from, then its cells. */
function copyColumns({ key, content, aside, hasOrigin }: Target, record: "record_no" | "source_record"): string {
  const isPersons = key[0] === "person_id";
  const whose = isPersons ? ["person_id"] : [];
  const cells = [...(isPersons ? key.slice(1) : key), ...content, ...(aside ? [aside.column] : [])];
  return [...whose, ...(hasOrigin ? ["source_file_id"] : []), record, ...cells].join(", ");
}

export async function createIntake(tx: Db, { table, aside }: Target): Promise<void> {
  await sql`create temporary table intake_row (like ${sql.table(table)} including defaults) on commit drop`.execute(tx);
  await sql`alter table intake_row add column record_no integer not null`.execute(tx);
  if (aside) await sql`alter table intake_row add column ${sql.ref(aside.column)} text`.execute(tx);
}

/** Rows that run again may come from more than one table. */
export async function dropIntake(tx: Db): Promise<void> {
  await sql`drop table intake_row`.execute(tx);
}

export async function copyRows(client: pg.PoolClient, target: Target, lines: Buffer): Promise<void> {
  await copyInto(client, `intake_row (${copyColumns(target, "record_no")})`, lines);
}

/** Tables whose rows are many and a person's: what is new to them need not be compared. */
export type FreshTarget = Target & { table: "participation_period" | "benefit" };

/** Straight into the table: lines as `copyRows` takes them, of persons of whom it holds nothing. */
export async function copyFreshRows(client: pg.PoolClient, target: FreshTarget, lines: Buffer): Promise<void> {
  await copyPastPolicies(client, target.table, copyColumns(target, "source_record"), lines);
}

export interface NumberHolder {
  kind: string;
  key: string;
  personId: string;
  /** The table holds something of them. */
  isStanding: boolean;
}

/** Who holds these numbers, and of whom of them does the table hold anything? Without one, it may be of each. */
export async function findHolders(
  tx: Db,
  numbers: readonly { kind: string; key: string }[],
  target: FreshTarget | undefined,
): Promise<NumberHolder[]> {
  const isStanding = target
    ? sql`exists (select from ${sql.table(target.table)} t where t.person_id = k.person_id)`
    : sql`true`;
  const { rows } = await sql<NumberHolder>`
    select k.kind, k.key, k.person_id as "personId", ${isStanding} as "isStanding"
      from unnest(${numbers.map(({ kind }) => kind)}::text[], ${numbers.map(({ key }) => key)}::text[]) as q (kind, key)
      join person_key k on k.kind = q.kind and k.key = q.key`.execute(tx);
  return rows;
}

/** Rows that this file brought straight into the table and brings again later: the later ones hold. Answers the earlier. */
export async function dropEarlierRows(tx: Db, { table, key }: Target, fileId: string): Promise<number[]> {
  const { rows } = await sql<{ source_record: number }>`
    delete from ${sql.table(table)} t using intake_row r
     where (${list(key, "t.")}) = (${list(key, "r.")}) and t.source_file_id = ${fileId}::bigint
       and t.source_record <> r.record_no
    returning t.source_record`.execute(tx);
  return rows.map((row) => row.source_record);
}

const list = (columns: readonly string[], prefix = "") => sql.raw(columns.map((name) => prefix + name).join(", "));

/** Records whose key stands again later in the file: the later one holds. */
export async function dropRepeatedRows(tx: Db, { key }: Target): Promise<number[]> {
  const { rows } = await sql<{ record_no: number }>`
    delete from intake_row r
     using (select ${list(key)}, max(record_no) as last_record from intake_row
             group by ${list(key)} having count(*) > 1) l
     where (${list(key, "r.")}) = (${list(key, "l.")}) and r.record_no < l.last_record
    returning r.record_no`.execute(tx);
  return rows.map((row) => row.record_no);
}

/**
 * Rows of an older file that would write over what a later one brought. Tables that name no file: over anything that
 * differs, once a later file of the same kind has been taken.
 */
export async function dropOvertaken(tx: Db, target: Target, fileId: string) {
  const { table, key, hasOrigin } = target;
  const isLater = hasOrigin
    ? sql`t.source_file_id > ${fileId}::bigint`
    : sql`exists (select from source_file f join source_file mine on mine.file_id = ${fileId}::bigint
                   where f.kind = mine.kind and f.file_id > mine.file_id and f.taken > 0)`;
  const { rows } = await sql<{ record_no: number }>`
    delete from intake_row r using ${sql.table(table)} t
     where (${list(key, "t.")}) = (${list(key, "r.")})
       and ${differs(target)} and ${isLater}
    returning r.record_no`.execute(tx);
  return rows.map((row) => row.record_no);
}

/** Rows that begin after the last day that stands, of a file that has no column for it: nobody can say which holds. */
export async function dropEnded(tx: Db, target: Target): Promise<number[]> {
  const { table, key, content } = target;
  if (isSaid(target, "valid_to") || !content.includes("valid_from")) return [];
  const { rows } = await sql<{ record_no: number }>`
    delete from intake_row r using ${sql.table(table)} t
     where (${list(key, "t.")}) = (${list(key, "r.")}) and t.valid_to < r.valid_from
    returning r.record_no`.execute(tx);
  return rows.map((row) => row.record_no);
}

/** Does what the register says, row `t`, differ from what the row `r` of the intake says? */
export function differs(target: Target) {
  const said = saidOf(target);
  const aside = target.aside && isSaid(target, target.aside.column) ? target.aside : undefined;
  return sql`
    (${list(said, "t.")}${sql.raw(aside ? `, ${aside.standing}` : "")})
    is distinct from (${list(said, "r.")}${sql.raw(aside ? `, r.${aside.column}` : "")})`;
}

/**
 * A card number belongs to one person: claims it for the holders, drops the rows of all others. One of ten or
 * twelve digits is the number of its person: that of somebody else is not taken.
 */
export async function claimCardKeys(tx: Db): Promise<number[]> {
  const strange = await sql<{ record_no: number }>`
    delete from intake_row r using person_key k
     where k.kind = case r.form when 'card10' then 'bhxh' when 'card12' then 'personal_id' end
       and k.key = r.card_number and k.person_id <> r.person_id
    returning r.record_no`.execute(tx);
  await sql`
    insert into person_key (kind, key, person_id)
    select distinct on (card_number) 'card', card_number, person_id from intake_row
     order by card_number, record_no
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ record_no: number }>`
    delete from intake_row r using person_key k
     where k.kind = 'card' and k.key = r.card_number and k.person_id <> r.person_id
    returning r.record_no`.execute(tx);
  return [...strange.rows, ...rows].map((row) => row.record_no);
}

/**
 * Intake → table, in key order, and a new version for each person of whom a row was written.
 * A row that stands keeps what the file has no column for. Answers how many rows stood in the intake and how many were
 * written.
 */
export async function mergeRows(tx: Db, target: Target): Promise<{ staged: number; written: number }> {
  const { table, key, content, hasOrigin } = target;
  const origin = hasOrigin ? ["source_file_id", "source_record"] : [];
  const from = hasOrigin ? ["source_file_id", "record_no"] : [];
  const said = saidOf(target);
  const updates = [...said, ...origin].map((name) => `${name} = excluded.${name}`).join(", ");
  const isPersons = key[0] === "person_id";
  const bump = sql`, bumped as (
      update person p set data_version = p.data_version + 1
        from (select distinct person_id from merged) touched where p.person_id = touched.person_id
    )`;
  const { rows } = await sql<{ staged: number; written: number }>`
    with merged as (
      insert into ${sql.table(table)} as t (${list([...key, ...content, ...origin])})
      select ${list([...key, ...content, ...from])} from intake_row order by ${list(key)}
      on conflict (${list(key)}) do update set ${sql.raw(updates)}
       where (${list(said, "t.")}) is distinct from (${list(said, "excluded.")})
      returning ${list(isPersons ? ["person_id"] : key, "t.")}
    ) ${isPersons ? bump : sql``}
    select (select count(*)::integer from intake_row) as staged, (select count(*)::integer from merged) as written`.execute(
    tx,
  );
  return rows[0] ?? { staged: 0, written: 0 };
}
