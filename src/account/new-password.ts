import { randomInt } from "node:crypto";
import type { Db, House, Tx } from "../db/house.ts";
import { dayOf, formatInstant } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOf, getPerson, numbersOf } from "../register/store.ts";
import { hashSecret, isSecret } from "./hash-lane.ts";
import { HOUR_MS } from "./rules.ts";
import { bareOneTimePassword, drawOneTimePassword } from "./rules-one-time.ts";
import { isLikeOld, type OwnFacts, type PasswordFault, secretOf } from "./rules-password.ts";
import { activationHours, passwordsRemembered } from "./rules-policies.ts";
import { type AccountRow, earlierPasswords, langOf, type NewPassword } from "./store.ts";
import { passwordFault } from "./strength.ts";

/** What choosing and issuing passwords have in common. */

/** What a password of this person must not be made of. */
export async function ownFacts(db: Db | Tx, personId: string): Promise<OwnFacts> {
  const person = await getPerson(db, personId);
  const numbers = await numbersOf(db, personId);
  const contacts = await contactsOf(db, personId);
  const reached = contacts.flatMap(({ kind, value }) => {
    if (kind === "phone") return [value];
    return kind === "email" ? [value.split("@")[0] ?? ""] : [];
  });
  const all = [...numbers.map((one) => one.number), ...reached];
  return { fullName: person.fullName, birthOn: person.birthOn, numbers: all };
}

/**
 * The fault of a password chosen in the place of another, or undefined. `oldTyped` is known only where
 * the old one was typed just before.
 */
export async function faultOfNext(
  db: Db,
  account: AccountRow,
  newTyped: string,
  now: Date,
  oldTyped?: string,
): Promise<PasswordFault | undefined> {
  const fault = passwordFault(newTyped, await ownFacts(db, account.person_id));
  if (fault) return fault;
  if (oldTyped !== undefined && isLikeOld(oldTyped, newTyped)) return "password_like_old";
  const remembered = await policyOn(db, passwordsRemembered, dayOf(now));
  return (await wasUsed(db, account, newTyped, remembered)) ? "password_used_before" : undefined;
}

async function wasUsed(db: Db, account: AccountRow, newTyped: string, remembered: number): Promise<boolean> {
  const current = account.password_kind === "issued" ? bareOneTimePassword(newTyped) : secretOf(newTyped);
  if (await isSecret(account.password_hash, current, true)) return true;
  for (const hash of await earlierPasswords(db, account.person_id, remembered)) {
    if (await isSecret(hash, secretOf(newTyped), true)) return true;
  }
  return false;
}

export async function chosenPassword(typed: string, now: Date): Promise<NewPassword> {
  return { hash: await hashSecret(secretOf(typed)), setOn: dayOf(now).toString() };
}

const DRAWS_MAX = 100;

/** An activation code that the sign-in's own policy takes for this person (S1), with what is kept of it. */
export async function activationCode(
  db: Db | Tx,
  now: Date,
  own?: OwnFacts,
): Promise<{ password: string; kept: NewPassword & { issuedUntil: Date } }> {
  const password = drawAccepted(own);
  const hash = await hashSecret(bareOneTimePassword(password));
  const hours = await policyOn(db, activationHours, dayOf(now));
  const issuedUntil = new Date(now.getTime() + hours * HOUR_MS);
  return { password, kept: { hash, setOn: dayOf(now).toString(), issuedUntil } };
}

export function drawAccepted(own?: OwnFacts): string {
  for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
    const password = drawOneTimePassword((n) => randomInt(n));
    if (!passwordFault(password, own)) return password;
  }
  throw new Error("the password policy refuses every machine-made password");
}

const TELL_WITHIN_MS = 15 * 60_000;

/** Tells the person, wherever they were reached before the change and in their language, that the password is another. */
export async function tellChanged(
  tx: Tx,
  house: House,
  told: { personId: string; contacts: readonly { kind: string; value: string }[]; now: Date },
): Promise<void> {
  const { personId, contacts, now } = told;
  const lang = await langOf(tx, personId);
  const phone = contacts.find((one) => one.kind === "phone")?.value;
  const email = contacts.find((one) => one.kind === "email")?.value;
  await enqueue(tx, house.vault, {
    dedupeKey: `password_changed:${personId}:${now.getTime()}`,
    class: "outcome",
    template: "password_changed",
    lang,
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    fields: { at: formatInstant(now, lang) },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
    personId,
  });
}
