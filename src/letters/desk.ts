import type { Db, House, Tx } from "../db/house.ts";
import { unitsInSight } from "../drive/store-scope.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import type { UnitInSight } from "./rules.ts";
import { findLetter, type Letter, lockLetter, type Senders } from "./store.ts";
import { type Addressee, addresseesOf, findAddressee, unitsByCode } from "./store-addressees.ts";

/** Whose letters somebody sends: officers and supervisors their office's, leaders their office's or their unit's. */
export function sendersOf(staff: Staff): Senders {
  const led = staff.roles.filter(({ role }) => role === "leader");
  return {
    offices: [...new Set([...officesAtWork(staff), ...led.flatMap(({ officeCode }) => officeCode ?? [])])],
    units: led.flatMap(({ unitCode }) => unitCode ?? []),
  };
}

/** The units for which somebody receives letters: those they coordinate or lead, not those below. */
export function receiversOf(staff: Staff): string[] {
  return staff.roles.flatMap(({ role, unitCode }) =>
    unitCode && (role === "coordinator" || role === "leader") ? [unitCode] : [],
  );
}

export function isSender({ offices, units }: Senders, letter: Letter): boolean {
  return offices.some((code) => code === letter.officeCode) || units.some((code) => code === letter.unitCode);
}

const isId = (text: string) => /^\d{1,18}$/.test(text);

/** A letter of another office or unit is not there. */
export async function getOwnLetter(db: Db, staff: Staff, id: string): Promise<Letter> {
  const letter = isId(id) ? await findLetter(db, id) : undefined;
  if (!letter || !isSender(sendersOf(staff), letter)) throw new NotFound("letter");
  return letter;
}

/** Held until the transaction ends. Throws NotAllowed once it is sent: a correction is a letter of its own. */
export async function lockDraft(tx: Tx, staff: Staff, id: string): Promise<Letter> {
  const letter = isId(id) ? await lockLetter(tx, id) : undefined;
  if (!letter || !isSender(sendersOf(staff), letter)) throw new NotFound("letter");
  if (letter.sentAt) throw new NotAllowed("sent", ["replace"], "letter_sent");
  return letter;
}

/** The letter as the asker's unit received it: that unit's line of it, of several the first that is not signed. */
export async function findReceived(
  db: Db,
  staff: Staff,
  id: string,
): Promise<{ letter: Letter; addressee: Addressee } | undefined> {
  const letter = isId(id) ? await findLetter(db, id) : undefined;
  if (!letter?.sentAt) return undefined;
  const units = receiversOf(staff);
  const own = (await addresseesOf(db, letter.id)).filter(({ unitCode }) => unitCode && units.includes(unitCode));
  const addressee = own.find(({ signedAt }) => signedAt === null) ?? own[0];
  return addressee && { letter, addressee };
}

/** One addressee of a letter of one's own. */
export async function getAddressee(db: Db, letter: Letter, addresseeId: string): Promise<Addressee> {
  const found = isUuid(addresseeId) ? await findAddressee(db, addresseeId) : undefined;
  if (found?.letterId !== letter.id) throw new NotFound("letter");
  return found;
}

/** To whom this member of staff may write, by kind. */
export async function unitsToWrite({ db, clock }: House, staff: Staff): Promise<UnitInSight[]> {
  return unitsByCode(db, await unitsInSight(db, staff, dayOf(clock.now()).toString()));
}
