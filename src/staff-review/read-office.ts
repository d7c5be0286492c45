import { staffReviewDays } from "../account/rules-policies.ts";
import { confirmedUntil, isDue } from "../account/rules-review.ts";
import { heldAtOffices } from "../account/store-staff-review.ts";
import type { Db, Tx } from "../db/house.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import { looksOfStaff } from "../looks/store-sweep.ts";
import { policyOn } from "../policy/store.ts";
import { factorKindsOf } from "../staff-factor/store.ts";
import { nameOf, type OfficeState, type ReviewLine, statesOf } from "./rules.ts";
import { newestReviews, type OfficeReview } from "./store.ts";

export const LOOKS_DAYS = 30;

/** What is held at an office now, by name, with what a review needs to know of each holder. */
export async function linesOfOffice(db: Db | Tx, officeCode: string, now: Date): Promise<ReviewLine[]> {
  const today = dayOf(now);
  const days = await policyOn(db, staffReviewDays, today);
  const held = await heldAtOffices(db, today.toString(), officeCode);
  const staffIds = [...new Set(held.map(({ staffId }) => staffId))];
  const factors = await factorKindsOf(db, staffIds);
  const looks = await looksOfStaff(db, staffIds, startOf(today.subtract({ days: LOOKS_DAYS })));
  return held.map((one) => ({
    ...{ staffId: one.staffId, username: one.username, name: one.name, held: one.right, ...nameOf(one.right) },
    ...{ since: one.since, lastSeenOn: one.lastSeenOn, stoppedOn: one.stoppedOn, confirmedBy: one.confirmedBy },
    confirmedOn: one.confirmedAt ? dayOf(one.confirmedAt).toString() : null,
    confirmedUntil: confirmedUntil(one, days).toString(),
    isDue: isDue(one, days, today),
    factors: factors.get(one.staffId) ?? [],
    looks: looks.get(one.staffId) ?? 0,
  }));
}

/** One office with staff: what is held, what is due, and who reviewed it last. */
export interface OfficeStanding extends OfficeState {
  last: OfficeReview | undefined;
}

/** Every office at which somebody holds a role, those with most to confirm first. */
export async function standingOfOffices(db: Db, now: Date): Promise<OfficeStanding[]> {
  const today = dayOf(now);
  const days = await policyOn(db, staffReviewDays, today);
  const held = (await heldAtOffices(db, today.toString())).map((one) => ({
    ...{ staffId: one.staffId, officeCode: one.officeCode },
    ...{ confirmedUntil: confirmedUntil(one, days).toString(), isDue: isDue(one, days, today) },
  }));
  const last = new Map((await newestReviews(db)).map((one) => [one.officeCode, one]));
  return statesOf(held)
    .map((state) => ({ ...state, last: last.get(state.officeCode) }))
    .sort((one, other) => other.due - one.due || (one.officeCode < other.officeCode ? -1 : 1));
}
