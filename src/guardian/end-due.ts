import { forgetSessions } from "../account/session-cache.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { dayOf, type PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { endOf, milestoneOn, nextLook, standingOn } from "./rules.ts";
import { endsAtAge } from "./rules-policies.ts";
import { appendEvent, type Link, lockLink, moveLink } from "./store.ts";
import { type LookAt, lockLinksToLookAt, type NextLook, planLooks } from "./store-ends.ts";
import { tellEnd } from "./tell.ts";

const AT_ONCE = 500;

/**
 * Writes down that links have ended, and tells of those that soon will. A link is worth nothing from its last
 * midnight on whether this has run or not: each request asks the days themselves. One that fails stops no other.
 */
export async function endDue(house: House): Promise<{ ended: number; told: number; failed: number }> {
  const at = house.clock.now();
  const today = dayOf(at);
  const years = await policyOn(house.db, endsAtAge, today);
  const done = { ended: 0, told: 0 };
  const failed: string[] = [];
  for (;;) {
    const look = { today: today.toString(), years, limit: AT_ONCE, except: failed };
    const { seen, due } = await inTransaction(house.db, (tx) => passOver(tx, look, today));
    if (seen === 0) return { ...done, failed: failed.length };
    for (const linkId of due) {
      try {
        const result = await inTransaction(house.db, (tx) => settle(tx, house, linkId, years, at));
        if (result?.did === "ended") forgetSessions(house, { personId: result.guardianId });
        if (result) done[result.did] += 1;
      } catch (error) {
        failed.push(linkId);
        house.log.error(
          { err: error, alarm: "guardianship_failed", link: linkId },
          "a link could not be ended or told of",
        );
      }
    }
  }
}

/** Of some links those about which something is to be done; for the others is written when that will be. */
async function passOver(tx: Tx, look: LookAt, today: PlainDate): Promise<{ seen: number; due: string[] }> {
  const links = await lockLinksToLookAt(tx, look);
  const due = links.filter((link) => isDue(link, look.years, today));
  const others = links.filter((link) => !due.includes(link));
  await planLooks(
    tx,
    others.map((link) => lookAfter(link, look.years, today)),
    look.years,
  );
  return { seen: links.length, due: due.map(({ linkId }) => linkId) };
}

function isDue(link: Link, years: number, today: PlainDate): boolean {
  const end = endOf(link, link.ward, years);
  const standing = standingOn(link, link.ward, years, today);
  return standing === "ward_died" || standing === "over" || (end && milestoneOn(end.on, today)) !== undefined;
}

function lookAfter(link: Link, years: number, today: PlainDate): NextLook {
  const on = nextLook(endOf(link, link.ward, years)?.on, today);
  return { wardId: link.ward.personId, linkId: link.linkId, on: on?.toString() ?? null };
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
  await planLooks(tx, [lookAfter(link, years, today)], years);
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
