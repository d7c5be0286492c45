import { forgetSessions } from "../account/session-cache.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { addMonths, dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { endOf, milestoneOn, standingOn, TOLD_DAYS_AHEAD } from "./rules.ts";
import { endsAtAge } from "./rules-policies.ts";
import { appendEvent, type Link, linksNearEnd, lockLink, moveLink } from "./store.ts";
import { tellEnd } from "./tell.ts";

/**
 * Writes down that links have ended, and tells of those that soon will. A link is worth nothing from its last
 * midnight on whether this has run or not: each request asks the days themselves.
 */
export async function endDue(house: House): Promise<{ ended: number; told: number }> {
  const at = house.clock.now();
  const today = dayOf(at);
  const years = await policyOn(house.db, endsAtAge, today);
  const horizon = today.add({ days: TOLD_DAYS_AHEAD[0] + 1 });
  const bornBefore = addMonths(horizon, -12 * years).add({ days: 1 });
  const near = { lastBefore: horizon.toString(), bornBefore: bornBefore.toString() };
  const done = { ended: 0, told: 0 };
  for (const { linkId } of await linksNearEnd(house.db, near)) {
    const result = await inTransaction(house.db, (tx) => settle(tx, house, linkId, years, at));
    if (result?.did === "ended") forgetSessions(house, { personId: result.guardianId });
    if (result) done[result.did] += 1;
  }
  return done;
}

async function settle(tx: Tx, house: House, linkId: string, years: number, at: Date) {
  const link = await lockLink(tx, linkId);
  if (link?.status !== "active") return undefined;
  const { guardianId } = link;
  const today = dayOf(at);
  const end = endOf(link, link.ward, years);
  const standing = standingOn(link, link.ward, years, today);
  if (standing === "ward_died" || standing === "over") {
    await close(tx, link, standing === "ward_died" ? "death" : (end?.why ?? "age"), at);
    return { did: "ended", guardianId } as const;
  }
  const milestone = end && milestoneOn(end.on, today);
  if (!end || !milestone) return undefined;
  await tellEnd(tx, house, link, end, milestone, at);
  return { did: "told", guardianId } as const;
}

async function close(tx: Tx, link: Link, endReason: string, at: Date): Promise<void> {
  await moveLink(tx, link, { status: "ended", endReason }, at);
  await appendEvent(tx, { wardId: link.ward.personId, linkId: link.linkId }, { kind: "ended", at });
  for (const personId of [link.ward.personId, link.guardianId]) {
    const object = { kind: "guardianship", id: link.linkId };
    await record(tx, { at, actor: system, action: "guardian.ended", purpose: "account", personId, object });
  }
}
