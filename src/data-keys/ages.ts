import type { House } from "../db/house.ts";
import { liveTokenEnds } from "../facility/store-tokens.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { agesOfVersions, type KeyAge, keyLifetimes, plannedEnd } from "./rules-ages.ts";
import { versionsOf } from "./store.ts";

/** Every key and password of this installation with its age and planned end: versions of the ring, secrets, tokens. */
export async function keyAges({ db, clock, settings }: House): Promise<KeyAge[]> {
  const now = clock.now();
  const plan = await policyOn(db, keyLifetimes, dayOf(now));
  const secrets = (settings.secrets ?? []).map(({ name, since }) => ({
    kind: name,
    since,
    plannedEnd: plannedEnd(plan, name, since),
  }));
  const tokens = (await liveTokenEnds(db, now)).map(({ facilityCode, createdAt, endsAt }) => ({
    ...{ kind: "facility_token", of: facilityCode, since: createdAt, plannedEnd: endsAt },
  }));
  return [...agesOfVersions(await versionsOf(db), plan), ...secrets, ...tokens];
}
