/** Opens a case on one fact of one's own record. The record stays as it is; one open case a fact. */
import { randomUUID } from "node:crypto";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import { readBenefits } from "../benefits/store.ts";
import { readPapers } from "../benefits/store-documents.ts";
import { readCards } from "../card/store.ts";
import type { Db, House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officeOfWard } from "../guardian/store.ts";
import type { Reader, RecordOwner } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { officeThatAccepted } from "../registration/store-many.ts";
import { workingCalendar } from "../units/store.ts";
import { findVisit } from "../visits/store.ts";
import { answerDueOn, type DisputeAnswers, type Fact, OF_CARE } from "./rules.ts";
import { type Dispute, insertDispute } from "./store.ts";

export async function openDispute(
  house: House,
  { actor, answers, now }: { actor: Reader; answers: DisputeAnswers; now: Date },
): Promise<Dispute> {
  const { personId } = actor;
  await needOwnFact(house, actor, answers.fact, now);
  const due = answerDueOn(dayOf(now), await workingCalendar(house.db));
  const officeCode = await officeFor(house.db, actor);
  if (!officeCode) throw new Invalid([{ field: "says", key: "no_office" }]);
  const opened = { ...answers, disputeId: randomUUID(), createdAt: now, answerDueOn: due?.toString() };
  await inTransaction(house.db, async (tx) => {
    if (!(await insertDispute(tx, { ...opened, personId, officeCode }))) throw new Conflict("dispute_open");
    await record(tx, {
      at: now,
      actor,
      action: "open_dispute",
      purpose: "own_record",
      personId,
      object: { kind: "dispute", id: opened.disputeId },
      detail: { kind: answers.kind, fact: answers.fact.kind },
    });
  });
  return { ...opened, status: "open", answer: undefined, outcome: undefined };
}

/** A child has a file of its own seldom: its guardians' link was made at an office, or they came by one themselves. */
async function officeFor(db: Db, { personId, readBy }: Reader): Promise<string | undefined> {
  return (
    (await officeThatAccepted(db, personId)) ??
    (await officeOfWard(db, personId)) ??
    (readBy === personId ? undefined : officeThatAccepted(db, readBy))
  );
}

/** Throws unless it is on this person's record, and may be named: facts of care tell of health (T17). */
export async function needOwnFact(house: House, actor: Reader, fact: Fact, now: Date): Promise<void> {
  if (OF_CARE.includes(fact.kind)) refuseLimited(actor, now);
  if (!(await isOwnFact(house, actor, fact))) throw new NotFound("fact");
}

/** A month may be empty: that is what its case is about. */
async function isOwnFact(house: House, owner: RecordOwner, { kind, id }: Fact): Promise<boolean> {
  const { personId } = owner;
  if (kind === "visit") return (await findVisit(house.db, owner, id)) !== undefined;
  if (kind === "card") {
    const { cards } = await readCards(house.pool, personId);
    return cards.some((card) => card.validFrom === id);
  }
  if (kind === "paper") {
    const { papers } = await readPapers(house.pool, owner);
    return papers.some((paper) => paper.id === id);
  }
  if (kind === "benefit" && id !== "") {
    const { benefits } = await readBenefits(house.pool, personId);
    return benefits.some((benefit) => `${benefit.kind}.${benefit.fromOn}` === id);
  }
  return true;
}
