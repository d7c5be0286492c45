import { forgetSessions } from "../account/session-cache.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { forgetAll } from "../kept-card/forget.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import type { Fault, Outcome } from "../kernel/outcome.ts";
import { getLocked, officeOf } from "./desk.ts";
import { filePaper } from "./file-copy.ts";
import { recordDecision } from "./record-decision.ts";
import { END_REASONS } from "./rules.ts";
import { type LinkForm, parsePaper, parseReason } from "./rules-parse.ts";
import { appendEvent, type Link, moveLink } from "./store.ts";
import { tellGuardians } from "./tell.ts";

/**
 * A court's order or a danger to the child: this guardian sees nothing from this moment, open pages included, and a
 * telephone that keeps the child's card wipes it. One officer is enough to take a right away; giving it back needs two.
 */
export async function blockLink(house: House, staff: Staff, linkId: string, form: LinkForm): Promise<Link> {
  const at = house.clock.now();
  const officeCode = officeOf(staff);
  const reason = cleanOf(parseReason(form));
  const paper = hasPaper(form) ? cleanOf(parsePaper(form, at)) : undefined;
  const link = await inTransaction(house.db, async (tx) => {
    const locked = await getLocked(tx, linkId);
    if (locked.status !== "active") throw new NotAllowed(locked.status, []);
    const paperId = paper ? await filePaper(tx, house, { paper, picture: undefined, staff, at }) : null;
    await moveLink(tx, locked, { status: "blocked" }, at);
    const of = { wardId: locked.ward.personId, linkId };
    await appendEvent(tx, of, { kind: "blocked", at, staffId: staff.staffId, officeCode, paperId, reason });
    await recordDecision(tx, locked, "guardian.blocked", { staff, officeCode, at });
    await forgetAll(tx, staff, { personId: locked.guardianId, officeCode, at });
    await tellGuardians(tx, house, locked, "blocked", at);
    return locked;
  });
  forgetSessions(house, { personId: link.guardianId });
  return link;
}

/** Asks for the end of a block; a supervisor decides. */
export async function askUnblock(house: House, staff: Staff, linkId: string, form: LinkForm): Promise<Link> {
  const at = house.clock.now();
  const officeCode = officeOf(staff);
  const reason = cleanOf(parseReason(form));
  return inTransaction(house.db, async (tx) => {
    const locked = await getLocked(tx, linkId);
    if (locked.status !== "blocked" || locked.askedBy !== null) throw new NotAllowed(locked.status, []);
    await moveLink(tx, locked, { status: "blocked", askedBy: staff.staffId }, at);
    const of = { wardId: locked.ward.personId, linkId };
    await appendEvent(tx, of, { kind: "unblock_asked", at, staffId: staff.staffId, officeCode, reason });
    await recordDecision(tx, locked, "guardian.unblock_asked", { staff, officeCode, at });
    return locked;
  });
}

/** Ends a link for good: at the asking of guardian or ward, or because the paper is worth nothing any more. */
export async function endLink(house: House, staff: Staff, linkId: string, form: LinkForm): Promise<Link> {
  const at = house.clock.now();
  const officeCode = officeOf(staff);
  const reason = cleanOf(parseReason(form));
  const endReason = END_REASONS.find((known) => known === form.end_reason);
  if (!endReason) throw new Invalid([{ field: "end_reason", key: "end_reason_missing" }]);
  const link = await inTransaction(house.db, async (tx) => {
    const locked = await getLocked(tx, linkId);
    if (locked.status !== "active" && locked.status !== "blocked") throw new NotAllowed(locked.status, []);
    await moveLink(tx, locked, { status: "ended", endReason }, at);
    const of = { wardId: locked.ward.personId, linkId };
    await appendEvent(tx, of, { kind: "ended", at, staffId: staff.staffId, officeCode, reason });
    await recordDecision(tx, locked, "guardian.ended", { staff, officeCode, at });
    await forgetAll(tx, staff, { personId: locked.guardianId, officeCode, at });
    await tellGuardians(tx, house, locked, "ended", at);
    return locked;
  });
  forgetSessions(house, { personId: link.guardianId });
  return link;
}

const hasPaper = (form: LinkForm) => Boolean(form.paper_kind || form.paper_number?.trim());

function cleanOf<T>(outcome: Outcome<T, Fault[]>): T {
  if (!outcome.ok) throw new Invalid(outcome.faults);
  return outcome.value;
}
