/** Statements of the import of persons: numbers, names and contacts, a batch at a time. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";

export interface StoredPerson {
  personId: string;
  foldedName: string;
  birthYear: number;
  /** Mã số BHXH, once for life. */
  insuranceNumber: string | null;
  version: string;
  /** The latest that wrote the person or a number of theirs. */
  sourceFileId: string | null;
}

export async function findStoredPersons(tx: Db, personIds: readonly string[]): Promise<StoredPerson[]> {
  const { rows } = await sql<StoredPerson>`
    select p.person_id as "personId", p.folded_name as "foldedName",
           extract(year from p.birth_on)::integer as "birthYear", p.data_version as version,
           greatest(p.source_file_id, (select max(n.source_file_id) from person_number n
                                        where n.person_id = p.person_id)) as "sourceFileId",
           (select n.number from person_number n
             where n.person_id = p.person_id and n.kind = 'bhxh'
               order by n.valid_to is not null, n.number limit 1) as "insuranceNumber"
      from person p where p.person_id = any(${[...personIds]}::bigint[])`.execute(tx);
  return rows;
}

/** Numbers for new persons, drawn from the table's own sequence. */
export async function drawPersonIds(tx: Db, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select nextval(pg_get_serial_sequence('person', 'person_id')) as id
      from generate_series(1, ${count}::integer)`.execute(tx);
  return rows.map((row) => row.id);
}

export interface PersonRecord {
  person_id: string;
  public_id: string;
  full_name: string;
  folded_name: string;
  birth_on: string;
  birth_precision: string;
  sex: number;
  nationality: string | null;
  ethnic_code: string | null;
  managed_by: string | null;
  died_on: string | null;
  source_record: number;
}

/** Locks these, always in the same order; false when one of them was written meanwhile and must be read again. */
export async function lockAsRead(
  tx: Db,
  read: readonly Pick<StoredPerson, "personId" | "version">[],
): Promise<boolean> {
  if (read.length === 0) return true;
  const { rows } = await sql<{ isSame: boolean }>`
    select p.data_version = r.version as "isSame"
      from unnest(${read.map(({ personId }) => personId)}::bigint[], ${read.map(({ version }) => version)}::bigint[])
        as r (person_id, version) join person p using (person_id)
     order by p.person_id for no key update of p`.execute(tx);
  return rows.every(({ isSame }) => isSame);
}

/** Claims numbers for their persons; false, and nothing is claimed, when one of them has somebody by now. */
export async function claimKeys(tx: Db, numbers: readonly NumberRecord[]): Promise<boolean> {
  if (numbers.length === 0) return true;
  const { rows } = await sql<{ kind: string; key: string }>`
    insert into person_key (kind, key, person_id)
    select * from unnest(${numbers.map(({ kind }) => kind)}::text[], ${numbers.map((one) => one.number)}::text[],
        ${numbers.map((one) => one.person_id)}::bigint[]) as r (kind, key, person_id)
     order by kind, key
    on conflict do nothing
    returning kind, key`.execute(tx);
  if (rows.length === numbers.length) return true;
  await sql`
    delete from person_key k
     using unnest(${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ key }) => key)}::text[]) as r (kind, key)
     where k.kind = r.kind and k.key = r.key`.execute(tx);
  return false;
}

/**
 * New or changed persons are written, and nobody else is locked; what a file leaves out is kept, also where somebody
 * writes it at this moment. Answers whose row was written.
 */
export async function savePersons(tx: Db, fileId: string, persons: readonly PersonRecord[]): Promise<string[]> {
  // Who knows the year or the month alone says nothing against the day; a first day is what is written for an unknown one.
  const saysLess = sql`date_trunc(r.birth_precision, p.birth_on::timestamp)::date = r.birth_on and p.birth_on <> r.birth_on`;
  const bornOn = sql`case when ${saysLess} then p.birth_on else r.birth_on end`;
  const precision = sql`case when ${saysLess} then p.birth_precision else r.birth_precision end`;
  const isChanged = sql`(p.full_name, p.birth_on, p.birth_precision, p.sex, p.nationality, p.ethnic_code, p.managed_by,
      p.died_on) is distinct from (r.full_name, ${bornOn}, ${precision}, r.sex,
      coalesce(r.nationality, p.nationality), coalesce(r.ethnic_code, p.ethnic_code),
      coalesce(r.managed_by, p.managed_by), coalesce(r.died_on, p.died_on))`;
  const { rows } = await sql<{ person_id: string }>`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(persons)}::jsonb) as r (person_id bigint, public_id uuid,
        full_name text, folded_name text, birth_on date, birth_precision text, sex smallint, nationality text,
        ethnic_code text, managed_by text, died_on date, source_record integer)
    ), made as (
      insert into person (person_id, public_id, full_name, folded_name, birth_on, birth_precision, sex,
        nationality, ethnic_code, managed_by, died_on, source_file_id, source_record)
      select r.person_id, r.public_id, r.full_name, r.folded_name, r.birth_on, r.birth_precision, r.sex,
        coalesce(r.nationality, '000'), r.ethnic_code, coalesce(r.managed_by, 'bhxh'), r.died_on, ${fileId},
        r.source_record
        from given r where not exists (select from person o where o.person_id = r.person_id)
       order by r.person_id
      returning person_id
    ), locked as materialized (
      select r.* from given r join person p using (person_id) where ${isChanged}
       order by r.person_id for no key update of p
    ), changed as (
      update person p set full_name = r.full_name, folded_name = r.folded_name, birth_on = ${bornOn},
        birth_precision = ${precision}, sex = r.sex, nationality = coalesce(r.nationality, p.nationality),
        ethnic_code = coalesce(r.ethnic_code, p.ethnic_code), managed_by = coalesce(r.managed_by, p.managed_by),
        died_on = coalesce(r.died_on, p.died_on), source_file_id = ${fileId},
        source_record = r.source_record
        from locked r where p.person_id = r.person_id
      returning p.person_id
    )
    select person_id from made union all select person_id from changed`.execute(tx);
  return rows.map((row) => row.person_id);
}

/** Always in the same order, as each is locked next. */
export async function findActiveAccounts(tx: Db, personIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom("account")
    .select("person_id")
    .where("person_id", "in", [...personIds])
    .where("status", "=", "active")
    .orderBy("person_id")
    .execute();
  return rows.map((row) => row.person_id);
}

export interface NumberRecord {
  person_id: string;
  kind: string;
  number: string;
  valid_from: string | null;
  valid_to: string | null;
  source_record: number;
}

/** `is_over`: another one of the same kind stands behind it in the same file, and holds from `next_from` on. */
export type OrderedNumber = NumberRecord & { is_over: boolean; next_from: string | null };

/** Numbers through time: a number of a kind ends the one before it, also one that comes back. Answers whose numbers changed. */
export async function saveNumbers(
  tx: Db,
  fileId: string,
  today: string,
  numbers: readonly OrderedNumber[],
): Promise<string[]> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as r (person_id bigint, kind text,
    number text, valid_from date, valid_to date, source_record integer, is_over boolean, next_from date)`;
  const over = numbers.filter((one) => one.is_over).map((one) => `${one.person_id} ${one.kind} ${one.number}`);
  const ended = await sql<{ person_id: string; kind: string }>`
    update person_number n set valid_to = coalesce(r.valid_from - 1, ${today}::date) from ${given}
     where n.person_id = r.person_id and n.kind = r.kind and n.number <> r.number and n.valid_to is null
       and r.valid_to is null and not r.is_over
    returning n.person_id, n.kind`.execute(tx);
  const others = ended.rows.filter(({ kind }) => kind === "cmnd").map((row) => row.person_id);
  // A file may state the end of a CMND: the same one without an end takes that back only in the place of another.
  const isBack = sql`t.valid_to is not null and excluded.valid_to is null
    and (t.kind <> 'cmnd' or t.person_id = any(${others}::bigint[]))
    and not exists (select from person_number o where o.person_id = t.person_id and o.kind = t.kind and o.valid_to is null)`;
  const isOver = sql`t.person_id || ' ' || t.kind || ' ' || t.number = any(${over}::text[])`;
  const validTo = sql`case when ${isOver} then coalesce(t.valid_to, excluded.valid_to) when ${isBack} then null else coalesce(excluded.valid_to, t.valid_to) end`;
  const saved = await sql<{ person_id: string }>`
    insert into person_number as t (person_id, kind, number, valid_from, valid_to, source_file_id, source_record)
    select r.person_id, r.kind, r.number, r.valid_from,
        case when r.is_over then coalesce(r.next_from - 1, ${today}::date) else r.valid_to end, ${fileId}, r.source_record
      from ${given}
     order by r.person_id, r.kind, r.number
    on conflict (person_id, kind, number) do update
       set valid_from = coalesce(excluded.valid_from, t.valid_from), valid_to = ${validTo},
           source_file_id = excluded.source_file_id, source_record = excluded.source_record
     where (t.valid_from, t.valid_to) is distinct from
           (coalesce(excluded.valid_from, t.valid_from), ${validTo})
    returning t.person_id`.execute(tx);
  return [...ended.rows, ...saved.rows].map((row) => row.person_id);
}

export interface ContactRecord {
  person_id: string;
  kind: string;
  value: string;
}

const FROM_REGISTER = "register";

/** What the register says of contacts; what a person confirmed stays. Answers whose contacts changed. */
export async function saveContacts(tx: Db, at: Date, contacts: readonly ContactRecord[]): Promise<string[]> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as r (person_id bigint, kind text, value text)`;
  await sql`
    update contact_point c set valid_to = ${at} from ${given}
     where c.person_id = r.person_id and c.kind = r.kind and c.value <> r.value
       and c.valid_to is null and c.source = ${FROM_REGISTER}`.execute(tx);
  const { rows } = await sql<{ person_id: string }>`
    insert into contact_point (person_id, kind, value, valid_from, source)
    select distinct r.person_id, r.kind, r.value, ${at}::timestamptz, ${FROM_REGISTER} from ${given}
     where not exists (select from contact_point c where c.person_id = r.person_id and c.kind = r.kind
                          and c.value = r.value and c.valid_to is null)
    on conflict do nothing
    returning person_id`.execute(tx);
  return rows.map((row) => row.person_id);
}

export async function bumpPersons(tx: Db, personIds: readonly string[]): Promise<void> {
  await sql`
    update person set data_version = data_version + 1 where person_id = any(${[...personIds]}::bigint[])`.execute(tx);
}
