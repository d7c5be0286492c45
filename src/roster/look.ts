import { type AuditEntry, recordAll } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import type { RosterUnit } from "./rules.ts";
import { getOwnUnit } from "./scope.ts";
import { findUnitOfLine, getPersonOfUnit, type ListedPerson, peopleOf, type Wanted } from "./store-list.ts";

/** Rows of the audit in one statement: it ends long before the limit of the pool. */
const LOOKS_AT_ONCE = 5_000;

/** People of the unit by name: a line of the audit for the list, and one for each person whom the register knows. */
export async function lookAtPeople(house: House, staff: Staff, unit: RosterUnit, wanted: Wanted) {
  const found = await peopleOf(house.db, unit.code, { ...wanted, limit: wanted.limit + 1 });
  const people = found.slice(0, wanted.limit);
  const detail = { unit: unit.code, people: people.length, filter: wanted.filter ?? "all" };
  await recordAll(house.db, [{ ...entryFor(house, staff, unit), action: "roster.list", detail }]);
  await recordAll(house.db, looks(house, staff, unit, people));
  return { people, hasMore: found.length > people.length };
}

/** The whole list, to be printed or taken away: audited as a page of it. */
export async function takePeople(house: House, staff: Staff, unit: RosterUnit, wanted: Wanted, as: string) {
  const people = await peopleOf(house.db, unit.code, wanted);
  const detail = { unit: unit.code, people: people.length, as };
  await recordAll(house.db, [{ ...entryFor(house, staff, unit), action: "roster.export", detail }]);
  const seen = looks(house, staff, unit, people);
  for (let at = 0; at < seen.length; at += LOOKS_AT_ONCE) {
    await recordAll(house.db, seen.slice(at, at + LOOKS_AT_ONCE));
  }
  return people;
}

export interface HandedBack {
  uploadId: string;
  /** In a file: every refused line of the list. */
  as: "page" | "refused";
  refusals: readonly { row: number }[];
  missing: readonly Known[];
}

/**
 * Names of refused lines, or of whoever is missing from a list, on a page or in a file: which list and which of its
 * lines, and a line for each person missing whom the register knows.
 */
export async function handBack(house: House, staff: Staff, unit: RosterUnit, back: HandedBack) {
  const { uploadId, as, refusals, missing } = back;
  const people = refusals.length + missing.length;
  if (people === 0) return;
  const rows = as === "page" ? { rows: refusals.map(({ row }) => String(row)) } : {};
  const object = { kind: "roster_upload", id: uploadId };
  const detail = { unit: unit.code, people, as, ...rows };
  await recordAll(house.db, [{ ...entryFor(house, staff, unit), action: "roster.export", object, detail }]);
  await recordAll(house.db, looks(house, staff, unit, missing));
}

/** One person of one of the coordinator's units; anybody else's does not exist. */
export async function getOwnLine(house: House, staff: Staff, lineId: string) {
  const code = isUuid(lineId) ? await findUnitOfLine(house.db, lineId) : undefined;
  if (!code) throw new NotFound("roster_person");
  const unit = await getOwnUnit(house.db, staff, house.clock.now(), code);
  return { unit, person: await getPersonOfUnit(house.db, unit.code, lineId) };
}

export async function lookAtPerson(house: House, staff: Staff, lineId: string) {
  const seen = await getOwnLine(house, staff, lineId);
  const detail = { unit: seen.unit.code, people: 1 };
  await recordAll(house.db, [
    { ...entryFor(house, staff, seen.unit), action: "roster.list", detail },
    ...looks(house, staff, seen.unit, [seen.person]),
  ]);
  return seen;
}

type Known = Pick<ListedPerson, "personId">;

function looks(house: House, staff: Staff, unit: RosterUnit, people: readonly Known[]): AuditEntry[] {
  return people.flatMap(({ personId }) =>
    personId ? [{ ...entryFor(house, staff, unit), action: "roster.look", personId }] : [],
  );
}

const entryFor = (house: House, actor: Staff, unit: RosterUnit) => ({
  at: house.clock.now(),
  actor,
  purpose: "rollout",
  officeCode: unit.officeCode,
});
