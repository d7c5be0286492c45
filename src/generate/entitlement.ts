/** Cards in their three forms through time, by station in life (QĐ 1351; form of 04/2021; NĐ 188/2025). */
import { addDays, addMonths, earlier, later } from "./days.ts";
import type { MadePerson, Station } from "./person.ts";
import type { Random } from "./random.ts";

export interface MadeCard {
  number: string;
  from: string;
  to: string;
  group: string;
  level: number;
  facility: string;
  fiveYearOn: string;
  status: "valid" | "replaced";
}

const groups: Record<Station, readonly [group: string, level: number]> = {
  child: ["TE", 1],
  student: ["HS", 4],
  worker: ["DN", 4],
  official: ["HC", 4],
  household: ["GD", 4],
  poor: ["DT", 2],
  retired: ["HT", 3],
};

const SHORT_FORM_FROM = "2021-04-01";
const ID_FORM_FROM = "2025-08-15";
const FIRST_DAY = "2018-01-01";

export function makeCards(person: MadePerson, random: Random, until: string): MadeCard[] {
  const [group, level] = groups[person.station];
  const start = later(FIRST_DAY, person.birthOn);
  const facility = person.home.code;
  const fiveYearOn = addMonths(later(start, addMonths("2015-01-01", random.int(0, 60))), 60);
  const end = addDays(until, random.chance(0.93) ? random.int(30, 300) : -random.int(20, 200));
  const forms: (readonly [number: string, from: string, to: string])[] = [
    [`${group}${level}99${person.insuranceNumber}`, FIRST_DAY, addDays(SHORT_FORM_FROM, -1)],
    [person.insuranceNumber, SHORT_FORM_FROM, addDays(ID_FORM_FROM, -1)],
    [person.personalId ?? person.insuranceNumber, ID_FORM_FROM, "9999-12-31"],
  ];
  return forms
    .map(([number, from, to]) => ({ number, from: later(from, start), to: earlier(to, end) }))
    .filter((card) => card.from <= card.to)
    .map((card, at, all) => {
      const status = at === all.length - 1 ? "valid" : "replaced";
      return { ...card, group, level, facility, fiveYearOn, status };
    });
}

/** The card that holds on a day. */
export function cardOn(cards: readonly MadeCard[], day: string): MadeCard | undefined {
  return cards.find((card) => card.from <= day && day <= card.to);
}

/** Percent that the fund pays, by benefit level. */
export function rateOf(level: number): number {
  return level <= 2 ? 100 : level === 3 ? 95 : 80;
}
