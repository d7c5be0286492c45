/**
 * A made-up country in files: the same seed gives the same bytes. Files come one by one, in the order in
 * which they must be imported; only one part of the people is held in memory.
 */
import { makeBenefits } from "./benefits.ts";
import { envelopeOf, isOldLayout } from "./claim-xml.ts";
import { makeCards } from "./entitlement.ts";
import { makePeriods } from "./participation.ts";
import { PersonMaker } from "./person.ts";
import { facilities } from "./places.ts";
import { benefitLine, cardLine, facilityTable, headers, periodLine, personLine, unitTable } from "./tables.ts";
import { type MadeVisit, makeVisits } from "./visit.ts";

export interface GenerateOptions {
  persons: number;
  seed: number;
  /** Last day of what is made up: nothing lies after it. */
  until?: string;
  /** Index of the first person, to add people to an earlier batch. */
  first?: number;
  /** Claims in one envelope, at most. */
  claimsPerFile?: number;
}

export type MadeKind = "facilities" | "units" | "persons" | "cards" | "participation" | "benefits" | "claims";

export interface MadeFile {
  kind: MadeKind;
  /** Relative: persons/0001.csv */
  name: string;
  bytes: Buffer;
}

export const GENERATED_UNTIL = "2026-10-31";
/** Their visits are held until the tables of the part are written. */
const PART_PERSONS = 1000;

export function* generateFiles(options: GenerateOptions): Generator<MadeFile> {
  const { persons, seed, until = GENERATED_UNTIL, first = 0, claimsPerFile = 250 } = options;
  yield fileOf("facilities", "0001.csv", facilityTable());
  yield fileOf("units", "0001.csv", unitTable());
  const maker = new PersonMaker(seed, until);
  const claims = new ClaimFiles(until, claimsPerFile);
  for (let start = 0, part = 1; start < persons; start += PART_PERSONS, part += 1) {
    const count = Math.min(PART_PERSONS, persons - start);
    const { tables, visits } = makePart(maker, first + start, count, until);
    for (const [kind, lines] of Object.entries(tables) as [keyof typeof tables, string[]][]) {
      yield fileOf(kind, `${String(part).padStart(4, "0")}.csv`, `${headers[kind]}\n${lines.join("")}`);
    }
    for (const visit of visits) yield* claims.add(visit);
  }
  yield* claims.rest();
}

function makePart(maker: PersonMaker, start: number, count: number, until: string) {
  const tables = {
    persons: [] as string[],
    cards: [] as string[],
    participation: [] as string[],
    benefits: [] as string[],
  };
  const visits: MadeVisit[] = [];
  for (let index = start; index < start + count; index += 1) {
    const { person, random } = maker.make(index);
    const cards = makeCards(person, random, until);
    const periods = makePeriods(person, random, until);
    tables.persons.push(personLine(person));
    tables.cards.push(...cards.map((card) => cardLine(person, card)));
    tables.participation.push(...periods.map((period) => periodLine(person, period)));
    tables.benefits.push(
      ...makeBenefits(person, periods, random, until).map((benefit) => benefitLine(person, benefit)),
    );
    visits.push(...makeVisits(person, cards, random, until));
  }
  return { tables, visits };
}

/** Claims of one facility and layout, put into an envelope when there are enough. */
class ClaimFiles {
  readonly #until: string;
  readonly #size: number;
  readonly #waiting = new Map<string, MadeVisit[]>();
  #count = 0;

  constructor(until: string, size: number) {
    this.#until = until;
    this.#size = size;
  }

  *add(visit: MadeVisit): Generator<MadeFile> {
    const key = `${visit.facility.code} ${isOldLayout(visit)}`;
    const visits = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, visits);
    visits.push(visit);
    if (visits.length === this.#size) yield this.#envelope(visits.splice(0));
  }

  *rest(): Generator<MadeFile> {
    for (const visits of this.#waiting.values()) if (visits.length > 0) yield this.#envelope(visits);
  }

  #envelope(visits: readonly MadeVisit[]): MadeFile {
    this.#count += 1;
    const facility = visits[0]?.facility ?? facilities[0];
    if (!facility) throw new RangeError("no facility");
    const name = `${facility.code}-${String(this.#count).padStart(5, "0")}.xml`;
    return fileOf("claims", name, envelopeOf(facility, visits, this.#until));
  }
}

function fileOf(kind: MadeKind, name: string, text: string): MadeFile {
  return { kind, name: `${kind}/${name}`, bytes: Buffer.from(text) };
}
