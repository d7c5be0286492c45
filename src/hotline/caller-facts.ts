/** What is known of those whom a caller may be: to compare with, never to be shown. */
import { firstCareOf } from "../card/store-first-care.ts";
import type { House } from "../db/house.ts";
import { beyondWall } from "../db/wall.ts";
import { dayOf } from "../kernel/calendar.ts";
import { parsePhone } from "../kernel/numbers.ts";
import { contactsOf, getPerson, numbersOf } from "../register/store.ts";
import { findByIds } from "../registration/store-many.ts";
import type { CallerFacts } from "./rules-identify.ts";
import type { Candidate } from "./store-call.ts";

export interface Known {
  candidate: Candidate;
  facts: CallerFacts;
  /** Where a code may go. */
  phones: string[];
}

export async function knownOf(house: House, candidates: readonly Candidate[]): Promise<Known[]> {
  const known: Known[] = [];
  for (const candidate of candidates) {
    const one = "personId" in candidate ? await ofPerson(house, candidate) : await ofFile(house, candidate);
    if (one) known.push(one);
  }
  return known;
}

async function ofPerson(house: House, candidate: Candidate & { personId: string }): Promise<Known> {
  const { personId } = candidate;
  const person = await getPerson(house.db, personId);
  const numbers = (await numbersOf(house.db, personId)).filter(({ validTo }) => validTo === null);
  const contacts = await contactsOf(house.db, personId);
  const of = (isWanted: (kind: string) => boolean) =>
    numbers.filter(({ kind }) => isWanted(kind)).map(({ number }) => number);
  // The hotline reads no card; what the caller says of it is compared before anybody is identified, and never shown.
  const firstCare = () => firstCareOf(house.db, personId, dayOf(house.clock.now()).toString());
  return {
    candidate,
    facts: {
      name: person.fullName,
      birthOn: person.birthOn,
      birthPrecision: person.birthPrecision,
      idNumbers: of((kind) => kind !== "bhxh"),
      bhxhNumbers: of((kind) => kind === "bhxh"),
      facility: await beyondWall(firstCare),
    },
    phones: contacts.flatMap(({ kind, value }) => (kind === "phone" ? (parsePhone(value) ?? []) : [])),
  };
}

/** A file before anybody in the register was found for it: it knows what was declared. */
async function ofFile(house: House, candidate: Candidate & { declarationId: string }): Promise<Known | undefined> {
  const file = (await findByIds(house.db, [candidate.declarationId])).get(candidate.declarationId);
  const { name } = file?.answers ?? {};
  if (!file?.birthOn || !name) return undefined;
  return {
    candidate,
    facts: {
      name: name.full,
      birthOn: file.birthOn,
      birthPrecision: file.birthPrecision ?? "day",
      idNumbers: file.idNumber ? [file.idNumber] : [],
      bhxhNumbers: file.insuranceNumber ? [file.insuranceNumber] : [],
      facility: undefined,
    },
    phones: file.phone ? [file.phone] : [],
  };
}

/** The one telephone of all of them; undefined where they have none in common. */
export function sharedPhone(known: readonly Pick<Known, "phones">[]): string | undefined {
  const [first, ...others] = known;
  return first?.phones.find((phone) => others.every(({ phones }) => phones.includes(phone)));
}
