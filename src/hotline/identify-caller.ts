/** What the caller says is compared with what is known. Right or not: never which, and never how often it may be right. */
import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import { proveCode } from "../codes/prove.ts";
import { useCode } from "../codes/store.ts";
import type { House, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { type Known, knownOf } from "./caller-facts.ts";
import { getOwnCall, isOpen } from "./own-call.ts";
import { barFor, hasSaid, type Proof, questionsFor, type Said, whoIsCaller } from "./rules-identify.ts";
import { identification } from "./rules-policies.ts";
import { type Call, changeCall, countTries, lockCall, noteTries } from "./store-call.ts";

export type Verdict = "right" | "wrong" | "closed";

type Form = Readonly<Record<string, string | undefined>>;
const DAY_MS = 86_400_000;

export const readSaid = (form: Form): Said => ({
  name: form.name ?? "",
  birth: { day: form.birth_day ?? "", month: form.birth_month ?? "", year: form.birth_year ?? "" },
  id_last4: form.id_last4 ?? "",
  bhxh_last4: form.bhxh_last4 ?? "",
  facility: (form.facility ?? "").slice(0, 120),
});

/** Throws Invalid where nothing was said or the code is not right; `closed`: no more tries, for this call or this day. */
export async function identifyCaller(house: House, staff: Staff, id: string, form: Form): Promise<Verdict> {
  const before = await getOwnCall(house, staff, id);
  const now = house.clock.now();
  const bar = await policyOn(house.db, identification, dayOf(now));
  const questions = questionsFor(before.keyKind, bar.ask);
  const said = readSaid(form);
  const isVouched = before.codeProvedAt !== null || Boolean(form.code?.trim());
  if (!hasSaid(said, questions) && !isVouched) {
    throw new Invalid([{ field: "main", key: "say_something" }]);
  }
  if (!(await isOpen(house, before)) || before.identifiedAt) return "closed";
  await checkCode(house, before, form.code ?? "");
  const known = await knownOf(house, before.candidates);
  return inTransaction(house.db, async (tx) => {
    const call = await lockCall(tx, id);
    if (!call || call.identifiedAt || call.triesLeft === 0) return "closed";
    const marks = marksOf(house, call);
    const how: Proof = call.codeProvedAt ? "code" : isPaperSeen(call, form) ? "paper" : "questions";
    // Whoever uses up the tries of somebody else does not shut out the owner of the telephone, nor of the paper.
    const wrong = how === "questions" ? await countTries(tx, marks, new Date(now.getTime() - DAY_MS)) : 0;
    if (wrong >= bar.wrongADay) return "closed";
    const caller = whoIsCaller(said, known, barFor(call.keyKind, how, bar));
    if (!caller) {
      await changeCall(tx, id, { triesLeft: call.triesLeft - 1 });
      await noteTries(tx, marks, now, randomUUID());
      await note(tx, staff, call, now, { action: "hotline.not_identified" });
      return "wrong";
    }
    if (how === "code" && call.codeId) await useCode(tx, call.codeId, now);
    await changeCall(tx, id, { identifiedAt: now, identifiedHow: how, as: caller.candidate });
    await note(tx, staff, call, now, { action: "hotline.identified", how, caller });
    return "right";
  });
}

/** Only an officer has a counter; the original lies on it. */
const isPaperSeen = (call: Call, form: Form) => call.channel === "counter" && form.paper === "yes";

/** A code that comes back is kept with the call: name and birth date must still be right. */
async function checkCode(house: House, call: Call, typed: string): Promise<void> {
  if (typed.trim() === "" || call.codeProvedAt) return;
  const now = house.clock.now();
  const boundTo = boundToCall(call.id);
  await proveCode(house, { codeId: call.codeId ?? "", purpose: "prove_caller", boundTo, code: typed, now });
  await inTransaction(house.db, (tx) => changeCall(tx, call.id, { codeProvedAt: now }));
  call.codeProvedAt = now;
}

export const boundToCall = (id: string) => `hotline_call:${id}`;

/**
 * Counted for the thing that was looked for and for everybody whom it may mean. The thing is known by the mark of the
 * call only: under another secret it counts anew, those whom it may mean do not.
 */
function marksOf(house: House, call: Call): Marks[] {
  const of = call.candidates.map((one) =>
    house.vault.everyMark("hotline-caller", "personId" in one ? `person:${one.personId}` : `file:${one.declarationId}`),
  );
  return [[call.keyMark], ...of];
}

async function note(
  tx: Tx,
  actor: Staff,
  call: Call,
  at: Date,
  { action, how, caller }: { action: string; how?: string; caller?: Known },
): Promise<void> {
  const personId = caller && "personId" in caller.candidate ? caller.candidate.personId : undefined;
  await record(tx, {
    ...{ at, actor, action, purpose: "hotline", personId },
    object: { kind: "hotline_call", id: call.id },
    officeCode: call.officeCode ?? undefined,
    detail: how ? { how } : {},
  });
}
