import { findAccount } from "../account/store.ts";
import type { House, Tx } from "../db/house.ts";
import { formatDay, formatInstant } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue, type NewNotice } from "../notices/enqueue.ts";
import type { Gates } from "../notices/gate.ts";
import { contactsOf } from "../register/store.ts";
import { dueByDay, leavesByDay } from "../registration/message-hours.ts";
import type { LinkEnd } from "./rules.ts";
import { type Link, linksOfWard } from "./store.ts";
import { type LinkChangeWord, words } from "./words.ts";

const TELL_WITHIN_MS = 15 * 60_000;

/** Where a guardian is reached, in their language. A ward has no telephone of its own: everything goes here. */
export async function reachOf(tx: Tx, personId: string): Promise<{ lang: Lang; phone?: string; email?: string }> {
  const contacts = await contactsOf(tx, personId);
  const account = await findAccount(tx, personId);
  const phone = contacts.find(({ kind }) => kind === "phone")?.value;
  const email = contacts.find(({ kind }) => kind === "email")?.value;
  const lang: Lang = account?.lang === "en" ? "en" : "vi";
  return { lang, ...(phone ? { phone } : {}), ...(email ? { email } : {}) };
}

/** Tells every guardian of the ward that a link was made, blocked or ended; never why. */
export async function tellGuardians(
  tx: Tx,
  house: House,
  link: Link,
  change: LinkChangeWord,
  now: Date,
): Promise<void> {
  const concerned = new Set([link.guardianId]);
  for (const other of await linksOfWard(tx, link.ward.personId)) {
    if (other.status === "active" || other.status === "blocked") concerned.add(other.guardianId);
  }
  for (const guardianId of concerned) {
    const reach = await reachOf(tx, guardianId);
    const dueAt = new Date(now.getTime() + TELL_WITHIN_MS);
    await send(tx, house, guardianId, now, {
      dueAt,
      dedupeKey: `guardianship:${link.linkId}:${change}:${guardianId}:${now.getTime()}`,
      template: "guardian_link",
      ...reach,
      fields: { change: words(reach.lang).changes[change], at: formatInstant(now, reach.lang) },
    });
  }
}

/** Nobody is woken by an end that is a day away. */
export const guardianGates: Gates = { guardian_ends: leavesByDay, ward_of_age: leavesByDay };

/**
 * Before a link ends: its guardian, and a young person who comes of age then, where a telephone of theirs is known. Each
 * once a milestone, however many guardians there are.
 */
export async function tellEnd(tx: Tx, house: House, link: Link, { on, why }: LinkEnd, daysAhead: number, now: Date) {
  const dueAt = await dueByDay(tx, now, TELL_WITHIN_MS);
  const key = `guardianship:${link.linkId}:ends:${on}:${daysAhead}`;
  const guardian = await reachOf(tx, link.guardianId);
  const fields = (lang: Lang) => ({ day: formatDay(on, lang) });
  const told = { template: "guardian_ends", ...guardian, fields: fields(guardian.lang) } as const;
  await send(tx, house, link.guardianId, now, { dedupeKey: key, dueAt, ...told });
  if (why !== "age") return;
  const wardId = link.ward.personId;
  const ward = await reachOf(tx, wardId);
  const own = { template: "ward_of_age", ...ward, fields: fields(ward.lang) } as const;
  await send(tx, house, wardId, now, { dedupeKey: `ward_of_age:${wardId}:${on}:${daysAhead}`, dueAt, ...own });
}

type Message = Pick<NewNotice, "dedupeKey" | "dueAt" | "template" | "lang" | "phone" | "email" | "fields">;

async function send(tx: Tx, house: House, personId: string, now: Date, message: Message): Promise<void> {
  await enqueue(tx, house.vault, { class: "reminder", ...message, now, personId });
}
