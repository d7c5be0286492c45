import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { keepOrTakeBack } from "../db/keep-or-take-back.ts";
import { inTransaction } from "../db/transaction.ts";
import { noteMiss } from "../guesses/tally.ts";
import { anyone } from "../kernel/actor.ts";
import { dayOf, type PlainDate } from "../kernel/calendar.ts";
import { Invalid, TryLater } from "../kernel/failures.ts";
import { parsePhone } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOf, findPersonByKey, numbersOf, type Person } from "../register/store.ts";
import type { Birth, Name, Paper } from "./rules-answers.ts";
import { isAskerSpent, isPersonSpent, numberRequests } from "./rules-find-number.ts";
import { keyKindOf, matchRegister } from "./rules-match.ts";
import { type Fields, parsers } from "./rules-parse.ts";
import { countRequests, insertRequest, type RequestMarks } from "./store-find-number.ts";

interface Asked {
  fields: Fields;
  /** The network address that asks. */
  address: string;
  lang: Lang;
  now: Date;
}

/** Who nobody is: the same reads and writes are done for them, and taken back. */
const NOBODY = { personId: "0", phone: "0900000000", number: "0000000000" } as const;
const SEND_WITHIN_MS = 15 * 60_000;

/**
 * Somebody has forgotten their mã số BHXH. If the register has exactly this person and a phone of theirs, the
 * number goes there; on screen nothing differs, whether it has or not. Throws Invalid for what cannot be a
 * paper, a name or a date, and TryLater when this address or everybody together has asked too often.
 */
export async function findNumber(house: House, asked: Asked): Promise<void> {
  const typed = clean(asked.fields, dayOf(asked.now));
  const { kind, number } = typed.paper;
  const found = await findPersonByKey(house.db, keyKindOf[kind], number);
  const personId = found?.personId ?? NOBODY.personId;
  const numbers = await numbersOf(house.db, personId);
  const contacts = await contactsOf(house.db, personId);
  const insurance = numbers.find((one) => one.kind === "bhxh" && one.validTo === null)?.number;
  const phone = parsePhone(contacts.find((one) => one.kind === "phone")?.value ?? "");
  const isTheirs = found !== undefined && isExactly(typed, found);
  const sending = isTheirs && insurance && phone ? { personId, insurance, phone } : undefined;
  if (!sending) noteMiss(house);
  const marks = {
    recipient: house.vault.everyMark("number-request", sending ? `phone:${sending.phone}` : nobodyOf(typed)),
    address: house.vault.everyMark("number-request", `address:${asked.address}`),
  };
  await inTransaction(house.db, (tx) => write(tx, house, { ...asked, marks, sending }));
}

interface Typed {
  paper: Paper;
  name: Name;
  birth: Birth;
}

interface Sending {
  personId: string;
  insurance: string;
  phone: string;
}

async function write(
  tx: Tx,
  house: House,
  { marks, sending, lang, now }: Asked & { marks: RequestMarks; sending: Sending | undefined },
): Promise<void> {
  const recent = await countRequests(tx, marks, now);
  const most = await policyOn(tx, numberRequests, dayOf(now));
  if (isAskerSpent(recent, most)) throw new TryLater("too_many", 3600);
  const requestId = randomUUID();
  await insertRequest(tx, requestId, marks, now);
  const isKept = sending !== undefined && !isPersonSpent(recent, most);
  await keepOrTakeBack(tx, isKept, async () => {
    await enqueue(tx, house.vault, {
      dedupeKey: `insurance_number:${requestId}`,
      class: "reminder",
      template: "insurance_number",
      lang,
      phone: sending?.phone ?? NOBODY.phone,
      fields: {},
      secrets: { number: sending?.insurance ?? NOBODY.number },
      dueAt: new Date(now.getTime() + SEND_WITHIN_MS),
      now,
      personId: isKept ? sending.personId : undefined,
    });
  });
  await record(tx, {
    at: now,
    actor: anyone,
    action: "number_requested",
    purpose: "registration",
    personId: isKept ? sending.personId : undefined,
  });
}

function clean(fields: Fields, today: PlainDate): Typed {
  const paper = parsers.paper(fields, today);
  const name = parsers.name({ ...fields, sex: "3" }, today);
  const birth = parsers.birth(fields, today);
  const faults = [paper, name, birth].flatMap((parsed) => (parsed.ok ? [] : parsed.faults));
  if (!paper.ok || !name.ok || !birth.ok) throw new Invalid(faults);
  return { paper: paper.value, name: name.value, birth: birth.value };
}

/** Counted apart from everybody else, so that a wrong guess uses up nobody's share. */
const nobodyOf = ({ paper, name, birth }: Typed) => `nobody:${paper.kind}:${paper.number}:${name.full}:${birth.on}`;

/** This name, and the birth date as far as the register knows it. */
function isExactly(typed: Typed, person: Person): boolean {
  const known = { year: 0, month: 1, day: 2 };
  if (known[typed.birth.precision] < known[person.birthPrecision] || person.diedOn !== null) return false;
  return matchRegister(typed, [person]) === "matched";
}
