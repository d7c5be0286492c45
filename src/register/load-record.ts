import { recordLooks } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { aboutPersons } from "../db/wall.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { maskNumber, parseIdNumber, parseInsuranceNumber, parsePersonalId } from "../kernel/numbers.ts";
import { officeAtWork } from "./merge-desk.ts";
import type { RecordSide } from "./rules-compare.ts";
import {
  contactsOf,
  findPersonByKey,
  findPersonsByFoldedName,
  getPerson,
  type NumberKind,
  numbersOf,
  type Person,
} from "./store.ts";
import { type Alike, factsOf, findAlike, type RecordFacts } from "./store-alike.ts";

/** A record as an officer sees it beside another one: who it is, how much stands in it, nothing of any visit. */
export interface ShownRecord {
  person: Person;
  side: RecordSide;
  facts: RecordFacts;
}

const ALIKE_AT_MOST = 10;
export const FOUND_AT_MOST = 20;

/**
 * `must`: the asker's office needs an open case of this person, or of one of `caseOf`. `nothing`: the page itself is the
 * case, and has asked whose it is.
 */
export interface Grounds {
  asks: "must" | "nothing";
  caseOf?: readonly string[];
}

/** Every record that is opened is on record itself, before it is read; so is every one that is refused. */
export async function loadRecord(
  house: House,
  staff: Staff,
  person: Person,
  action: string,
  { asks, caseOf }: Grounds,
): Promise<ShownRecord> {
  const { db } = house;
  await recordLooks(db, staff, [{ ...lookOf(house, staff, person.personId, action), caseOf }], asks);
  const [numbers, contacts, facts] = await aboutPersons([person.personId, ...(caseOf ?? [])], () =>
    Promise.all([numbersOf(db, person.personId), contactsOf(db, person.personId), factsOf(db, person.personId)]),
  );
  const phones = contacts.filter(({ kind }) => kind === "phone").map(({ value }) => value);
  return { person, facts, side: { ...person, numbers, phones } };
}

/** Records that may be this person's too. */
export function alikeOf(house: House, person: Person): Promise<Alike[]> {
  return findAlike(house.db, person, foldName(person.fullName), ALIKE_AT_MOST);
}

/**
 * By a number of any kind, or by the beginning of a name. Undefined: nothing that could be searched was typed. Whoever
 * has no case at the asker's office is found too, but not told apart: a name, a year, the end of a number.
 */
export async function searchPersons(house: House, staff: Staff, typed: string): Promise<FoundPerson[] | undefined> {
  const found = await findPersons(house, typed);
  if (!found) return undefined;
  const looks = found.map(({ personId }) => lookOf(house, staff, personId, "person.search"));
  const verdicts = await recordLooks(house.db, staff, looks, "case");
  const open = new Set(verdicts.flatMap(({ personId, caseKind }) => (personId && caseKind ? [personId] : [])));
  return Promise.all(
    found.map(async (person) => {
      const numbers = (await numbersOf(house.db, person.personId)).map(({ number }) => number);
      const isOpen = open.has(person.personId);
      return { ...person, isOpen, numbers: isOpen ? numbers : numbers.map(maskNumber) };
    }),
  );
}

/** Two records of one name are told apart by their numbers. */
export interface FoundPerson extends Person {
  numbers: string[];
  /** The asker's office has an open case: the whole row may be shown. */
  isOpen: boolean;
}

async function findPersons(house: House, typed: string): Promise<Person[] | undefined> {
  const keys = keysIn(typed);
  if (keys.length > 0) {
    const people = await Promise.all(keys.map(([kind, key]) => findPersonByKey(house.db, kind, key)));
    const known = people.flatMap((person) => person ?? []);
    return [...new Map(known.map((person) => [person.personId, person])).values()];
  }
  const folded = foldName(typed);
  if (folded.replace(/\P{L}/gu, "").length < 2) return undefined;
  return findPersonsByFoldedName(house.db, folded, FOUND_AT_MOST);
}

function keysIn(typed: string): [NumberKind, string][] {
  const text = typed.trim();
  const keys: [NumberKind, string | undefined][] = [
    ["bhxh", parseInsuranceNumber(text)],
    ["personal_id", parsePersonalId(text)],
    ["cmnd", parseIdNumber("cmnd", text)],
    ["passport", /\d/.test(text) ? parseIdNumber("passport", text) : undefined],
  ];
  return keys.flatMap(([kind, key]): [NumberKind, string][] => (key ? [[kind, key]] : []));
}

/** The record that is left of a merged one. */
export function survivorOf(house: House, person: Person): Promise<Person> {
  return getPerson(house.db, person.mergedInto ?? person.personId);
}

function lookOf(house: House, staff: Staff, personId: string, action: string) {
  const officeCode = officeAtWork(staff);
  return { at: house.clock.now(), actor: staff, action, purpose: "review", personId, officeCode };
}
