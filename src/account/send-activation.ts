import type { House, Tx } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { loginOf } from "./issue-account.ts";
import type { AccountRow } from "./store.ts";

const SENT_WITHIN_MS = 15 * 60_000;

interface Sending {
  code: string;
  until: Date;
  phone: string | undefined;
  email: string | undefined;
  now: Date;
}

/** The message with an activation code, in the account's language, in the transaction that made the code. */
export async function sendActivation(tx: Tx, house: House, account: AccountRow, sending: Sending): Promise<void> {
  const { code, until, phone, email, now } = sending;
  const { person_id: personId } = account;
  const lang = account.lang === "en" ? "en" : "vi";
  await enqueue(tx, house.vault, {
    dedupeKey: `activation:${personId}:${now.getTime()}`,
    class: "outcome",
    template: "activation_code",
    lang,
    phone,
    email,
    fields: { login: await loginOf(tx, personId), until: formatInstant(until, lang) },
    secrets: { password: code },
    dueAt: new Date(now.getTime() + SENT_WITHIN_MS),
    now,
    personId,
  });
}
