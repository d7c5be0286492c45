import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf, isWorkingDay, minuteOf, UnknownYear, type WorkingCalendar } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { workingCalendar } from "../units/store.ts";
import { communeOf, type FlagKind, flagsOf, isOfPerson } from "./rules.ts";
import { lookHabits } from "./rules-policies.ts";
import { type FoundFlag, raiseFlags } from "./store.ts";
import { lockSweep, moveSweep, newLooks, nextLink, type SweptLook } from "./store-sweep.ts";

const BATCH = 2000;

/** Reads what the chain has new and raises flags; answers how many links were read. Run every few seconds by the worker. */
export async function sweepLooks(house: House): Promise<number> {
  let read = 0;
  for (;;) {
    const batch = await inTransaction(house.db, (tx) => sweepBatch(house, tx));
    read += batch;
    if (batch < BATCH) return read;
  }
}

async function sweepBatch(house: House, tx: Tx): Promise<number> {
  const after = await lockSweep(tx);
  if (after === undefined) return 0;
  const upTo = await nextLink(tx, after, BATCH);
  if (upTo === undefined) return 0;
  const habits = await policyOn(tx, lookHabits, dayOf(house.clock.now()));
  const looks = await newLooks(tx, { after, upTo, repeatDays: habits.repeatDays });
  const calendar = await workingCalendar(tx);
  const raised = looks.flatMap((look) =>
    flagsOf({ ...look, ...factsOf(look, habits, calendar) }, habits).map((kind) => ({ kind, look })),
  );
  await raiseFlags(tx, folded(raised));
  await moveSweep(tx, upTo, house.clock.now());
  return Number(BigInt(upTo) - BigInt(after));
}

interface UsualTime {
  usualFrom: number;
  usualTo: number;
}

function factsOf(look: SweptLook, usual: UsualTime, calendar: WorkingCalendar) {
  const [home, own] = [look.address, look.ownAddress].map((text) => (text ? communeOf(text) : undefined));
  return { isNeighbour: home !== undefined && home === own, isUsualTime: isUsual(look.at, usual, calendar) };
}

/** Beyond the holiday table nothing is known of a day: its hours alone are looked at. */
function isUsual(at: Date, { usualFrom, usualTo }: UsualTime, calendar: WorkingCalendar): boolean {
  const minute = minuteOf(at);
  if (minute < usualFrom || minute >= usualTo) return false;
  try {
    return isWorkingDay(dayOf(at), calendar);
  } catch (error) {
    if (error instanceof UnknownYear) return true;
    throw error;
  }
}

/** One flag a member, kind, day and (where it is about one) person. */
function folded(raised: readonly { kind: FlagKind; look: SweptLook }[]): FoundFlag[] {
  const flags = new Map<string, FoundFlag>();
  for (const { kind, look } of raised) {
    const day = dayOf(look.at).toString();
    const personId = isOfPerson(kind) ? (look.personId ?? "0") : "0";
    const key = [look.staffId, kind, day, personId].join(" ");
    const known = flags.get(key);
    if (known) {
      Object.assign(known, { lastAt: look.at, lastEvent: look.eventId, times: known.times + 1 });
      continue;
    }
    const { staffId, officeCode, at, eventId } = look;
    const found = { staffId, kind, day, personId, officeCode, firstAt: at, lastAt: at };
    flags.set(key, { ...found, firstEvent: eventId, lastEvent: eventId, times: 1 });
  }
  return [...flags.values()];
}
