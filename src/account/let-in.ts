import { record } from "../audit/record.ts";
import { findDueNotice } from "../consent/notice-due.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Forbidden, NotSignedIn } from "../kernel/failures.ts";
import { deviceCookie, knownDevice, newDevice, sessionDevice } from "./marks.ts";
import { noteDevice } from "./note-device.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { whyChange } from "./rules.ts";
import type { Proof } from "./rules-proof.ts";
import { type AccountRow, markSignedIn } from "./store.ts";

export interface Arrival {
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
  /** There is a privacy notice that this account was not shown yet. */
  hasNews: boolean;
}

/** Said only to whoever has proved that the account is theirs. */
export function refuseEnded(account: AccountRow): void {
  if (account.status !== "active") throw new Forbidden(`account_${account.status}`);
}

/** Opens the session of somebody who has proved who they are, by whichever way; an unknown device is told of. */
export async function letIn(
  house: House,
  account: AccountRow,
  by: readonly Proof[],
  arrival: Arrival,
): Promise<SignedIn> {
  const { now, kind, device } = arrival;
  const personId = account.person_id;
  refuseEnded(account);
  const mustChange = whyChange(account, now);
  const scope = mustChange ? "change_password" : "full";
  const known = knownDevice(house, `person:${personId}`, arrival.deviceCookie);
  const name = known || newDevice();
  const deviceMark = kind === "cookie" ? sessionDevice(house, name) : undefined;
  return inTransaction(house.db, async (tx) => {
    if (!(await markSignedIn(tx, account, now))) throw new NotSignedIn("wrong_login");
    const session = await openSession(tx, { personId }, { scope, kind, device, now, proofs: by, deviceMark });
    const actor = { kind: "citizen", personId, scope, sessionId: session.sessionId } as const;
    const detail = { scope, kind, by: [...by] };
    await record(tx, { at: now, actor, action: "sign_in", purpose: "account", personId, detail });
    if (!known) await noteDevice(tx, house, account, { ...arrival, name });
    const hasNews = (await findDueNotice(tx, account, now)) !== undefined;
    const cookie = deviceCookie(house, `person:${personId}`, name);
    return { ...session, personId, mustChange, deviceCookie: cookie, hasNews };
  });
}
