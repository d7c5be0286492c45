import { forgetSessions } from "../account/session-cache.ts";
import { findAccount } from "../account/store.ts";
import { endSessionsOfSubject } from "../account/store-session.ts";
import { type AuditEntry, record } from "../audit/record.ts";
import { noteConsent } from "../consent/note-consent.ts";
import { CONSENTS } from "../consent/rules.ts";
import { consentsOf } from "../consent/store.ts";
import { endEmail } from "../contact/end-email.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutPersons } from "../db/wall.ts";
import { closeIn } from "../holder/end-account.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { dropDevices } from "../push/store.ts";
import { recordsOf } from "../register/store.ts";
import { lockPerson } from "../register/store-merge.ts";
import { forgetContactsOfMerges } from "../register/store-unmerge.ts";
import { deletePhotos, photosOfPerson } from "../registration/photos/store-photo.ts";
import { workingCalendar } from "../units/store.ts";
import { afterDays, extensionsOf, parseDecision, parseExtension, type Right, stateOf } from "./rules.ts";
import { type DataRequest, eraseAccountRows, lockRequest, saveDecision, saveExtension, saveTaken } from "./store.ts";
import { termsOn } from "./terms-on.ts";

/** What an office does with a request over personal data: takes it up (the first answer), then does it or says why not. */

export async function takeRequest(house: House, staff: Staff, requestId: string): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const request = await ownOpen(tx, staff, requestId);
    if (request.takenAt) return;
    await saveTaken(tx, request, staff.staffId, now);
    await record(tx, entryOf(staff, request, "rights.take", now));
  });
}

/**
 * Deleting closes the account first (the person is told with a number), then forgets what no law keeps, all in one
 * transaction with the answer: a request that was taken back or answered meanwhile closes nothing. The declaration with
 * the filed copy, the register and the record of looks stay: the law keeps them.
 */
export async function decideRequest(
  house: House,
  staff: Staff,
  typed: { requestId: string; outcome: string | undefined; answer: string | undefined },
): Promise<void> {
  const now = house.clock.now();
  const request = await inTransaction(house.db, (tx) => ownOpen(tx, staff, typed.requestId));
  const parsed = parseDecision(request.kind, typed);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { outcome, answer } = parsed.value;
  const decide = async (tx: Tx) => {
    // Before the request and the account: the order of merges and of deaths.
    await lockPerson(tx, ...(await recordsOf(tx, request.personId)));
    const locked = await ownOpen(tx, staff, typed.requestId);
    const concerned = outcome === "erased" ? await closeIfOpen(tx, house, staff, locked, now) : [];
    const erased = outcome === "erased" ? await erase(tx, locked.personId, now) : 0;
    if (outcome === "done" && STOPS.includes(locked.kind)) await stopOptional(tx, house, locked.personId, now);
    await saveDecision(tx, locked, { outcome, answer, by: staff.staffId, at: now });
    await record(tx, { ...entryOf(staff, locked, "rights.decide", now), detail: { outcome, erased } });
    return [locked.personId, ...concerned];
  };
  const concerned = await aboutPersons([request.personId], () => inTransaction(house.db, decide));
  for (const personId of new Set(concerned)) forgetSessions(house, { personId });
}

/** Who restricts or objects is heard at once in all that is not ordered by law: what was consented to ends. */
const STOPS: readonly Right[] = ["restrict", "object"];

async function stopOptional(tx: Tx, house: House, personId: string, now: Date): Promise<void> {
  await endConsented(tx, personId, now);
  await endEmail(tx, house, personId, now);
}

/** The longer term that the law leaves, each kind once and with a reason that the person reads. */
export async function extendRequest(
  house: House,
  staff: Staff,
  typed: { requestId: string; why: string | undefined; says: string | undefined },
): Promise<void> {
  const parsed = parseExtension(typed);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { why, says } = parsed.value;
  const now = house.clock.now();
  const calendar = await workingCalendar(house.db);
  await inTransaction(house.db, async (tx) => {
    const request = await ownOpen(tx, staff, typed.requestId);
    const asked = dayOf(request.openedAt);
    const term = (await termsOn(tx, asked))[request.kind];
    if (!extensionsOf(request, term).includes(why)) throw new Invalid([{ field: "why", key: "why_spent" }]);
    const days = (why === "third" || request.thirdAt ? term.byThird : term.days) + (why === "more" ? term.more : 0);
    const dueOn = afterDays(asked, days, calendar).toString();
    await saveExtension(tx, request, { why, says, dueOn, at: now });
    await record(tx, { ...entryOf(staff, request, "rights.extend", now), detail: { why } });
  });
}

/** Whose sessions are forgotten after it. */
async function closeIfOpen(tx: Tx, house: House, staff: Staff, { personId, officeCode }: DataRequest, now: Date) {
  if (!(await findAccount(tx, personId))) return [];
  try {
    return (await closeIn(tx, house, staff, { personId, officeCode, grounds: "asked", now })).concerned;
  } catch (error) {
    // It was closed before, and nothing is on its way to it.
    if (!(error instanceof NotAllowed)) throw error;
    return [];
  }
}

/** What no law keeps, also of records that were made one with this; how many rows that were. */
export async function erase(tx: Tx, personId: string, now: Date): Promise<number> {
  const records = await recordsOf(tx, personId);
  for (const one of records) await endSessionsOfSubject(tx, { personId: one }, now);
  const kept = await forgetContactsOfMerges(tx, records);
  return (await endConsented(tx, personId, now)) + (await eraseAccountRows(tx, records)) + kept;
}

/**
 * Devices are forgotten, pictures deleted, consents noted as taken back; how many rows are gone. Pictures of a file that
 * an officer is deciding on are evidence until it is decided: they stay, and the consent to them.
 */
async function endConsented(tx: Tx, personId: string, now: Date): Promise<number> {
  const devices = await dropDevices(tx, personId, {});
  const held = await photosOfPerson(tx, personId);
  const ended = held.filter(({ status }) => status !== "received").map(({ declarationId }) => declarationId);
  const photos = await deletePhotos(tx, ended);
  const given = await consentsOf(tx, personId);
  for (const kind of CONSENTS) {
    if (kind === "photos" && ended.length < held.length) continue;
    if (!given.find((event) => event.kind === kind)?.isGiven) continue;
    await noteConsent(tx, { personId, kind, isGiven: false, source: "counter", now });
  }
  return devices + photos;
}

/** A request of one of the asker's offices; any other does not exist for them. */
async function ownOpen(tx: Tx, staff: Staff, requestId: string): Promise<DataRequest> {
  const found = isUuid(requestId) ? await lockRequest(tx, requestId) : undefined;
  if (!found || !officesAtWork(staff).includes(found.officeCode)) throw new NotFound("data_request");
  const state = stateOf(found);
  if (state !== "open" && state !== "taken") throw new Conflict("request_decided");
  return found;
}

export function entryOf(staff: Staff, request: DataRequest, action: string, at: Date): AuditEntry {
  return {
    at,
    actor: staff,
    action,
    purpose: "account",
    personId: request.personId,
    object: { kind: "data_request", id: request.requestId },
    officeCode: request.officeCode,
  };
}
