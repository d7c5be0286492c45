import type { TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";

/** Made-up records with rows in every table, for tests of merges; and what the whole register looks like. */
export async function aMember(
  house: TestHouse,
  name: string,
  role: "officer" | "supervisor",
  officeCode = "52T01",
): Promise<Staff> {
  const { rows } = await house.pool.query<{ staff_id: string }>(
    `with made as (insert into staff (username, full_name, password_hash, password_set_on)
       values (gen_random_uuid()::text, $1, 'x', '2026-11-01') returning staff_id)
     insert into staff_role (staff_id, role, office_code, valid_from) select staff_id, $2, $3, '2021-01-01' from made
     returning staff_id`,
    [name, role, officeCode],
  );
  return {
    kind: "staff",
    staffId: rows[0]?.staff_id ?? "",
    name,
    sessionId: "00",
    roles: [{ role, officeCode }],
  };
}

export interface Made {
  personId: string;
  publicId: string;
  insuranceNumber: string;
  cmnd: string;
}

let made = 0;

interface Wanted {
  name?: string;
  birthOn?: string;
  hasAccount?: boolean;
  /** Shares this card, period, benefit and open report with the other. */
  shared?: string;
}

/** A person with numbers, contacts, cards, periods, benefits, visits, a report, and perhaps an account. */
export async function aRecord(house: TestHouse, wanted: Wanted = {}): Promise<Made> {
  made += 1;
  const { name = "Đặng Thị Hai Số", birthOn = "1980-05-06", hasAccount = false, shared = String(made) } = wanted;
  const tail = String(made).padStart(6, "0");
  const [insuranceNumber, cmnd, phone] = [`5230${tail}`, `230${tail}`, `0912${tail}`];
  const ask = (text: string, values: unknown[]) => house.pool.query(text, values);
  const { rows } = await house.pool.query<{ person_id: string; public_id: string }>(
    `insert into person (public_id, full_name, folded_name, birth_on, sex)
     values (gen_random_uuid(), $1, $2, $3, 2) returning person_id, public_id`,
    [name, foldName(name), birthOn],
  );
  const personId = rows[0]?.person_id ?? "";
  for (const [kind, number] of [
    ["bhxh", insuranceNumber],
    ["cmnd", cmnd],
  ]) {
    await ask("insert into person_key values ($1, $2, $3)", [kind, number, personId]);
    await ask("insert into person_number (person_id, kind, number, valid_from) values ($1, $2, $3, '2001-02-03')", [
      personId,
      kind,
      number,
    ]);
  }
  await ask("insert into person_key values ('card', $1, $2)", [`DN452${insuranceNumber}`, personId]);
  await ask(
    `insert into contact_point (person_id, kind, value, valid_from, source) values
       ($1, 'phone', $2, '2020-01-02T03:04:05.678901+07', 'register'), ($1, 'email', $3, '2021-01-01+07', 'register')`,
    [personId, phone, `m${made}@example.vn`],
  );
  await ask(
    `insert into health_card (person_id, card_number, valid_from, form, benefit_level) values
       ($1, $2, '2020-01-01', 'card15', 4), ($1, $3, '2021-01-01', 'card10', 4)`,
    [personId, `DN452${insuranceNumber}`, insuranceNumber],
  );
  await ask(
    `insert into person_household (person_id, member_no, household_code, full_name, is_self, source_file_id)
     values ($1, $2, 'HGD', 'Người Nhà Mẫu', false, 77)`,
    [personId, made],
  );
  await ask(
    `insert into participation_period (person_id, fund, from_month, unit_code, to_month, unit_name, salary, contribution_base) values
       ($1, 'bhxh', '2015-03-01', $2, '2016-12-01', 'Công ty Mẫu', 4200000.50, 4200000.00),
       ($1, 'bhxh', '2017-01-01', $3, '2018-12-01', 'Công ty Chung', $4::numeric, null)`,
    [personId, `U${tail}`, `S${shared}`, `${made}000000.10`],
  );
  await ask(
    `insert into benefit (person_id, kind, decision_no, from_on, regime, amount) values
       ($1, 'short_term', $2, '2019-04-01', 'Ốm đau', 1078000.00), ($1, 'one_off', $3, '2020-04-01', 'Một lần', $4::numeric)`,
    [personId, `QĐ${tail}`, `QĐ-S${shared}`, `${made}00.25`],
  );
  await ask(
    `insert into benefit_document (person_id, document_id, kind, facility_code, diagnosis, fields, raw_sha256)
     values ($1, gen_random_uuid(), 'CT07', '52999', 'Cảm lạnh', '{"SO_CT":"1"}', '\\x00ff'::bytea)`,
    [personId],
  );
  for (const nth of [1, 2]) await aVisit(house, personId, `DN452${insuranceNumber}`, `K${made}-${nth}`);
  await ask(
    `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, created_at) values
       ($1, gen_random_uuid(), 'wrong', 'participation', $2, 'Sai lương', '2026-11-01T08:00:00.123+07')`,
    [personId, `bhxh.2017-01-${shared}`],
  );
  if (hasAccount) await anAccount(house, personId, phone);
  return { personId, publicId: rows[0]?.public_id ?? "", insuranceNumber, cmnd };
}

export async function anAccount(house: TestHouse, personId: string, phone: string): Promise<void> {
  await house.pool.query(
    `insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     values ($1, $2, 'chosen', '2026-10-01', '2026-10-01T09:00:00.5+07')`,
    [personId, `hash of ${personId}`],
  );
  await house.pool.query("insert into account_password_history values ($1, '2026-09-01T09:00:00+07', 'old')", [
    personId,
  ]);
  await house.pool.query("insert into person_key values ('account_phone', $1, $2)", [phone, personId]);
}

export async function aVisit(house: TestHouse, personId: string, card: string, episode: string): Promise<string> {
  const { rows } = await house.pool.query<{ visit_id: string }>(
    `insert into visit (person_id, visit_id, facility_code, episode_key, admitted_at, discharged_at, care_type, card_number,
       main_code, diagnosis, total, in_scope, fund_paid, co_paid, self_paid, other_paid, declared, items_version, items,
       spec, source_file_id, source_record, raw_sha256, arrived_at)
     values ($1, gen_random_uuid(), '52999', $3, '2026-02-03 08:15', '2026-02-03 10:00', '1', $2, 'J00', 'Cảm lạnh',
       120000.50, 120000.50, 96000.40, 24000.10, 0, 0, '{}', 1, '[[1,"drug","1","A","Thuốc"]]', '4750', 77, 5,
       '\\x00ff10'::bytea, $4) returning visit_id`,
    [personId, card, episode, house.clock.now()],
  );
  return rows[0]?.visit_id ?? "";
}

/** Every row that is spread by person, every key, and whose every file is, as text; versions only ever rise and are left out. */
export async function wholeRegister(house: TestHouse): Promise<Record<string, string[]>> {
  const { rows: tables } = await house.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and obj_description(c.oid, 'pg_class') like '[person]%' order by 1`,
  );
  const register: Record<string, string[]> = {};
  for (const name of [...tables.map((table) => table.name), "person_key"]) {
    const { rows } = await house.pool.query<{ text: string }>(
      `select (to_jsonb(t) - 'data_version')::text as text from ${name} t order by 1`,
    );
    register[name] = rows.map((row) => row.text);
  }
  const files = await house.pool.query<{ text: string }>(
    "select code || ' ' || coalesce(person_id::text, '-') as text from declaration order by 1",
  );
  return { ...register, declaration: files.rows.map((row) => row.text) };
}

export async function versionOf(house: TestHouse, personId: string): Promise<number> {
  const { rows } = await house.pool.query("select data_version from person where person_id = $1", [personId]);
  return Number(rows[0]?.data_version);
}
