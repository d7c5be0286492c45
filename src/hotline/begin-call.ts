/** Somebody calls or stands at the counter: whom they may be is looked for, and told to nobody. */
import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { findUnitByCode } from "../drive/store-person-unit.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayFromParts, dayOf } from "../kernel/calendar.ts";
import { Invalid, TryLater } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { foldName } from "../kernel/names.ts";
import { parseInsuranceNumber, parsePersonalId, parsePhone } from "../kernel/numbers.ts";
import { policyOn } from "../policy/store.ts";
import { findPersonByKey } from "../register/store.ts";
import { personsByNameAndBirth, personsByPhone } from "../register/store-callers.ts";
import { findByCode } from "../registration/store.ts";
import { filesWithoutPerson } from "../registration/store-callers.ts";
import { KEY_KINDS, type KeyKind } from "./rules-identify.ts";
import { agentCalls, identification } from "./rules-policies.ts";
import { type Candidate, countCallsOf, insertCall } from "./store-call.ts";

type Form = Readonly<Record<string, string | undefined>>;
const HOUR_MS = 3600_000;
/** A family with one telephone, namesakes born on one day: more than that is nobody. */
const CANDIDATES_MOST = 6;

interface Key {
  kind: KeyKind;
  /** Cleaned: the same for all ways of writing one thing. */
  text: string;
  birthOn?: string;
}

/** Answers the call's id: the same whether somebody was found or not. Throws Invalid and TryLater. */
export async function beginCall(house: House, staff: Staff, form: Form): Promise<string> {
  const now = house.clock.now();
  const today = dayOf(now);
  const key = parseKey(form);
  const most = await policyOn(house.db, agentCalls, today);
  if ((await countCallsOf(house.db, staff.staffId, new Date(now.getTime() - HOUR_MS))) >= most) {
    throw new TryLater("too_many", HOUR_MS / 1000);
  }
  if (key.kind === "unit" && !(await findUnitByCode(house.db, key.text, today.toString()))) throw fault("key_unit");
  const candidates = await candidatesOf(house, key);
  const { tries } = await policyOn(house.db, identification, today);
  const id = randomUUID();
  await inTransaction(house.db, async (tx) => {
    await insertCall(tx, {
      id,
      channel: form.channel === "counter" && officesAtWork(staff).length > 0 ? "counter" : "call",
      keyKind: key.kind,
      keyMark: house.vault.mark("hotline-key", `${key.kind}:${key.text}:${key.birthOn ?? ""}`),
      fileCode: key.kind === "code" ? key.text : null,
      unitCode: key.kind === "unit" ? key.text : null,
      candidates,
      triesLeft: tries,
      openedAt: now,
      openedBy: staff.staffId,
      officeCode: officesAtWork(staff)[0] ?? null,
    });
    await record(tx, {
      at: now,
      actor: staff,
      action: "hotline.search",
      purpose: "hotline",
      object: { kind: "hotline_call", id },
      officeCode: officesAtWork(staff)[0],
      detail: { by: key.kind },
    });
  });
  return id;
}

const fault = (key: string, field = "key") => new Invalid([{ field, key }]);

function parseKey(form: Form): Key {
  const kind = KEY_KINDS.find((one) => one === form.by);
  const typed = (form.key ?? "").normalize("NFC").trim().slice(0, 200);
  if (!kind) throw fault("by_missing", "by");
  if (typed === "") throw fault("key_missing");
  if (kind === "name_birth") return parseNameAndBirth(form, typed);
  const text = readers[kind](typed);
  if (!text) throw fault(`key_${kind}`);
  return { kind, text };
}

const readers: Record<Exclude<KeyKind, "name_birth">, (typed: string) => string | undefined> = {
  phone: parsePhone,
  bhxh: parseInsuranceNumber,
  personal_id: parsePersonalId,
  code: parseFileCode,
  unit: (typed) => /^[\w.-]{2,40}$/.exec(typed.toUpperCase())?.[0],
};

function parseNameAndBirth(form: Form, typed: string): Key {
  const part = (name: string) => Number(form[`birth_${name}`]);
  const birth = dayFromParts(part("year"), part("month"), part("day"));
  if (!birth) throw fault("birth_missing", "birth");
  const text = foldName(typed);
  if (!text.includes(" ")) throw fault("key_name_birth");
  return { kind: "name_birth", text, birthOn: birth.toString() };
}

/** The same reads for whatever was typed; too many is as good as nobody. */
async function candidatesOf(house: House, key: Key): Promise<Candidate[]> {
  const found = await finders[key.kind](house, key);
  return found.length > CANDIDATES_MOST ? [] : found;
}

const persons = (rows: readonly { personId: string; diedOn: string | null }[]): Candidate[] =>
  rows.filter(({ diedOn }) => diedOn === null).map(({ personId }) => ({ personId }));
const files = (ids: readonly string[]): Candidate[] => ids.map((declarationId) => ({ declarationId }));

async function byNumber({ db }: House, kind: "bhxh" | "personal_id", number: string): Promise<Candidate[]> {
  const person = await findPersonByKey(db, kind, number);
  return [...persons(person ? [person] : []), ...files(await filesWithoutPerson(db, { number }, CANDIDATES_MOST))];
}

const finders: Record<KeyKind, (house: House, key: Key) => Promise<Candidate[]>> = {
  async phone({ db }, { text: phone }) {
    const known = await personsByPhone(db, phone, CANDIDATES_MOST);
    return [...persons(known), ...files(await filesWithoutPerson(db, { phone }, CANDIDATES_MOST))];
  },
  async name_birth({ db }, { text: foldedName, birthOn = "" }) {
    const known = await personsByNameAndBirth(db, { foldedName, birthOn, limit: CANDIDATES_MOST });
    const own = await filesWithoutPerson(db, { foldedName, birthOn }, CANDIDATES_MOST);
    return [...persons(known), ...files(own)];
  },
  bhxh: (house, { text }) => byNumber(house, "bhxh", text),
  personal_id: (house, { text }) => byNumber(house, "personal_id", text),
  async code({ db }, { text }) {
    const file = await findByCode(db, text);
    if (!file || file.status === "draft") return [];
    return file.personId ? [{ personId: file.personId }] : files([file.id]);
  },
  unit: async () => [],
};
