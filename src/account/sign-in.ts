import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { Forbidden, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { findPersonByKey } from "../register/store.ts";
import { refusal, takeTryOrWait } from "./guard.ts";
import { isSecret } from "./hash-lane.ts";
import { deviceCookie, knownDevice, newDevice, subjectMark } from "./marks.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { parseLogin, whyChange } from "./rules.ts";
import { bareOneTimePassword } from "./rules-one-time.ts";
import { secretOf } from "./rules-password.ts";
import { type AccountRow, clearWindow, findAccount, markSignedIn, type WindowKey } from "./store.ts";

export interface SignIn {
  login: string;
  password: string;
  kind: "cookie" | "bearer";
  /** "Chrome · Android", for the person's own list of devices. */
  device: string;
  /** The cookie of a device that signed in before. */
  deviceCookie?: string | undefined;
  now: Date;
}

export interface SignedIn extends OpenedSession {
  personId: string;
  /** Why only the change page opens; undefined when everything does. */
  mustChange: "first" | "outlived" | undefined;
  deviceCookie: string;
}

/** Nobody has this id: asked for, so that an unknown number takes the same statements as a known one. */
const NOBODY = "0";

/**
 * Opens a session with mã số BHXH or số định danh and password. Whether the number exists cannot be
 * seen: same answers, same statements, same hash, same count of tries.
 */
export async function signIn(house: House, asked: SignIn): Promise<SignedIn> {
  const { now } = asked;
  const login = parseLogin(asked.login);
  const faults = [
    ...(login ? [] : [{ field: "login", key: "login_shape" }]),
    ...(asked.password ? [] : [{ field: "password", key: "password_missing" }]),
  ];
  if (!login || faults.length > 0) throw new Invalid(faults);
  const person = await findPersonByKey(house.db, login.kind, login.number);
  const account = await findAccount(house.db, person?.personId ?? NOBODY);
  const device = knownDevice(house, `person:${account?.person_id ?? NOBODY}`, asked.deviceCookie);
  const window = { subjectMark: subjectMark(house, account?.person_id, login), device };
  const triesLeft = await takeTryOrWait(house, window, now);
  const isRight = await isSecret(account?.password_hash, secretFor(account, asked.password), device !== "");
  if (!account || !isRight) {
    await noteWrong(house, account?.person_id, triesLeft, now);
    throw refusal(triesLeft);
  }
  refuseEnded(account, now);
  return openFor(house, account, window, asked);
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

/** Said only to whoever knows the password. */
function refuseEnded(account: AccountRow, now: Date): void {
  if (account.status !== "active") throw new Forbidden(`account_${account.status}`);
  if (account.issued_until && account.issued_until <= now) throw new ActivationEnded(account.person_id);
}

async function openFor(house: House, account: AccountRow, window: WindowKey, asked: SignIn): Promise<SignedIn> {
  const { now, kind, device } = asked;
  const personId = account.person_id;
  const mustChange = whyChange(account, now);
  const scope = mustChange ? "change_password" : "full";
  return inTransaction(house.db, async (tx) => {
    if (!(await markSignedIn(tx, account, now))) throw new NotSignedIn("wrong_login");
    await clearWindow(tx, window);
    const session = await openSession(tx, { personId }, { scope, kind, device, now });
    const actor = { kind: "citizen", personId, scope, sessionId: session.sessionId } as const;
    await record(tx, { at: now, actor, action: "sign_in", purpose: "account", personId, detail: { scope, kind } });
    const cookie = deviceCookie(house, `person:${personId}`, window.device || newDevice());
    return { ...session, personId, mustChange, deviceCookie: cookie };
  });
}
