/** One made-up person: birth, numbers and station in life. All numbers lie in ranges that no one holds. */
import { addDays, yearOf } from "./days.ts";
import { makeName, pickGroup } from "./names.ts";
import { facilities, type MadeFacility } from "./places.ts";
import { Random } from "./random.ts";

export type Station = "child" | "student" | "worker" | "official" | "household" | "poor" | "retired";

export interface MadePerson {
  index: number;
  name: string;
  birthOn: string;
  birthPrecision: "day" | "year";
  isMale: boolean;
  ethnicCode: string;
  insuranceNumber: string;
  /** 12 digits, place code 099. */
  personalId: string | undefined;
  personalIdFrom: string | undefined;
  cmnd: string | undefined;
  phone: string | undefined;
  station: Station;
  home: MadeFacility;
}

/** Before this year nobody had a 12-digit card. */
const CHIP_CARD_FROM = "2021-03-01";
const SERIAL_DIGITS = 6;

export class PersonMaker {
  readonly #seed: number;
  readonly #until: string;
  readonly #serials = new Map<string, number>();

  constructor(seed: number, until: string) {
    this.#seed = seed;
    this.#until = until;
  }

  /** The person of this place in the series, with the random numbers that are theirs. */
  make(index: number): { person: MadePerson; random: Random } {
    const random = new Random(this.#seed, index + 1);
    const isMale = random.chance(0.49);
    const age =
      random.weighted([
        [9, 3],
        [13, 11],
        [8, 20],
        [30, 33],
        [22, 48],
        [12, 63],
        [6, 78],
      ]) + random.int(-3, 6);
    const group = pickGroup(random);
    const birthOn = addDays(`${yearOf(this.#until) - Math.max(0, age)}-01-01`, random.int(0, 300));
    const isYearOnly = age > 60 && random.chance(0.2);
    const station = stationOf(age, group.code !== "01", random);
    const hadOldPaper = age >= 22 && random.chance(0.7);
    const person: MadePerson = {
      index,
      name: makeName(random, group, isMale),
      birthOn: isYearOnly ? `${yearOf(birthOn)}-01-01` : birthOn,
      birthPrecision: isYearOnly ? "year" : "day",
      isMale,
      ethnicCode: group.code,
      insuranceNumber: `99${String(index + 1).padStart(8, "0")}`,
      personalId: age > 70 && random.chance(0.1) ? undefined : this.#personalId(isMale, yearOf(birthOn)),
      personalIdFrom: hadOldPaper ? addDays(CHIP_CARD_FROM, random.int(0, 900)) : undefined,
      cmnd: hadOldPaper ? `9${String(index + 1).padStart(8, "0")}` : undefined,
      phone: age >= 15 && random.chance(0.8) ? `0999${String(index % 1_000_000).padStart(6, "0")}` : undefined,
      station,
      home: random.pick(facilities),
    };
    return { person, random };
  }

  /** Place code 099, century and sex, two digits of the year, a number of its own. */
  #personalId(isMale: boolean, birthYear: number): string {
    const century = (Math.floor(birthYear / 100) - 19) * 2 + (isMale ? 0 : 1);
    const prefix = `099${century}${String(birthYear % 100).padStart(2, "0")}`;
    const serial = (this.#serials.get(prefix) ?? 0) + 1;
    this.#serials.set(prefix, serial);
    return `${prefix}${String(serial).padStart(SERIAL_DIGITS, "0")}`;
  }
}

function stationOf(age: number, isMinority: boolean, random: Random): Station {
  if (age < 6) return "child";
  if (age < 22) return age >= 18 && random.chance(0.3) ? "worker" : "student";
  if (age >= 62) return random.chance(0.55) ? "retired" : "household";
  if (isMinority && random.chance(0.35)) return "poor";
  return random.weighted([
    [6, "worker"],
    [2, "official"],
    [3, "household"],
  ] as const);
}
