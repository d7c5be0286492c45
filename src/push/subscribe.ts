import { randomUUID } from "node:crypto";
import { deviceMarkOf } from "../account/device-mark.ts";
import { record } from "../audit/record.ts";
import { noteConsent } from "../consent/note-consent.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { DEVICES_MOST, parseSubscription } from "./rules.ts";
import { endpointMarks, sealSubscription } from "./seal.ts";
import { carryEndpoint, dropDevices, findByEndpoint, listDevices, saveDevice, takeEndpoint } from "./store.ts";

/** Switches notices on for the device in hand. A device shows the notices of one person: who comes later takes it over. */
export async function subscribe(
  house: House,
  citizen: Citizen,
  given: { subscription: string; label: string; now: Date },
): Promise<void> {
  const { push } = house.settings;
  if (!push) throw new NotFound("page");
  const parsed = parseSubscription(given.subscription, push.hosts);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { personId } = citizen;
  const { label, now } = given;
  const marks = endpointMarks(house.vault, parsed.value.endpoint);
  const [mark] = marks;
  await inTransaction(house.db, async (tx) => {
    const device = await deviceMarkOf(tx, citizen);
    await carryEndpoint(tx, marks);
    const before = await takeEndpoint(tx, personId, mark);
    if (before) await dropDevices(tx, before, { endpointMark: mark });
    const id = (await findByEndpoint(tx, personId, mark)) ?? randomUUID();
    await saveDevice(tx, {
      person_id: personId,
      subscription_id: id,
      endpoint_mark: mark,
      device_mark: device,
      sealed_subscription: sealSubscription(house.vault, id, parsed.value),
      server_key: push.publicKey,
      label,
      created_at: now,
    });
    if ((await listDevices(tx, personId, push.publicKey)).length > DEVICES_MOST) {
      throw new Invalid([{ field: "subscription", key: "too_many", values: { most: DEVICES_MOST } }]);
    }
    await noteConsent(tx, { personId, kind: "push", isGiven: true, source: "online", now });
    await record(tx, { at: now, actor: citizen, action: "push_on", purpose: "account", personId });
  });
}
