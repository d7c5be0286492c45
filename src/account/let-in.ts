import { dueNotice } from "../consent/rules.ts";
import type { Db, House, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import { inTransaction } from "../db/transaction.ts";
import { behindWall } from "../db/wall.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, NotSignedIn } from "../kernel/failures.ts";
import { carryDevice } from "./carry-device.ts";
import { dutyNow } from "./duty-now.ts";
import { deviceCookie, knownDevice, newDevice, sessionDevices } from "./marks.ts";
import { seenMarks, tellOfDevice } from "./note-device.ts";
import { newSession, type OpenedSession } from "./open-session.ts";
import type { Proof } from "./rules-proof.ts";
import type { SessionMinutes } from "./rules-session.ts";
import type { AccountRow } from "./store.ts";
import { enter } from "./store-sign-in.ts";
import type { WindowKey } from "./store-window.ts";

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

/** What was asked for before the password was looked at, so that nothing is asked twice. */
export interface Beforehand {
  minutes: SessionMinutes;
  /** This device of this account is no news to the person. */
  isSeen: boolean;
  /** The tries of this device begin anew. */
  window: WindowKey;
}

/**
 * Opens the session of somebody who has proved who they are, by whichever way; an unknown device is told of. One
 * statement where everything else is known beforehand.
 */
export async function letIn(
  house: House,
  account: AccountRow,
  by: readonly Proof[],
  arrival: Arrival,
  beforehand?: Beforehand,
): Promise<SignedIn> {
  const { now, kind, device } = arrival;
  const personId = account.person_id;
  refuseEnded(account);
  const mustChange = dutyNow(house.clock, account, now);
  const scope = mustChange ? "change_password" : "full";
  const known = knownDevice(house, `person:${personId}`, arrival.deviceCookie);
  const name = known || newDevice();
  const devices = kind === "cookie" ? sessionDevices(house, name) : undefined;
  const opening = { scope, kind, device, now, proofs: by, deviceMark: devices?.[0] } as const;
  const { row, opened } = await newSession(house.db, { personId }, opening, beforehand?.minutes);
  const marks = known || beforehand?.isSeen ? undefined : seenMarks(house, { kind, device, name });
  const detail = { scope, kind, by: [...by] };
  const entry = { account, session: row, detail, window: beforehand?.window, deviceMarks: marks, now };
  // Until here whoever asks was nobody.
  const write = async (db: Db | Tx) => {
    const entered = await behindWall([personId], () => enter(db, entry));
    if (!entered) throw new NotSignedIn("wrong_login");
    return entered;
  };
  const writeAndTell = ([mark]: Marks) =>
    inTransaction(house.db, async (tx) => {
      const entered = await write(tx);
      if (entered.isNewDevice) await tellOfDevice(tx, house, account, { mark, device, now });
      return entered;
    });
  const { seenNotice } = await (marks && account.first_signed_in_at ? writeAndTell(marks) : write(house.db));
  if (known && devices && devices.length > 1) {
    await inTransaction(house.db, (tx) => behindWall([personId], () => carryDevice(tx, personId, devices)));
  }
  return {
    ...opened,
    personId,
    mustChange,
    deviceCookie: deviceCookie(house, `person:${personId}`, name),
    hasNews:
      dueNotice({ activatedAt: account.activated_at, seenVersion: seenNotice ?? undefined }, dayOf(now)) !== undefined,
  };
}
