import { noteConsent } from "../consent/note-consent.ts";
import type { House, Tx } from "../db/house.ts";
import { Conflict } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { numbersOf } from "../register/store.ts";
import { activationCode, ownFacts } from "./new-password.ts";
import { findAccount, insertAccount } from "./store.ts";
import { claimPhone, setContact } from "./store-phone.ts";

export interface Issue {
  personId: string;
  /** The declaration that was accepted. */
  declarationId: string | undefined;
  phone: string;
  email?: string | undefined;
  /** When a code sent to the e-mail address came back; null: it never did. */
  emailProvedAt?: Date | null | undefined;
  lang: Lang;
  now: Date;
}

/**
 * Gives a person their account, in the transaction of the acceptance: one a person, one telephone an
 * account. The activation code goes out once, by message, and opens nothing but the page that replaces it.
 */
export async function issueAccount(
  tx: Tx,
  _house: House,
  issue: Issue,
): Promise<{ login: string; password: string; until: Date }> {
  const { personId, phone, email, lang, now } = issue;
  if (await findAccount(tx, personId)) throw new Conflict("account_exists");
  const login = await loginOf(tx, personId);
  if (!(await claimPhone(tx, personId, phone))) throw new Conflict("phone_taken");
  const source = "declaration";
  await setContact(tx, { personId, kind: "phone", value: phone, source, now });
  const verifiedAt = issue.emailProvedAt;
  if (email) {
    await setContact(tx, { personId, kind: "email", value: email, source, now, verifiedAt });
    await noteConsent(tx, { personId, kind: "email", isGiven: true, source, now });
  }
  const { password, kept } = await activationCode(tx, now, await ownFacts(tx, personId));
  const isNew = await insertAccount(tx, {
    person_id: personId,
    password_hash: kept.hash,
    password_set_on: kept.setOn,
    issued_until: kept.issuedUntil,
    activated_at: now,
    lang,
    declaration_id: issue.declarationId ?? null,
  });
  if (!isNew) throw new Conflict("account_exists");
  return { login, password, until: kept.issuedUntil };
}

/** Mã số BHXH where there is one, else số định danh: the number to sign in with. */
export async function loginOf(tx: Tx, personId: string): Promise<string> {
  const current = (await numbersOf(tx, personId)).filter((one) => one.validTo === null);
  const found = current.find((one) => one.kind === "bhxh") ?? current.find((one) => one.kind === "personal_id");
  if (!found) throw new Conflict("no_login_number");
  return found.number;
}
