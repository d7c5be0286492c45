/** The library: anybody at the desk writes, a supervisor who did not write it makes it public. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../kernel/failures.ts";
import { categoriesNow } from "./categories.ts";
import { keyOf, parseAnswerWords } from "./rules-answers.ts";
import {
  type AnswerVersion,
  approveVersion,
  dropDraft,
  insertVersion,
  lockDraft,
  retirePublic,
  versionsOf,
} from "./store-answers.ts";

type Form = Readonly<Record<string, string | undefined>>;

/** A new answer, or the next version of one; answers its key. */
export async function writeAnswer(house: House, staff: Staff, form: Form): Promise<string> {
  const at = house.clock.now();
  const parsed = parseAnswerWords(form, await categoriesNow(house.db, at));
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const key = form.key ? await knownKey(house, form.key) : await freeKey(house, keyOf(parsed.value.questionVi));
  await inTransaction(house.db, async (tx) => {
    const version = await insertVersion(tx, key, parsed.value, { authorId: staff.staffId, at });
    if (!version) throw new Conflict("answer_waits");
    await record(tx, { ...noted("answer_written", staff, key), at, detail: { version } });
  });
  return key;
}

export async function approveAnswer(house: House, staff: Staff, key: string): Promise<void> {
  await onDraft(house, key, async (tx, draft, at) => {
    if (draft.authorId === staff.staffId) throw new Forbidden("answer_own");
    await approveVersion(tx, draft, { staffId: staff.staffId, at });
    await record(tx, { ...noted("answer_approved", staff, key), at, detail: { version: draft.version } });
  });
}

export async function dropAnswer(house: House, staff: Staff, key: string): Promise<void> {
  await onDraft(house, key, async (tx, draft, at) => {
    await dropDraft(tx, draft, { staffId: staff.staffId, at });
    await record(tx, { ...noted("answer_dropped", staff, key), at, detail: { version: draft.version } });
  });
}

export async function retireAnswer(house: House, staff: Staff, key: string): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if ((await retirePublic(tx, key, { staffId: staff.staffId, at })) === 0n) throw new NotFound("answer");
    await record(tx, { ...noted("answer_retired", staff, key), at });
  });
}

type Work = (tx: Parameters<typeof lockDraft>[0], draft: AnswerVersion, at: Date) => Promise<void>;

async function onDraft(house: House, key: string, work: Work): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const draft = await lockDraft(tx, key);
    if (!draft) throw new NotFound("answer");
    await work(tx, draft, at);
  });
}

async function knownKey(house: House, key: string): Promise<string> {
  if ((await versionsOf(house.db, key)).length === 0) throw new NotFound("answer");
  return key;
}

async function freeKey(house: House, wanted: string): Promise<string> {
  for (let nth = 1; ; nth += 1) {
    const key = nth === 1 ? wanted : `${wanted}-${nth}`;
    if ((await versionsOf(house.db, key)).length === 0) return key;
  }
}

const noted = (what: string, actor: Staff, key: string) => ({
  actor,
  action: `hotline.${what}`,
  purpose: "hotline",
  object: { kind: "help_answer", id: key },
});
