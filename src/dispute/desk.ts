/** What an office does with a case: it asks the source, then answers. The record changes by its source alone. */
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { reachOf } from "../guardian/tell.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf, formatDay } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { enqueue } from "../notices/enqueue.ts";
import { parseAnswer, parseAsked } from "./rules.ts";
import { addCaseEvent, type CaseAtDesk, findCase, lockCase, saveAnswer } from "./store-desk.ts";

const TOLD_WITHIN_MS = 15 * 60_000;

/** A case of one of the asker's offices; any other does not exist for them. The look is written down. */
export async function openCase(house: House, staff: Staff, id: string): Promise<CaseAtDesk & { officeCode: string }> {
  const found = mine(staff, isUuid(id) ? await findCase(house.db, id) : undefined);
  await note(house.db, staff, found, "dispute.look", house.clock.now());
  return found;
}

/** Whom the office asked and what: a first sign to the person that somebody works on it. */
export async function askSource(house: House, staff: Staff, { id, says }: { id: string; says?: string | undefined }) {
  const parsed = parseAsked({ says });
  if (!parsed.ok) throw new Invalid(parsed.faults);
  await onOpenCase(house, staff, id, async (tx, found, at) => {
    await addCaseEvent(tx, found, {
      at,
      kind: "asked",
      staffId: staff.staffId,
      officeCode: found.officeCode,
      says: parsed.value.says,
    });
    await note(tx, staff, found, "dispute.ask", at);
  });
}

/** Once, and for good: another doubt about the same fact is another case. The person is told where to read it. */
export async function answerCase(
  house: House,
  staff: Staff,
  { id, ...typed }: { id: string; outcome?: string | undefined; says?: string | undefined },
): Promise<void> {
  const parsed = parseAnswer(typed);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { outcome, says } = parsed.value;
  await onOpenCase(house, staff, id, async (tx, found, at) => {
    await saveAnswer(tx, found, { at, outcome, says });
    await addCaseEvent(tx, found, {
      at,
      kind: "answered",
      staffId: staff.staffId,
      officeCode: found.officeCode,
      says,
    });
    await tell(tx, house, found, at);
    await note(tx, staff, found, "dispute.answer", at, { outcome });
  });
}

type OwnCase = CaseAtDesk & { officeCode: string };

async function onOpenCase(
  house: House,
  staff: Staff,
  id: string,
  act: (tx: Tx, found: OwnCase, at: Date) => Promise<void>,
): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const found = mine(staff, isUuid(id) ? await lockCase(tx, id) : undefined);
    if (found.status !== "open") throw new Conflict("dispute_answered");
    await act(tx, found, at);
  });
}

function mine(staff: Staff, found: CaseAtDesk | undefined): OwnCase {
  if (!found?.officeCode || !officesAtWork(staff).includes(found.officeCode)) throw new NotFound("dispute");
  return { ...found, officeCode: found.officeCode };
}

/** Says that there is an answer and where; neither the fact nor the answer travels by SMS. */
async function tell(tx: Tx, house: House, found: OwnCase, now: Date): Promise<void> {
  const reach = await reachOf(tx, found.personId);
  await enqueue(tx, house.vault, {
    ...reach,
    dedupeKey: `dispute:${found.disputeId}:answered`,
    class: "reminder",
    template: "dispute_answered",
    fields: { day: formatDay(dayOf(found.createdAt), reach.lang) },
    dueAt: new Date(now.getTime() + TOLD_WITHIN_MS),
    now,
    personId: found.personId,
    officeCode: found.officeCode,
  });
}

async function note(
  db: House["db"] | Tx,
  actor: Staff,
  found: OwnCase,
  action: string,
  at: Date,
  detail: Record<string, string> = {},
): Promise<void> {
  await record(db, {
    at,
    actor,
    action,
    purpose: "review",
    personId: found.personId,
    object: { kind: "dispute", id: found.disputeId },
    officeCode: found.officeCode,
    detail: { fact: found.fact.kind, ...detail },
  });
}
