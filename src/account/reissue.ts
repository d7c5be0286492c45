import { record } from "../audit/record.ts";
import { closeCodesOf } from "../codes/store.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { refuseOwnSignIn } from "../guardian/own-sign-in.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import type { PaperSeen } from "../kernel/paper-seen.ts";
import { contactsOf } from "../register/store.ts";
import { lockPerson } from "../register/store-merge.ts";
import { loginOf } from "./issue-account.ts";
import { subjectMarks } from "./marks.ts";
import { activationCode, ownFacts, tellChanged } from "./new-password.ts";
import { isCodeOvertaken } from "./rules-one-time.ts";
import { sendActivation } from "./send-activation.ts";
import { forgetSessions } from "./session-cache.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { type AccountRow, findAccount, replacePassword } from "./store.ts";
import { claimPhone, hadOtherPhone, releasePhones, setContact } from "./store-phone.ts";
import { clearWindows } from "./store-window.ts";

export interface Reissue {
  personId: string;
  officeCode: string;
  /** The paper by which the officer knew the person at the counter. */
  paper: PaperSeen;
  /** message: to the person's telephone, unseen by the officer. slip: on paper, for who has no telephone. */
  handOver: "message" | "slip";
  /** The person's first telephone, when the account has none. */
  newPhone?: string | undefined;
  now: Date;
}

export interface Reissued {
  login: string;
  until: Date;
  /** Only for a slip, which is printed once and handed over; opens the change page only. */
  password: string | undefined;
  /** Where the message goes (whole: mask it). */
  sentTo: string | undefined;
}

/**
 * At the counter, after the original ID paper was seen: a new activation code for someone who cannot get in
 * any other way. The old contacts are told, so nobody is replaced in silence; limits of an SMS reset end. A first
 * telephone is taken here; another one than the account has takes two of staff: contact/counter-change.ts.
 */
export async function reissue(house: House, officer: Staff, asked: Reissue): Promise<Reissued> {
  const { personId, officeCode, handOver, now } = asked;
  if (!officesOf(officer, "officer").includes(officeCode)) throw new Forbidden();
  const account = await findAccount(house.db, personId);
  if (!account) throw new NotFound("account");
  if (account.status !== "active") throw new NotAllowed(account.status, []);
  if (account.password_kind === "none") {
    await refuseOwnSignIn(house, personId, { hasPhone: asked.newPhone !== undefined, now });
  }
  if (asked.newPhone && (await hasOtherPhone(house, account, asked.newPhone))) throw new Conflict("two_people_needed");
  const { password, kept } = await activationCode(house.db, now, await ownFacts(house.db, personId));
  const until = kept.issuedUntil;
  if (isCodeOvertaken(until, account.issued_until)) throw new Conflict("code_issued_meanwhile");
  const done = await inTransaction(house.db, async (tx) => {
    await lockPerson(tx, personId);
    if (!(await replacePassword(tx, account, { ...kept, limitedUntil: null }, now))) {
      throw new Conflict("password_changed_meanwhile");
    }
    const before = await contactsOf(tx, personId);
    await tellChanged(tx, house, { personId, contacts: before, now });
    const phone = await changePhone(tx, asked, before.find((one) => one.kind === "phone")?.value);
    if (handOver === "message") {
      if (!phone) throw new Invalid([{ field: "newPhone", key: "phone_missing" }]);
      await sendActivation(tx, house, account, { code: password, until, phone, email: undefined, now });
    }
    await closeCodesOf(tx, "recover", personId, now);
    await clearWindows(tx, subjectMarks(house, personId));
    await signOutEverywhere(tx, personId, now);
    await note(tx, officer, asked);
    return { login: await loginOf(tx, personId), sentTo: handOver === "message" ? phone : undefined };
  });
  forgetSessions(house, { personId });
  return { ...done, until, password: handOver === "slip" ? password : undefined };
}

/** The telephone from now on. */
async function changePhone(tx: Tx, asked: Reissue, present: string | undefined): Promise<string | undefined> {
  const { personId, newPhone, now } = asked;
  if (!newPhone) return present;
  if (!(await claimPhone(tx, personId, newPhone))) throw new Conflict("phone_taken");
  await releasePhones(tx, personId, newPhone);
  await setContact(tx, { personId, kind: "phone", value: newPhone, source: "counter", now });
  return newPhone;
}

async function note(tx: Tx, officer: Staff, { personId, officeCode, paper, newPhone, handOver, now }: Reissue) {
  const detail = { paper, phone: newPhone ? "changed" : "kept", handOver };
  const action = "password_reissued";
  await record(tx, { at: now, actor: officer, action, purpose: "account", personId, officeCode, detail });
}

/**
 * An account that opens by its own sign-in and is reached at another number than this one, or was: one that was closed
 * may have lost its telephone to somebody else.
 */
async function hasOtherPhone(house: House, account: AccountRow, phone: string): Promise<boolean> {
  return account.password_kind !== "none" && hadOtherPhone(house.db, account.person_id, phone);
}
