import type { House } from "../db/house.ts";
import { beyondWall } from "../db/wall.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOfMany } from "../register/store.ts";
import type { Audience } from "./rules.ts";
import { type Contacts, chooseRecipients, type Recipient } from "./rules-audience.ts";
import { replyNumber } from "./rules-policies.ts";
import { linesFor, type Reach } from "./store-audience.ts";
import { refusedAmong } from "./store-refusals.ts";

const BATCH = 5_000;

/** Whom the campaign would reach at this moment, line by line; nobody's name is read. */
export async function readAudience(
  { db, clock }: House,
  mailing: Reach & { audience: readonly Audience[] },
): Promise<Recipient[]> {
  const today = dayOf(clock.now());
  const lines = await linesFor(db, mailing, mailing.audience, today.toString());
  const persons = [...new Set(lines.flatMap(({ personId }) => personId ?? []))];
  const contacts = new Map<string, Contacts>();
  for (let from = 0; from < persons.length; from += BATCH) {
    for (const entry of await contactsOfMany(db, persons.slice(from, from + BATCH))) contacts.set(...entry);
  }
  const known = [...new Set(lines.flatMap(({ knownAs }) => knownAs ?? []))];
  const addresses = [
    ...lines.flatMap(({ phone }) => phone ?? []),
    ...[...contacts.values()].flatMap(({ phone, email }) => [phone ?? [], email ?? []].flat()),
  ];
  // For a preview: whose refusals leave a line out is for nobody's eyes, and only how many lines are left is shown.
  const refused = await beyondWall(() => refusedAmong(db, { persons: known, addresses }));
  return chooseRecipients(lines, contacts, refused, (await policyOn(db, replyNumber, today)) !== "");
}
