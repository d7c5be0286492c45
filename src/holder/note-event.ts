import { randomBytes, randomUUID } from "node:crypto";
import type { House, Tx } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { makeFileCode } from "../kernel/file-code.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf } from "../register/store.ts";
import type { EventKind } from "./rules.ts";
import { insertEvent } from "./store.ts";
import { words } from "./words.ts";

const TELL_WITHIN_MS = 15 * 60_000;

/** Writes down a change of the registration and gives it a number, in the caller's transaction. */
export async function noteEvent(
  tx: Tx,
  event: { personId: string; kind: EventKind; source: "online" | "counter"; grounds?: string | undefined; now: Date },
): Promise<string> {
  const reference = makeFileCode(randomBytes(8)).replace("BD", "GD");
  await insertEvent(tx, {
    person_id: event.personId,
    event_id: randomUUID(),
    at: event.now,
    kind: event.kind,
    reference,
    source: event.source,
    grounds: event.grounds ?? null,
  });
  return reference;
}

/** Tells the person, on telephone and e-mail, that the account ended or opened again, with the number. */
export async function tellState(
  tx: Tx,
  house: House,
  told: { personId: string; state: keyof typeof words.vi.states; reference: string; lang: Lang; now: Date },
): Promise<void> {
  const { personId, reference, lang, now } = told;
  const contacts = await contactsOf(tx, personId);
  await enqueue(tx, house.vault, {
    dedupeKey: `account_state:${personId}:${reference}`,
    class: "outcome",
    template: "account_state",
    lang,
    phone: contacts.find((one) => one.kind === "phone")?.value,
    email: contacts.find((one) => one.kind === "email")?.value,
    fields: { state: words(lang).states[told.state], at: formatInstant(now, lang), code: reference },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
  });
}
