import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import { noticeOn } from "../consent/rules.ts";
import type { Db, House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { dayOf, formatLongDay } from "../kernel/calendar.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { policyOn } from "../policy/store.ts";
import type { Person } from "../register/store.ts";
import { getOffice, workingCalendar } from "../units/store.ts";
import { eventActor } from "./advance.ts";
import { personsDeclared, phoneFault } from "./check-register.ts";
import { officeFault } from "./draft.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { isOver } from "./is-over.ts";
import { lapse } from "./lapse.ts";
import { missingPhotos } from "./photos/rules-photos.ts";
import { photosOf } from "./photos/store-photo.ts";
import { allowed, isOverdue, lastDayOf, promisedUntil } from "./rules.ts";
import { type CompleteAnswers, isComplete, nextQuestion } from "./rules-answers.ts";
import { matchRegister, type RegisterMatch } from "./rules-match.ts";
import { photoRule } from "./rules-paper-policies.ts";
import type { Consent } from "./rules-proof.ts";
import { type Declaration, findByCode, lockByCode, openRivals, saveStep } from "./store.ts";
import { tellDeclarer } from "./tell-declarer.ts";

interface Confirmation {
  code: string;
  actor: Actor;
  now: Date;
}

/**
 * "Xác nhận thông tin kê khai" (letter 330, annex 1, step 1): freezes the answers, starts the ten days, sends
 * the receipt. Confirming again answers with the same file. A name or birth date that differs from the
 * register is taken all the same: the officer compares, and a stranger learns nothing.
 */
export async function confirm(house: House, by: Confirmation): Promise<Declaration> {
  await lapseOverdueRivals(house, by);
  try {
    return await inTransaction(house.db, (tx) => confirmIn(tx, house, by));
  } catch (error) {
    throw rivalFault(error) ?? error;
  }
}

async function confirmIn(tx: Tx, house: House, by: Confirmation): Promise<Declaration> {
  const { code, actor, now } = by;
  const draft = await lockByCode(tx, code);
  if (draft.status === "confirmed" && !(await isOver(tx, draft, now))) return draft;
  if (draft.status !== "draft") throw new NotAllowed(draft.status, allowed(draft.status, "citizen"));
  const { answers } = draft;
  if (!isComplete(answers)) throw new Invalid([{ field: nextQuestion(answers) ?? "who", key: "unanswered" }]);
  const { match, person, faults } = await judge(tx, draft, answers, now);
  if (faults.length > 0) throw new Invalid(faults);
  const consent = consentOf(draft, answers);
  const deadline = promisedUntil(now, await workingCalendar(tx));
  const event = {
    kind: "confirmed",
    at: now,
    ...eventActor(actor),
    officeCode: answers.office.code,
    detail: { register: match, ...helpOf(answers, consent) },
  } as const;
  const confirmed = await saveStep(tx, draft, event, {
    status: "confirmed",
    confirmed_at: now,
    lapses_at: deadline,
    answers_sha256: fingerprintOf(answers),
    keep_until: null,
    matched_person_id: person?.personId ?? null,
    consent,
    consented_at: consent && (draft.consentedAt ?? now),
  });
  await tellConfirmed(tx, house, confirmed, deadline, now);
  await record(tx, {
    at: now,
    actor,
    action: "declaration.confirm",
    purpose: "registration",
    object: { kind: "declaration", id: code },
    officeCode: answers.office.code,
    detail: { notice: noticeOn(dayOf(now)).version },
  });
  return confirmed;
}

/** Somebody who was helped has agreed by a code on their phone, or will by signing the printed form. */
function consentOf({ consent }: Declaration, { who }: CompleteAnswers): Consent | null {
  return who.forWhom === "helped" ? (consent ?? "paper") : null;
}

/** Who helped, as what, and how the person agreed: stays with the event, whatever becomes of the answers. */
function helpOf({ who }: CompleteAnswers, consent: Consent | null): Record<string, unknown> {
  if (!consent) return {};
  return { helper: who.declarer, ...(who.declarerAs ? { helperAs: who.declarerAs } : {}), consent };
}

/** Everything that forbids confirming, told together. */
export async function judge(
  tx: Db | Tx,
  draft: Declaration,
  answers: CompleteAnswers,
  now: Date,
): Promise<{ match: RegisterMatch; person: Person | undefined; rivals: Declaration[]; faults: Fault[] }> {
  const persons = await personsDeclared(tx, answers);
  const match = matchRegister(answers, persons);
  const person = match === "matched" ? persons[0] : undefined;
  const rivals = await openRivals(tx, draft, person?.personId);
  const faults: (Fault | undefined)[] = [
    await officeFault(tx, answers.office.code, dayOf(now)),
    await phoneFault(tx, answers, answers.phone.number),
    await photoFault(tx, draft, answers, now),
    ...rivals.map((rival) => openFault(sharedBy(rival, draft))),
  ];
  if (person && (await findAccount(tx, person.personId))) {
    faults.push({ field: "insurance_number", key: "account_active" });
  }
  const told = faults.filter((fault) => fault !== undefined);
  return {
    match,
    person,
    rivals,
    faults: told.filter((one, at) => told.findIndex(({ key }) => key === one.key) === at),
  };
}

/** Only where the operator made pictures a condition. */
async function photoFault(
  tx: Db | Tx,
  draft: Declaration,
  answers: CompleteAnswers,
  now: Date,
): Promise<Fault | undefined> {
  const rule = await policyOn(tx, photoRule, dayOf(now));
  if (rule !== "required") return undefined;
  const sent = (await photosOf(tx, draft.id)).map(({ kind }) => kind);
  return missingPhotos(rule, answers, sent).length > 0 ? { field: "photos", key: "photos_missing" } : undefined;
}

type Shared = "number" | "paper" | "person";

function sharedBy(rival: Declaration, draft: Declaration): Shared {
  if (draft.insuranceNumber && rival.insuranceNumber === draft.insuranceNumber) return "number";
  return rival.idKind === draft.idKind && rival.idNumber === draft.idNumber ? "paper" : "person";
}

function openFault(shared: Shared): Fault {
  switch (shared) {
    case "number":
      return { field: "insurance_number", key: "open_for_number" };
    case "paper":
      return { field: "paper_number", key: "open_for_paper" };
    case "person":
      return { field: "full_name", key: "open_for_person" };
  }
}

/** Two confirmed at once: the database let one through. */
function rivalFault(error: unknown): Invalid | undefined {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  if (code !== "23505") return undefined;
  if (constraint === "declaration_one_open_per_number") return new Invalid([openFault("number")]);
  if (constraint === "declaration_one_open_per_paper") return new Invalid([openFault("paper")]);
  if (constraint === "declaration_one_open_per_person") return new Invalid([openFault("person")]);
  return undefined;
}

/** A file whose days are over must not stand in the way until the next sweep. */
async function lapseOverdueRivals(house: House, { code, now }: Confirmation): Promise<void> {
  const draft = await findByCode(house.db, code);
  if (draft?.status !== "draft") return;
  const persons = await personsDeclared(house.db, draft.answers);
  const person = matchRegister(draft.answers, persons) === "matched" ? persons[0] : undefined;
  const rivals = await openRivals(house.db, draft, person?.personId);
  for (const rival of rivals.filter((open) => isOverdue(open, now))) await lapse(house, rival.id, now);
}

async function tellConfirmed(tx: Tx, house: House, file: Declaration, deadline: Date, now: Date): Promise<void> {
  const office = file.officeCode ? await getOffice(tx, file.officeCode) : undefined;
  const fields = {
    code: file.code,
    deadline: formatLongDay(lastDayOf(deadline), file.lang),
    office: office?.name ?? "",
  };
  await tellDeclarer(tx, house, file, "declaration_confirmed", fields, now);
}
