import type { TestHouse } from "../../test/house.ts";
import { type Actor, anyone } from "../kernel/actor.ts";
import { typedAnswers } from "./answers.fixture.ts";
import { confirm } from "./confirm.ts";
import { declareWhole } from "./draft.ts";
import type { Declaration } from "./store.ts";

/** Made-up files in a test's house. Every one has numbers of its own unless the test says otherwise. */
let made = 0;

export function ownNumbers(): Record<string, string> {
  made += 1;
  const tail = String(made).padStart(6, "0");
  return { paper_number: `052190${tail}`, insurance_number: `5290${tail}`, phone: `09${tail.slice(1)}011` };
}

export async function aDraft(house: TestHouse, some: Record<string, string> = {}): Promise<Declaration> {
  const fields = { ...typedAnswers(), ...ownNumbers(), ...some };
  return declareWhole(house, { fields, lang: "vi", actor: anyone, now: house.clock.now() });
}

export async function aConfirmed(house: TestHouse, some: Record<string, string> = {}): Promise<Declaration> {
  const { code } = await aDraft(house, some);
  return confirm(house, { code, actor: anyone, now: house.clock.now() });
}

export const anOfficer: Actor = {
  kind: "staff",
  staffId: "1",
  name: "Cán bộ Thử",
  sessionId: "00",
  roles: [{ role: "officer", officeCode: "52T01" }],
};

/** A person of the register, with a number and, if wished, an account's phone. */
export async function aPerson(
  house: TestHouse,
  person: { name: string; birthOn: string; insuranceNumber?: string; personalId?: string; accountPhone?: string },
): Promise<string> {
  const { rows } = await house.pool.query<{ person_id: string }>(
    `insert into person (public_id, full_name, folded_name, birth_on, sex)
     values (gen_random_uuid(), $1, lower($1), $2, 2) returning person_id`,
    [person.name, person.birthOn],
  );
  const id = rows[0]?.person_id ?? "";
  const keys = { bhxh: person.insuranceNumber, personal_id: person.personalId, account_phone: person.accountPhone };
  for (const [kind, key] of Object.entries(keys)) {
    if (key) await house.pool.query("insert into person_key values ($1, $2, $3)", [kind, key, id]);
  }
  return id;
}

export async function anAccount(house: TestHouse, personId: string): Promise<void> {
  await house.pool.query(
    `insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     values ($1, 'x', 'chosen', '2026-01-05', $2)`,
    [personId, house.clock.now()],
  );
}
