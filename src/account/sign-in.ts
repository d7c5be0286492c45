import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { secondFactor } from "../factor/second-factor.ts";
import { anyone } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { refusal, takeTryOrWait } from "./guard.ts";
import { isSecret } from "./hash-lane.ts";
import { type Arrival, letIn, refuseEnded, type SignedIn } from "./let-in.ts";
import { knownDevice, subjectMarks } from "./marks.ts";
import { seenMarks } from "./note-device.ts";
import { parseLogin } from "./rules.ts";
import { bareOneTimePassword } from "./rules-one-time.ts";
import { secretOf } from "./rules-password.ts";
import { sessionMinutes } from "./rules-session.ts";
import type { AccountRow } from "./store.ts";
import { findEntrant } from "./store-sign-in.ts";
import { clearWindow, type WindowKey } from "./store-window.ts";

export interface SignIn extends Arrival {
  login: string;
  password: string;
  /** Of the authenticator or a spare code, where the person switched a second factor on. */
  code?: string | undefined;
}

/** Nobody has this id: an unknown number takes the same steps as a known one. */
const NOBODY = "0";

/**
 * Opens a session with mã số BHXH or số định danh and password. Whether the number exists cannot be
 * seen: same answers, same statements, same hash, same count of tries. Throws SecondFactorNeeded when the
 * password is right and a second factor is switched on.
 */
export async function signIn(house: House, asked: SignIn): Promise<SignedIn> {
  const { now } = asked;
  const login = parseLogin(asked.login);
  const faults = [
    ...(login ? [] : [{ field: "login", key: "login_shape" }]),
    ...(asked.password ? [] : [{ field: "password", key: "password_missing" }]),
  ];
  if (!login || faults.length > 0) throw new Invalid(faults);
  // A browser that is known says so by its cookie; one that is not was never seen.
  const marks = asked.kind === "bearer" ? seenMarks(house, { ...asked, name: "" }) : [];
  const entrant = await findEntrant(house.db, login, marks);
  const account = entrant?.account;
  const device = knownDevice(house, `person:${account?.person_id ?? NOBODY}`, asked.deviceCookie);
  const window = { subjectMarks: subjectMarks(house, account?.person_id, login), device };
  const triesLeft = await takeTryOrWait(house, window, now);
  const [isRight, minutes] = await Promise.all([
    isSecret(account?.password_hash, secretFor(account, asked.password), device !== ""),
    policyOn(house.db, sessionMinutes, dayOf(now)),
  ]);
  if (!entrant || !account || !isRight) {
    await noteWrong(house, account?.person_id, triesLeft, now);
    throw refusal(triesLeft);
  }
  refuseEnded(account);
  if (account.issued_until && account.issued_until <= now) throw new ActivationEnded(account.person_id);
  const second = entrant.hasFactor ? await proveSecond(house, account, asked, window) : [];
  return letIn(house, account, ["password", ...second], asked, { minutes, isSeen: entrant.isSeen, window });
}

/** The password was right: its tries begin anew, whatever becomes of the second factor. */
async function proveSecond(house: House, account: AccountRow, { code, now }: SignIn, window: WindowKey) {
  await clearWindow(house.db, window);
  return secondFactor(house, account, code, now);
}

/** The words of an activation code count, not its dashes and capitals. */
function secretFor(account: AccountRow | undefined, typed: string): string {
  return account?.password_kind === "issued" ? bareOneTimePassword(typed) : secretOf(typed);
}

async function noteWrong(house: House, personId: string | undefined, triesLeft: number, now: Date): Promise<void> {
  const action = triesLeft > 0 ? "sign_in_refused" : "sign_in_locked";
  await record(house.db, { at: now, actor: anyone, action, purpose: "account", personId });
}

/** The activation code was right and has ended: whoever knew it may have another one sent. */
export class ActivationEnded extends NotSignedIn {
  constructor(readonly personId: string) {
    super("one_time_password_ended");
  }
}
