import { randomUUID } from "node:crypto";
import { langOf } from "../account/store.ts";
import type { House, Tx } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf } from "../register/store.ts";
import { words } from "./words.ts";

const TELL_WITHIN_MS = 15 * 60_000;

/** Tells the person, on telephone and e-mail and in the language of the account, that a way to sign in came or went. */
export async function tellFactorChanged(
  tx: Tx,
  house: House,
  { personId, what, now }: { personId: string; what: keyof typeof words.vi.told; now: Date },
): Promise<void> {
  const lang = await langOf(tx, personId);
  const contacts = await contactsOf(tx, personId);
  const reached = (kind: string) => contacts.find((one) => one.kind === kind)?.value;
  await enqueue(tx, house.vault, {
    dedupeKey: `factor_changed:${randomUUID()}`,
    class: "reminder",
    template: "factor_changed",
    lang,
    phone: reached("phone"),
    email: reached("email"),
    fields: { event: words(lang).told[what], at: formatInstant(now, lang) },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
  });
}
