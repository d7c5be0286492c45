import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { isMessageHour, nextMessageHour } from "../kernel/message-hours.ts";
import type { Gates, Verdict } from "../notices/gate.ts";
import type { Claimed } from "../notices/store.ts";
import { policyOn } from "../policy/store.ts";
import { mailingHours } from "./rules-policies.ts";
import { findMailing } from "./store.ts";
import { findLine } from "./store-audience.ts";
import { refusedAmong } from "./store-refusals.ts";

/** Asked of each message of a campaign at the last moment. */
export const mailingGates: Gates = { mailing_finish: judge, mailing_desk: judge, mailing_scam: judge };

async function judge(house: House, notice: Claimed): Promise<Verdict> {
  const { db } = house;
  const now = house.clock.now();
  const [, mailingId = "", unitCode = "", lineId = ""] = notice.dedupe_key.split(":");
  const mailing = await findMailing(db, mailingId);
  if (!mailing || mailing.stoppedAt) return { endsAs: "withdrawn" };
  if (now >= mailing.endsAt) return { endsAs: "campaign_over" };
  const line = await findLine(db, { unitCode, lineId }, mailing.audience);
  const persons = [notice.person_id, line?.knownAs].flatMap((person) => person ?? []);
  const refused = await refusedAmong(db, { persons, addresses: [notice.recipient] });
  const places = notice.channel === "email" ? refused.emails : refused.phones;
  if (refused.persons.size > 0 || places.has(notice.recipient)) return { endsAs: "campaigns_refused" };
  if (!line?.isThere) return { endsAs: "came_further" };
  const hours = await policyOn(db, mailingHours, dayOf(now));
  return isMessageHour(now, hours) ? "send" : { waitUntil: nextMessageHour(now, hours) };
}
