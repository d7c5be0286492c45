import type { House, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf } from "../register/store.ts";
import type { AccountRow } from "./store.ts";
import { countDevicesSince } from "./store-proof.ts";

const DAY_MS = 24 * 60 * 60_000;
const TELL_WITHIN_MS = 15 * 60_000;
/** A browser that forgets its cookies is a new device every time: beyond this nobody reads on. */
const MOST_A_DAY = 3;

/** How a device is known again; a program keeps no cookie: the same kind of program is one device. */
export function seenMarks({ vault }: Pick<House, "vault">, { kind, device, name }: SeenDevice): Marks {
  return vault.everyMark("device-seen", kind === "cookie" ? `cookie:${name}` : `label:${device}`);
}

interface SeenDevice {
  kind: "cookie" | "bearer";
  /** "Chrome · Android". */
  device: string;
  /** Of a browser. */
  name: string;
}

/**
 * Tells the person that the account was opened on a device that is new to it: once a device, to the mailbox
 * where there is one, else to the telephone. The very first sign-in is no news to whoever makes it.
 */
export async function tellOfDevice(
  tx: Tx,
  house: House,
  account: AccountRow,
  { mark, device, now }: { mark: Buffer; device: string; now: Date },
): Promise<void> {
  const { person_id: personId, lang } = account;
  if ((await countDevicesSince(tx, personId, new Date(now.getTime() - DAY_MS))) > MOST_A_DAY) return;
  const contacts = await contactsOf(tx, personId);
  const reached = (kind: string) => contacts.find((one) => one.kind === kind)?.value;
  const email = reached("email");
  await enqueue(tx, house.vault, {
    dedupeKey: `new_device:${personId}:${mark.toString("hex").slice(0, 32)}`,
    class: "reminder",
    template: "new_device",
    lang: lang === "en" ? "en" : "vi",
    ...(email ? { email } : { phone: reached("phone") }),
    fields: { at: formatInstant(now, lang === "en" ? "en" : "vi"), device: device.replace(" · ", ", ") || "?" },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
  });
}
