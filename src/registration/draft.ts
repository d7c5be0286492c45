import type { Db, House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { dayOf, type Lang, type PlainDate } from "../kernel/calendar.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { wholeName } from "../units/rules-search.ts";
import { findOffices, getCommune } from "../units/store.ts";
import { resolveOldAddress, successorsOf } from "../units/store-old.ts";
import { eventActor } from "./advance.ts";
import { phoneFault } from "./check-register.ts";
import { drawFileCode } from "./file-pass.ts";
import { findMethod } from "./find-method.ts";
import { allowed, keepUntil } from "./rules.ts";
import { type Address, type Answers, QUESTIONS, type Question } from "./rules-answers.ts";
import { codeOfMethod } from "./rules-paper-policies.ts";
import { type Fields, type Parsed, parsers } from "./rules-parse.ts";
import { type Declaration, lockByCode } from "./store.ts";
import { insertDraft, replaceAnswers } from "./store-draft.ts";
import { wordsOfMethod } from "./words-methods.ts";

const CODE_ATTEMPTS = 5;

interface Declared {
  fields: Fields;
  lang: Lang;
  actor: Actor;
  now: Date;
}

/** The first answer makes the draft: from the second page on there is a code to come back with. */
export async function startDraft(house: House, declared: Declared): Promise<Declaration> {
  const answers = await answerOne(house.db, {}, "who", declared.fields, declared.now);
  return createDraft(house, answers, declared);
}

/** All answers at once, from a program. Every fault of every question is told together. */
export async function declareWhole(house: House, declared: Declared): Promise<Declaration> {
  const answers = await answerAll(house.db, {}, QUESTIONS, declared.fields, declared.now);
  return createDraft(house, answers, declared);
}

/** Answers, or answers again, one question of a draft. Throws Invalid with one fault a field. */
export async function saveAnswer(
  house: House,
  answer: { code: string; question: Question; fields: Fields; now: Date },
): Promise<Declaration> {
  return saveAnswers(house, { ...answer, questions: [answer.question] });
}

/** Several questions of a draft at once, all of them or none: every fault is told together. */
export async function saveAnswers(
  house: House,
  answer: { code: string; questions: readonly Question[]; fields: Fields; now: Date },
): Promise<Declaration> {
  const { code, questions, fields, now } = answer;
  return inTransaction(house.db, async (tx) => {
    const draft = await lockByCode(tx, code);
    if (draft.status !== "draft") throw new NotAllowed(draft.status, allowed(draft.status, "citizen"));
    const answers = await answerAll(tx, draft.answers, questions, fields, now);
    return replaceAnswers(tx, draft, answers, keepUntil(now).toString());
  });
}

interface Drafting {
  lang: Lang;
  actor: Actor;
  now: Date;
  againOf?: string;
}

function createDraft(house: House, answers: Answers, by: Drafting): Promise<Declaration> {
  return inTransaction(house.db, (tx) => createDraftIn(tx, answers, by));
}

/** A draft with these answers under a code of its own. */
export async function createDraftIn(tx: Tx, answers: Answers, by: Drafting): Promise<Declaration> {
  const { lang, actor, now, againOf } = by;
  const draft = { answers, lang, at: now, keepUntil: keepUntil(now).toString(), againOf, ...eventActor(actor) };
  for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt += 1) {
    const made = await insertDraft(tx, { ...draft, code: drawFileCode() });
    if (made) return made;
  }
  throw new Error("no free file code was drawn");
}

async function answerAll(
  db: Db | Tx,
  before: Answers,
  questions: readonly Question[],
  fields: Fields,
  now: Date,
): Promise<Answers> {
  const faults: Fault[] = [];
  let answers = before;
  for (const question of questions) {
    try {
      answers = await answerOne(db, answers, question, fields, now);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new Invalid(faults);
  return answers;
}

async function answerOne(
  db: Db | Tx,
  answers: Answers,
  question: Question,
  fields: Fields,
  now: Date,
): Promise<Answers> {
  const today = dayOf(now);
  const parsed = parsers[question](fields, today);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  if (question === "address") {
    const address = await placeOf(db, parsed.value as Parsed["address"], today);
    if (!address.ok) throw new Invalid(address.faults);
    return { ...answers, address: address.value };
  }
  if (question === "office") {
    const office = await officeOf(db, parsed.value as Parsed["office"], today);
    if (!office.ok) throw new Invalid(office.faults);
    return { ...answers, office: office.value };
  }
  const next: Answers = { ...answers, [question]: parsed.value };
  const fault = await outsideFault(db, next, question);
  if (fault) throw new Invalid([fault]);
  return next;
}

/** What only the books can say: is the phone free. */
async function outsideFault(db: Db | Tx, answers: Answers, question: Question) {
  if (question === "phone" && answers.phone) return phoneFault(db, answers, answers.phone.number);
  return undefined;
}

export async function officeFault(db: Db | Tx, code: string, today: PlainDate): Promise<Fault | undefined> {
  const open = await findOffices(db, { takesFiles: true, on: today.toString() });
  return open.some((office) => office.code === code) ? undefined : { field: "office", key: "office_missing" };
}

/** An office that is open today, and a way to hand in that is on today; the usual way leaves no mark. */
async function officeOf(
  db: Db | Tx,
  { code, methodCode }: Parsed["office"],
  today: PlainDate,
): Promise<Outcome<NonNullable<Answers["office"]>, Fault[]>> {
  const fault = await officeFault(db, code, today);
  const method = await findMethod(db, methodCode, today);
  if (fault) return bad([fault]);
  if (!method) return bad([{ field: "submission_method", key: "method_missing" }]);
  if (method === "office") return good({ code });
  return good({ code, method: { code: codeOfMethod(method), name: wordsOfMethod(method, "vi").name } });
}

/** The names of the places are kept with the answer: the form prints what they were called on that day. */
async function placeOf(db: Db | Tx, typed: Parsed["address"], today: PlainDate): Promise<Outcome<Address, Fault[]>> {
  const on = today.toString();
  if ("old" in typed) {
    const now = (await resolveOldAddress(db, typed.old, on))?.next;
    return good(now ? { old: typed.old, now: placeFrom(now) } : typed);
  }
  const { communeCode, street, oldCode } = typed;
  const commune = await getCommune(db, communeCode, on);
  if (!commune) return bad([{ field: "commune", key: "commune_missing" }]);
  const address = { ...placeFrom(commune), street };
  const before = oldCode
    ? (await successorsOf(db, oldCode, on)).find(({ next }) => next.code === communeCode)
    : undefined;
  return good(before ? { ...address, before: { code: before.code, name: wholeName(before) } } : address);
}

const placeFrom = ({ code, name, provinceName }: { code: string; name: string; provinceName: string }) => ({
  communeCode: code,
  communeName: name,
  provinceName,
});
