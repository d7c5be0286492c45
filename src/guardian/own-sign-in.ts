import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { getPerson } from "../register/store.ts";
import { holdsToday } from "./holding.ts";
import { hasTurned } from "./rules.ts";
import { ownSignInFromAge } from "./rules-policies.ts";
import { linksOfWard } from "./store.ts";

/**
 * Throws unless somebody whose account was opened by guardians may get a sign-in of their own at the counter: old
 * enough by the policy, not under a court's guardian, and with a telephone of their own, because the guardian's serves
 * the guardian.
 */
export async function refuseOwnSignIn(
  house: House,
  personId: string,
  { hasPhone, now }: { hasPhone: boolean; now: Date },
): Promise<void> {
  const today = dayOf(now);
  const person = await getPerson(house.db, personId);
  const isOld = hasTurned(person, await policyOn(house.db, ownSignInFromAge, today), today);
  if (!isOld) throw new Invalid([{ field: "paper", key: "too_young" }]);
  for (const link of await linksOfWard(house.db, personId)) {
    const isCourts = !link.endsByAge && (await holdsToday(house.db, link, now));
    if (isCourts) throw new Invalid([{ field: "paper", key: "under_guardian" }]);
  }
  if (!hasPhone) throw new Invalid([{ field: "newPhone", key: "own_phone_missing" }]);
}
