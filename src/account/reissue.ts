import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { refuseOwnSignIn } from "../guardian/own-sign-in.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, NotAllowed, NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { contactsOf } from "../register/store.ts";
import { loginOf } from "./issue-account.ts";
import { subjectMark } from "./marks.ts";
import { issuedPassword, ownFacts, tellChanged } from "./new-password.ts";
import { forgetSessions } from "./session-cache.ts";
import { type AccountRow, clearWindows, findAccount, replacePassword } from "./store.ts";
import { claimPhone, releaseOtherPhones, setContact } from "./store-phone.ts";
import { closeRecoveries } from "./store-recovery.ts";
import { endSessionsOfSubject } from "./store-session.ts";

export interface Reissue {
  personId: string;
  officeCode: string;
  /** The paper by which the officer knew the person at the counter. */
  paper: "cccd" | "cmnd" | "passport" | "vneid";
  /** The person's first telephone, when the account has none. */
  newPhone?: string | undefined;
  lang: Lang;
  now: Date;
}

export interface Reissued {
  login: string;
  /** Printed once, on a slip for the person; opens the change page only. */
  password: string;
  until: Date;
}

/**
 * At the counter, after the original ID paper was seen: a new one-time password for someone whose
 * telephone is dead and who has no e-mail. The old contacts are told, so nobody is replaced in silence. A first
 * telephone is taken here; another one than the account has takes two of staff: contact/counter-change.ts.
 */
export async function reissue(house: House, officer: Staff, asked: Reissue): Promise<Reissued> {
  const { personId, officeCode, newPhone, lang, now } = asked;
  if (!officesOf(officer, "officer").includes(officeCode)) throw new Forbidden();
  const account = await findAccount(house.db, personId);
  if (!account) throw new NotFound("account");
  if (account.status !== "active") throw new NotAllowed(account.status, []);
  if (account.password_kind === "none")
    await refuseOwnSignIn(house, personId, { hasPhone: newPhone !== undefined, now });
  if (newPhone && (await hasOtherPhone(house, account, newPhone))) throw new Conflict("two_people_needed");
  const { password, kept } = await issuedPassword(now, await ownFacts(house.db, personId));
  const mark = subjectMark(house, personId);
  const login = await inTransaction(house.db, async (tx) => {
    if (!(await replacePassword(tx, account, kept, now))) throw new Conflict("password_changed_meanwhile");
    await tellChanged(tx, house, { personId, lang, contacts: await contactsOf(tx, personId), now });
    if (newPhone) {
      if (!(await claimPhone(tx, personId, newPhone))) throw new Conflict("phone_taken");
      await releaseOtherPhones(tx, personId, newPhone);
      await setContact(tx, { personId, kind: "phone", value: newPhone, source: "counter", now });
    }
    await closeRecoveries(tx, mark, now);
    await clearWindows(tx, mark);
    await endSessionsOfSubject(tx, { personId }, now);
    const detail = { paper: asked.paper, phone: newPhone ? "changed" : "kept" };
    await record(tx, {
      at: now,
      actor: officer,
      action: "password_reissued",
      purpose: "account",
      personId,
      officeCode,
      detail,
    });
    return loginOf(tx, personId);
  });
  forgetSessions(house, { personId });
  return { login, password, until: kept.issuedUntil };
}

/** An account that opens by its own sign-in and is reached at another number than this one. */
async function hasOtherPhone(house: House, account: AccountRow, phone: string): Promise<boolean> {
  if (account.password_kind === "none") return false;
  const contacts = await contactsOf(house.db, account.person_id);
  return contacts.some(({ kind, value }) => kind === "phone" && value !== phone);
}
