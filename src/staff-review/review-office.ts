import { confirmHeld } from "../account/review-staff.ts";
import { endStaffRight } from "../account/rights.ts";
import { forgetSessions } from "../account/session-cache.ts";
import { endRole } from "../account/staff.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { linesOfOffice } from "./read-office.ts";
import { type Decision, officesAnswered, readDecisions } from "./rules.ts";
import { insertOfficeReview, insertReviewLines, nextReviewNo } from "./store.ts";

export interface ReviewAsked {
  officeCode: string;
  /** The number that the page showed for this review: another one since then means that it shows too little. */
  no: number;
  form: Readonly<Record<string, string>>;
}

export interface Reviewed {
  kept: number;
  ended: number;
}

/**
 * Whoever answers for an office keeps or ends what its members hold; what they leave open stays due. Never about
 * themselves. Throws Conflict where another review, or an end of the same right, came first.
 */
export async function reviewOffice(house: House, by: Staff, { officeCode, no, form }: ReviewAsked): Promise<Reviewed> {
  if (!officesAnswered(by).includes(officeCode)) throw new Forbidden();
  const at = house.clock.now();
  const decisions = await inTransaction(house.db, async (tx) => {
    if ((await nextReviewNo(tx, officeCode)) !== no) throw new Conflict("reviewed_meanwhile");
    const lines = (await linesOfOffice(tx, officeCode, at)).filter(({ staffId }) => staffId !== by.staffId);
    const read = readDecisions(lines, form);
    if (!read.ok) throw new Invalid(read.faults);
    if (read.value.length === 0) throw new Conflict("reviewed_meanwhile");
    const review = { officeCode, no, at, by: by.staffId };
    if (!(await insertOfficeReview(tx, review))) throw new Conflict("reviewed_meanwhile");
    await insertReviewLines(tx, review, read.value);
    await confirmKept(tx, by, at, read.value);
    for (const decision of read.value) await endOne(tx, by, officeCode, at, decision);
    await record(tx, {
      ...{ at, actor: by, action: "staff_office_reviewed", purpose: "operation", officeCode },
      object: { kind: "office", id: officeCode },
      detail: { review: no, ...counted(read.value) },
    });
    return read.value;
  });
  for (const { line, verdict } of decisions) {
    if (verdict === "end") forgetSessions(house, { staffId: line.staffId });
  }
  return counted(decisions);
}

async function confirmKept(tx: Tx, by: Staff, at: Date, decisions: readonly Decision[]): Promise<void> {
  const kept = decisions.filter(({ verdict }) => verdict === "keep");
  for (const [staffId, its] of Map.groupBy(kept, ({ line }) => line.staffId)) {
    await confirmHeld(tx, { staffId, rights: its.map(({ line }) => line.held), by: by.name, actor: by, at });
  }
}

/** By the same function as the operator's command; a role ends at this office alone. */
async function endOne(tx: Tx, by: Staff, office: string, at: Date, { line, verdict }: Decision): Promise<void> {
  if (verdict !== "end") return;
  const { staffId, what, isRole } = line;
  const isEnded = isRole
    ? (await endRole(tx, { staffId, role: what, office }, by, at)) > 0
    : await endStaffRight(tx, { staffId, right: what }, by, at);
  if (!isEnded) throw new Conflict("reviewed_meanwhile");
}

function counted(decisions: readonly Decision[]): Reviewed {
  const kept = decisions.filter(({ verdict }) => verdict === "keep").length;
  return { kept, ended: decisions.length - kept };
}
