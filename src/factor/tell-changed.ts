import { randomUUID } from "node:crypto";
import type { House, Tx } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf } from "../register/store.ts";
import { words } from "./words.ts";

const TELL_WITHIN_MS = 15 * 60_000;

/** Tells the person, on telephone and e-mail, that a way to sign in came or went. */
export async function tellFactorChanged(
  tx: Tx,
  house: House,
  { personId, what, lang, now }: { personId: string; what: keyof typeof words.vi.told; lang: Lang; now: Date },
): Promise<void> {
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
