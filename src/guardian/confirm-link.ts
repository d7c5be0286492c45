import { issueWardAccount } from "../account/issue-ward-account.ts";
import { forgetSessions } from "../account/session-cache.ts";
import { findAccount } from "../account/store.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { plainDate } from "../kernel/calendar.ts";
import { Conflict, Forbidden, NotAllowed } from "../kernel/failures.ts";
import { checkPair } from "./check-pair.ts";
import { getLocked, isSupervisor, officeOf } from "./desk.ts";
import { recordDecision } from "./record-decision.ts";
import { appendEvent, type Link, type LinkEventKind, moveLink } from "./store.ts";
import { getPaper } from "./store-paper.ts";
import { tellGuardians } from "./tell.ts";

/**
 * The second person says yes or no to what a colleague asked: a new link, or the end of a block. A supervisor, and
 * never the one who asked.
 */
export async function decideAsked(house: House, staff: Staff, linkId: string, isYes: boolean): Promise<Link> {
  const at = house.clock.now();
  const officeCode = officeOf(staff);
  const link = await inTransaction(house.db, async (tx) => {
    const locked = await getLocked(tx, linkId);
    const isAsked = locked.status === "proposed" || (locked.status === "blocked" && locked.askedBy !== null);
    if (!isAsked) throw new NotAllowed(locked.status, []);
    if (!isSupervisor(staff)) throw new Forbidden("supervisor_only");
    if (locked.askedBy === staff.staffId) throw new Forbidden("two_persons");
    const kind = await (locked.status === "proposed"
      ? decideProposal(tx, locked, isYes, at)
      : decideUnblock(tx, locked, isYes, at));
    const of = { wardId: locked.ward.personId, linkId };
    await appendEvent(tx, of, { kind, at, staffId: staff.staffId, officeCode });
    await recordDecision(tx, locked, `guardian.${kind}`, { staff, officeCode, at });
    if (isYes) await tellGuardians(tx, house, locked, kind === "unblocked" ? "restored" : "linked", at);
    return locked;
  });
  forgetSessions(house, { personId: link.guardianId });
  return link;
}

async function decideProposal(tx: Tx, link: Link, isYes: boolean, at: Date): Promise<LinkEventKind> {
  if (!isYes) {
    await moveLink(tx, link, { status: "rejected" }, at);
    return "rejected";
  }
  const { ward, guardianId, fromOn, lastOn } = link;
  const days = { fromOn: plainDate(fromOn), lastOn: lastOn === null ? undefined : plainDate(lastOn) };
  const paperKind = (await getPaper(tx, link.paperId)).kind;
  const checked = await checkPair(tx, { guardian: { personId: guardianId }, ward, paperKind, ...days }, at);
  if (!checked.ok) throw new Conflict("guardian_not_possible");
  if (!(await findAccount(tx, ward.personId))) {
    await issueWardAccount(tx, { personId: ward.personId, declarationId: undefined, lang: "vi", now: at });
  }
  await moveLink(tx, link, { status: "active" }, at);
  return "confirmed";
}

async function decideUnblock(tx: Tx, link: Link, isYes: boolean, at: Date): Promise<LinkEventKind> {
  await moveLink(tx, link, { status: isYes ? "active" : "blocked" }, at);
  return isYes ? "unblocked" : "unblock_refused";
}
