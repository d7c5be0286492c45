import { parseLogin } from "../account/rules.ts";
import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import { openChangesOf } from "../contact/store.ts";
import type { House } from "../db/house.ts";
import { passkeysOf } from "../factor/store.ts";
import { findAuthenticator } from "../factor/store-totp.ts";
import type { Staff } from "../kernel/actor.ts";
import type { PaperSeen } from "../kernel/paper-seen.ts";
import { contactsOf, findPersonByKey } from "../register/store.ts";
import type { Reason } from "./rules.ts";
import { eventsOf } from "./store.ts";

/** Everything of one account that the counter may see: which factors, never what they hold. */
export async function findHolder(house: House, login: string) {
  const number = parseLogin(login);
  const person = number && (await findPersonByKey(house.db, number.kind, number.number));
  const account = person && (await findAccount(house.db, person.personId));
  if (!person || !account) return undefined;
  const { personId } = person;
  const contacts = await contactsOf(house.db, personId);
  const find = (kind: string) => contacts.find((one) => one.kind === kind)?.value;
  return {
    person,
    status: account.status,
    hasPassword: account.password_dropped_at === null,
    lang: account.lang === "en" ? ("en" as const) : ("vi" as const),
    phone: find("phone"),
    email: find("email"),
    passkeys: (await passkeysOf(house.db, personId)).length,
    hasAuthenticator: Boolean((await findAuthenticator(house.db, personId))?.confirmed_at),
    open: await openChangesOf(house.db, personId),
    events: await eventsOf(house.db, personId),
  };
}

export type Holder = NonNullable<Awaited<ReturnType<typeof findHolder>>>;

/** Opens an account for the person at the counter; the look is written with its reason before anything is shown. */
export async function openHolder(
  house: House,
  staff: Staff,
  asked: { login: string; reason: Reason; paper: PaperSeen; officeCode: string; now: Date },
): Promise<Holder | undefined> {
  const { login, reason, paper, officeCode, now } = asked;
  const holder = await findHolder(house, login);
  if (!holder) return undefined;
  await record(house.db, {
    at: now,
    actor: staff,
    action: "account_seen",
    purpose: "account",
    personId: holder.person.personId,
    officeCode,
    detail: { reason, paper },
  });
  return holder;
}
