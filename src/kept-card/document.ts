import { noteLook } from "../audit/record.ts";
import { cardOnDay, stateOnDay } from "../card/rules-state.ts";
import { readCards, type ShownCard } from "../card/store.ts";
import type { House } from "../db/house.ts";
import { behindWall } from "../db/wall.ts";
import { familyOf } from "../guardian/family.ts";
import { mayAct } from "../guardian/holding.ts";
import type { Citizen, Ward } from "../kernel/actor.ts";
import { type BirthPrecision, dayOf, endOf, formatBirth, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { getPerson } from "../register/store.ts";
import type { KeptCard, KeptDocument, KeptPerson } from "./rules.ts";

/** The cards that a device keeps: one's own, and those of whom one may act for. Every look is noted. */
export async function documentOf(house: House, citizen: Citizen, now: Date): Promise<KeptDocument> {
  const wards = mayAct(citizen) ? await wardsOf(house, citizen, now) : [];
  const people: KeptPerson[] = [];
  for (const held of [undefined, ...wards]) people.push(await personOf(house, citizen, held, now));
  return { v: 1, at: now.toISOString(), people };
}

interface Held {
  ward: Ward;
  /** Of the link; undefined: no end is known. */
  lastDay: PlainDate | undefined;
}

async function wardsOf(house: House, citizen: Citizen, now: Date): Promise<Held[]> {
  const members = await familyOf(house, citizen, now);
  return members.flatMap(({ ward, lastDay }) => (ward ? [{ ward, lastDay }] : []));
}

async function personOf(house: House, citizen: Citizen, held: Held | undefined, now: Date): Promise<KeptPerson> {
  const ward = held?.ward;
  const personId = ward?.personId ?? citizen.personId;
  const person = await getPerson(house.db, personId);
  // The page is one's own: behind the second wall each of the others is named for this one reading.
  const read = () => readCards(house.pool, personId);
  const { cards = [] } = person.managedBy === "bhxh" ? await (ward ? behindWall([personId], read) : read()) : {};
  const { actingFor: _, ...self } = citizen;
  const actor = ward ? { ...self, actingFor: ward } : self;
  noteLook(house, { at: now, actor, action: "read_cards", purpose: "own_record", personId });
  return {
    name: person.fullName,
    born: formatBirth(plainDate(person.birthOn), person.birthPrecision as BirthPrecision),
    ...(held?.lastDay ? { until: endOf(held.lastDay).toISOString() } : {}),
    cards: usable(cards, dayOf(now).toString()).map(keptOf),
  };
}

/** The one that is shown today, and those that may be shown on a later day. */
function usable(cards: readonly ShownCard[], day: string): ShownCard[] {
  const shown = cardOnDay(cards, day)?.card;
  return cards.filter((card) => card === shown || ["valid", "not_yet"].includes(stateOnDay(card, day)));
}

function keptOf({ number, form, validFrom, validTo, status, facilityName, facilityCode, fiveYearOn }: ShownCard) {
  const facility = facilityCode ? `${facilityName ?? ""} (${facilityCode})`.trim() : undefined;
  return {
    number,
    form,
    validFrom,
    status,
    ...(validTo ? { validTo } : {}),
    ...(facility ? { facility } : {}),
    ...(fiveYearOn ? { fiveYearOn } : {}),
  } satisfies KeptCard;
}
