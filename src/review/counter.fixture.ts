import type { TestHouse } from "../../test/house.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { confirm } from "../registration/confirm.ts";
import { declareWhole } from "../registration/draft.ts";
import type { Declaration } from "../registration/store.ts";
import { receive } from "./receive.ts";
import type { ReadingForm } from "./rules-reading.ts";

/** Made-up officers, persons and files for tests of the counter. */
export const OFFICE = "52T01";

export async function aStaff(
  house: TestHouse,
  name: string,
  role: "officer" | "supervisor" = "officer",
): Promise<Staff> {
  const { rows } = await house.pool.query<{ staff_id: string }>(
    `with made as (insert into staff (username, full_name, password_hash, password_set_on)
       values (gen_random_uuid()::text, $1, 'x', '2026-11-01') returning staff_id)
     insert into staff_role (staff_id, role, office_code, valid_from) select staff_id, $2, $3, '2021-01-01' from made
     returning staff_id`,
    [name, role, OFFICE],
  );
  const staffId = rows[0]?.staff_id ?? "";
  return { kind: "staff", staffId, name, sessionId: "00", roles: [{ role, officeCode: OFFICE }] };
}

let made = 0;

/** A confirmed declaration for our office, every one with numbers of its own. */
export async function aConfirmed(house: TestHouse, typed: Record<string, string> = {}): Promise<Declaration> {
  made += 1;
  const tail = String(made).padStart(6, "0");
  const fields = {
    for_whom: "self",
    paper_kind: "cccd",
    paper_number: `052190${tail}`,
    full_name: "Nguyễn Thị Diễm Hương",
    sex: "2",
    birth_day: "15",
    birth_month: "1",
    birth_year: "1990",
    insurance_number: `5290${tail}`,
    phone: `09${tail.slice(1)}011`,
    email: "huong@example.vn",
    commune: "21952",
    street: "12 Đường Thử",
    office: OFFICE,
    ...typed,
  };
  const now = house.clock.now();
  const { code } = await declareWhole(house, { fields, lang: "vi", actor: anyone, now });
  return confirm(house, { code, actor: anyone, now });
}

/** The person of the register to whom a declaration's numbers lead. */
export async function itsPerson(
  house: TestHouse,
  file: Declaration,
  change: { name?: string; birthOn?: string; cmnd?: string; only?: "insurance" | "paper" } = {},
): Promise<string> {
  const { answers } = file;
  const name = change.name ?? answers.name?.full ?? "";
  const { rows } = await house.pool.query<{ person_id: string }>(
    `insert into person (public_id, full_name, folded_name, birth_on, sex)
     values (gen_random_uuid(), $1, $2, $3, 2) returning person_id`,
    [name, foldName(name), change.birthOn ?? answers.birth?.on],
  );
  const personId = rows[0]?.person_id ?? "";
  const paper = change.cmnd ? ["cmnd", change.cmnd] : ["personal_id", answers.paper?.number];
  const insurance = ["bhxh", answers.insurance?.number];
  for (const [kind, number] of [
    ...(change.only === "paper" ? [] : [insurance]),
    ...(change.only === "insurance" ? [] : [paper]),
  ]) {
    if (!number) continue;
    await house.pool.query("insert into person_key values ($1, $2, $3)", [kind, number, personId]);
    await house.pool.query("insert into person_number (person_id, kind, number) values ($1, $2, $3)", [
      personId,
      kind,
      number,
    ]);
  }
  return personId;
}

/** The reception form of a paper that says what was declared. */
export function sameAsDeclared({ answers }: Declaration, change: ReadingForm = {}): ReadingForm {
  const [year, month, day] = (answers.birth?.on ?? "").split("-");
  return {
    id_kind: answers.paper?.kind,
    id_number: answers.paper?.number,
    name: answers.name?.full,
    birth_day: day,
    birth_month: month,
    birth_year: year,
    original_seen: "yes",
    form_signed: "yes",
    face_matches: "yes",
    copy_kept: "yes",
    ...change,
  };
}

interface Wanted {
  typed?: Record<string, string>;
  register?: { name?: string; birthOn?: string; cmnd?: string } | "absent";
  paper?: ReadingForm;
}

/** A file that lies received on this officer's desk. */
export async function aReceived(house: TestHouse, staff: Staff, wanted: Wanted = {}): Promise<Declaration> {
  const file = await aConfirmed(house, wanted.typed);
  if (wanted.register !== "absent") await itsPerson(house, file, wanted.register);
  return receive(house, staff, file.code, sameAsDeclared(file, wanted.paper));
}

export async function countOf(house: TestHouse, query: string, ...values: unknown[]): Promise<number> {
  const { rows } = await house.pool.query<{ n: string }>(`select count(*) n from ${query}`, values);
  return Number(rows[0]?.n);
}
