import { langOf } from "../account/store.ts";
import type { House, Tx } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf } from "../register/store.ts";
import type { ContactKind } from "./rules.ts";
import type { ChangeRow } from "./store.ts";
import { words } from "./words.ts";

/** Who is told of a change: wherever the person was reached before it, and the new place once it holds. */

const TELL_WITHIN_MS = 15 * 60_000;

interface Reached {
  phone?: string | undefined;
  email?: string | undefined;
}

export async function reachedAt(tx: Tx, personId: string): Promise<Reached> {
  const contacts = await contactsOf(tx, personId);
  const find = (kind: string) => contacts.find((one) => one.kind === kind)?.value;
  return { phone: find("phone"), email: find("email") };
}

/** To the present telephone and e-mail, with the code that stops it. */
export async function tellComing(
  tx: Tx,
  house: House,
  change: ChangeRow,
  { stopCode, at, now }: { stopCode: string; at: Date; now: Date },
): Promise<void> {
  const personId = change.person_id;
  const lang = await langOf(tx, personId);
  await enqueue(tx, house.vault, {
    dedupeKey: `contact_changing:${change.change_id}`,
    class: "outcome",
    template: "contact_changing",
    lang,
    ...(await reachedAt(tx, personId)),
    fields: { contact: nameOf(change, lang), at: formatInstant(at, lang) },
    secrets: { code: stopCode },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
  });
}

/** To the places before the change, and to the new one. */
export async function tellDone(
  tx: Tx,
  house: House,
  change: ChangeRow,
  { before, now }: { before: Reached; now: Date },
): Promise<void> {
  const personId = change.person_id;
  const lang = await langOf(tx, personId);
  const common = {
    class: "outcome" as const,
    template: "contact_changed" as const,
    lang,
    fields: { contact: nameOf(change, lang), at: formatInstant(now, lang) },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
    deviceKey: `contact_changed:${change.change_id}`,
  };
  const anew = change.kind === "phone" ? { phone: change.new_value } : { email: change.new_value };
  await enqueue(tx, house.vault, { ...common, ...before, dedupeKey: `contact_changed:${change.change_id}:old` });
  await enqueue(tx, house.vault, { ...common, ...anew, dedupeKey: `contact_changed:${change.change_id}:new` });
}

/** To the places before: no e-mail is written any more. */
export async function tellEmailEnded(
  tx: Tx,
  house: House,
  { personId, before, now }: { personId: string; before: Reached; now: Date },
): Promise<void> {
  const lang = await langOf(tx, personId);
  await enqueue(tx, house.vault, {
    dedupeKey: `contact_ended:${personId}:email:${now.getTime()}`,
    class: "outcome",
    template: "contact_changed",
    lang,
    ...before,
    fields: { contact: words(lang).named.email, at: formatInstant(now, lang) },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
  });
}

const nameOf = (change: ChangeRow, lang: Lang) => words(lang).named[change.kind as ContactKind];
