import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { forgetSessions } from "../account/session-cache.ts";
import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { lockAccount, setAccountStatus } from "../account/store.ts";
import { releasePhones } from "../account/store-phone.ts";
import { record } from "../audit/record.ts";
import { dropChanges } from "../contact/drop-changes.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { linksOfWard } from "../guardian/store.ts";
import { forgetAll } from "../kept-card/forget.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import type { PaperSeen } from "../kernel/paper-seen.ts";
import type { Lang } from "../kernel/words.ts";
import { noteEvent, tellState } from "./note-event.ts";
import type { CloseGrounds } from "./rules.ts";

/**
 * The registration of electronic transactions ends: by the person themselves (ngừng sử dụng), or by an officer
 * with grounds. Sessions end at once, a ward's record opens to no guardian, the telephone may serve another account, changes under way are dropped, and the person is told with a number.
 */

export async function stopOwnAccount(house: House, citizen: Citizen, lang: Lang, now: Date): Promise<string> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const reference = await inTransaction(house.db, async (tx) => {
    await endNow(tx, personId, now);
    const number = await noteEvent(tx, { personId, kind: "stopped", source: "online", now });
    await tellState(tx, house, { personId, state: "stopped", reference: number, lang, now });
    await record(tx, { at: now, actor: citizen, action: "account_stopped", purpose: "account", personId });
    return number;
  });
  forgetSessions(house, { personId });
  return reference;
}

export interface Closing {
  personId: string;
  officeCode: string;
  grounds: CloseGrounds;
  /** Seen when the person asked at the counter. */
  paper?: PaperSeen | undefined;
  now: Date;
}

export async function closeAccount(house: House, staff: Staff, closing: Closing): Promise<string> {
  const { reference, concerned } = await inTransaction(house.db, (tx) => closeIn(tx, house, staff, closing));
  for (const personId of concerned) forgetSessions(house, { personId });
  return reference;
}

export interface Closed {
  /** The number that the person is told. */
  reference: string;
  /** Whose sessions the caller forgets after the transaction: the person's, and their guardians'. */
  concerned: string[];
}

/** In the caller's transaction. */
export async function closeIn(tx: Tx, house: House, staff: Staff, closing: Closing): Promise<Closed> {
  const { personId, officeCode, grounds, paper, now } = closing;
  const lang = await endNow(tx, personId, now);
  const reference = await noteEvent(tx, { personId, kind: "closed", source: "counter", grounds, now });
  await tellState(tx, house, { personId, state: "closed", reference, lang, now });
  const detail = { grounds, paper: paper ?? "none" };
  const entry = { at: now, actor: staff, action: "account_closed", purpose: "account", personId, officeCode, detail };
  await record(tx, entry);
  const concerned = [personId];
  for (const { guardianId, status } of await linksOfWard(tx, personId)) {
    if (status !== "active") continue;
    // The ward's card is sealed in with their own: no telephone keeps it on.
    await forgetAll(tx, staff, { personId: guardianId, officeCode, at: now });
    concerned.push(guardianId);
  }
  return { reference, concerned };
}

/** Throws NotAllowed when it has ended already: of two at the same moment one ends it. */
async function endNow(tx: Tx, personId: string, now: Date): Promise<Lang> {
  // Changes first, then the account: the order in which a change takes effect.
  await dropChanges(tx, personId, now);
  const account = await lockAccount(tx, personId);
  if (!account) throw new NotFound("account");
  if (account.status === "closed") throw new NotAllowed(account.status, ["reopen"]);
  await setAccountStatus(tx, personId, "closed");
  await releasePhones(tx, personId);
  await signOutEverywhere(tx, personId, now);
  return account.lang === "en" ? "en" : "vi";
}
