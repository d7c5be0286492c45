/** Made-up people, their visits in our shape and in the normalised one, and their sessions; set up inside the database. */
import { createHash } from "node:crypto";
import type pg from "pg";

export interface Filled {
  persons: number;
  visits: number;
  items: number;
}

const ITEMS_PER_VISIT = 8;

/** Half a minute for 10 000 persons with 19 visits of 8 lines each. */
export async function fill(pool: pg.Pool, persons: number, visitsEach: number): Promise<Filled> {
  await pool.query(fillPersons, [persons]);
  await pool.query(fillVisits, [visitsEach, ITEMS_PER_VISIT]);
  await pool.query(normalisedTables);
  await pool.query(normaliseVisits);
  await pool.query(normaliseItems);
  await pool.query("alter table bench_item add primary key (person_id, visit_id, line)");
  await pool.query("create index on bench_visit (person_id, admitted_at desc, visit_id)");
  await pool.query("vacuum analyze visit, person, bench_visit, bench_item");
  const { rows } = await pool.query(
    "select (select count(*) from visit)::int v, (select count(*) from bench_item)::int i",
  );
  return { persons, visits: rows[0].v, items: rows[0].i };
}

const PERSONS_AT_ONCE = 200_000;
const SHORT_VISIT = 4;

/** Persons and their visits alone, as many at a time as a machine takes in its stride. */
export async function fillShort(pool: pg.Pool, persons: number, visitsEach: number): Promise<void> {
  await pool.query("set synchronous_commit = off");
  await pool.query(fillPersons, [persons]);
  for (let from = 1; from <= persons; from += PERSONS_AT_ONCE) {
    await pool.query(`${fillVisits} where p.person_id between $3 and $4 order by p.person_id`, [
      visitsEach,
      SHORT_VISIT,
      from,
      from + PERSONS_AT_ONCE - 1,
    ]);
  }
  await pool.query("vacuum analyze visit, person");
}

export interface SignedIn {
  personId: string;
  token: string;
}

/** Accounts with a chosen password and an open session each. */
export async function signIn(pool: pg.Pool, count: number, now: Date): Promise<SignedIn[]> {
  const { rows } = await pool.query<{ person_id: string }>(
    "select person_id from person where person_id % (select greatest(1, count(*) / $1) from person) = 0 limit $1",
    [count],
  );
  const signedIn = rows.map(({ person_id: personId }) => ({
    personId,
    token: createHash("sha256").update(`bench ${personId}`).digest("base64url"),
  }));
  await pool.query(openAccounts, [signedIn.map(({ personId }) => personId), now]);
  await pool.query(openSessions, [
    signedIn.map(({ personId }) => personId),
    signedIn.map(({ token }) => createHash("sha256").update(token).digest()),
    now,
  ]);
  return signedIn;
}

/** A person's visits with items over the normalised tables, a row an item. */
export const normalisedList = {
  name: "normalised_list",
  text: `
    select v.visit_id, v.facility_code, v.admitted_at, v.discharged_at, v.care_type, v.entitlement_code,
           v.card_number, v.main_code, v.other_codes, v.diagnosis, v.outcome, v.discharge_kind, v.total, v.in_scope,
           v.fund_paid, v.co_paid, v.self_paid, v.other_paid, v.is_sensitive,
           i.line, i.kind, i.group_code, i.code, i.name, i.unit, i.qty, i.price, i.rate, i.total, i.fund, i.co,
           i.self, i.other
      from (select * from bench_visit where person_id = $1 order by admitted_at desc, visit_id limit $2) v
      join bench_item i on i.person_id = $1 and i.visit_id = v.visit_id
     order by v.admitted_at desc, v.visit_id, i.line`,
};

const fillPersons = `
  insert into person (public_id, full_name, folded_name, birth_on, sex)
  select gen_random_uuid(), 'Người Mẫu Số ' || n, 'nguoi mau so ' || n, date '1950-01-01' + (n % 20000), 1 + n % 2
    from generate_series(1, $1::int) n`;

/** The lines are written once a visit number and stand in every person's visits of that number. */
const fillVisits = `
  with lines as materialized (
    select n, '[' || string_agg(json_build_array(i::text, 'S', (1 + i % 18)::text, '23.00' || (75 + i) || '.1494',
             'Định lượng chỉ số mẫu số ' || i, 'Lần', '1', (21500 + i * n)::text, '100', (21500 + i * n)::text,
             (17200 + i * n)::text, '4300', '0', '0')::text, ',' order by i) || ']' as items
      from generate_series(1, $1::int) n, generate_series(1, $2::int) i group by n)
  insert into visit (person_id, visit_id, facility_code, episode_key, admitted_at, discharged_at, care_type,
    entitlement_code, card_number, main_code, other_codes, diagnosis, outcome, discharge_kind, total, in_scope,
    fund_paid, co_paid, self_paid, other_paid, declared, items_version, items, spec, source_file_id, source_record,
    raw_sha256, arrived_at)
  select p.person_id, md5(p.person_id || '/' || n)::uuid, '79999', p.person_id || '-' || n,
         timestamp '2026-11-20 08:20' - n * interval '17 days', timestamp '2026-11-20 10:00' - n * interval '17 days',
         '01', '1.1', '099190000123', 'E11.9', 'I10;E78.5', 'Bệnh đái tháo đường típ 2; Tăng huyết áp vô căn',
         3, 1, 726600.5, 661000.5, 528800.4, 132200.1, 65600, 0,
         '{"total":"726600.5","fund":"528800.4","co":"132200.1","self":"65600","other":"0"}', 1, items,
         '4750', 1, n, decode(md5(n::text), 'hex'), timestamptz '2026-11-21'
    from person p, lines`;

const normalisedTables = `
  create table bench_visit (like visit including defaults);
  alter table bench_visit drop items, drop declared, drop results, drop notes, drop flags;
  alter table bench_visit add primary key (person_id, visit_id);
  create table bench_item (
    person_id bigint not null, visit_id uuid not null, line int not null, kind text not null, group_code text not null,
    code text not null, name text not null, unit text not null, qty numeric(12, 3) not null,
    price numeric(15, 3) not null, rate numeric(5, 2) not null, total numeric(15, 2) not null,
    fund numeric(15, 2) not null, co numeric(15, 2) not null, self numeric(15, 2) not null, other numeric(15, 2) not null)`;

const normaliseVisits = `
  insert into bench_visit (person_id, visit_id, facility_code, episode_key, admitted_at, discharged_at, care_type,
    entitlement_code, card_number, main_code, other_codes, diagnosis, outcome, discharge_kind, total, in_scope,
    fund_paid, co_paid, self_paid, other_paid, items_version, is_sensitive, spec, source_file_id, source_record,
    raw_sha256, arrived_at)
  select person_id, visit_id, facility_code, episode_key, admitted_at, discharged_at, care_type, entitlement_code,
    card_number, main_code, other_codes, diagnosis, outcome, discharge_kind, total, in_scope, fund_paid, co_paid,
    self_paid, other_paid, items_version, is_sensitive, spec, source_file_id, source_record, raw_sha256, arrived_at
    from visit order by person_id, visit_id`;

const normaliseItems = `
  with lines as materialized (
    select n, (i->>0)::int as line, i->>1 as kind, i->>2 as group_code, i->>3 as code, i->>4 as name, i->>5 as unit,
           (i->>6)::numeric as qty, (i->>7)::numeric as price, (i->>8)::numeric as rate, (i->>9)::numeric as total,
           (i->>10)::numeric as fund, (i->>11)::numeric as co, (i->>12)::numeric as self, (i->>13)::numeric as other
      from (select source_record as n, items from visit where person_id = (select min(person_id) from person)) v,
           json_array_elements(v.items::json) i)
  insert into bench_item
  select v.person_id, v.visit_id, line, kind, group_code, code, name, unit, qty, price, rate, lines.total, fund, co, self,
         other
    from visit v join lines on lines.n = v.source_record order by v.person_id, v.visit_id`;

const openAccounts = `
  insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
  select unnest($1::bigint[]), 'none', 'chosen', $2::timestamptz::date, $2`;

const openSessions = `
  insert into session (token_sha256, subject_kind, person_id, scope, kind, created_at, seen_at, idle_until, ends_at)
  select token, 'citizen', person, 'full', 'bearer', $3::timestamptz, $3, $3::timestamptz + interval '1 hour',
         $3::timestamptz + interval '12 hours'
    from unnest($1::bigint[], $2::bytea[]) as one (person, token)`;
