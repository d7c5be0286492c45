import { findStaffByUsername } from "../account/store-staff.ts";
import type { House } from "../db/house.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { parseInsuranceNumber, parsePersonalId } from "../kernel/numbers.ts";
import { findPersonByKey, recordsOf } from "../register/store.ts";
import type { ResolvedSearch, Subject } from "./rules.ts";
import { actionsAt, type DataKind, KINDS, KINDS_OF_TABLES, kindsOfAction, REFUSED } from "./rules-kinds.ts";
import { type Touched, touchedByLooks, touchedByTable } from "./store-find.ts";

/** What is known of a breach: of the record of looks what fits all that is named, beside it whole tables and persons. */
export interface Search {
  from: Date;
  to: Date;
  /** User names of staff whose looks count. */
  staff?: readonly string[] | undefined;
  /** Numbers of persons whose accounts were in wrong hands. */
  accounts?: readonly string[] | undefined;
  addresses?: readonly string[] | undefined;
  actions?: readonly string[] | undefined;
  tables?: readonly string[] | undefined;
  /** Numbers of persons of whom it is known from elsewhere. */
  persons?: readonly string[] | undefined;
}

/**
 * Who was affected, each once, with the kinds of data and the span. Throws Invalid for what no search can be made of,
 * NotFound("staff" or "person") for a name or number that nobody has: a list that is one short would be worse.
 */
export async function findAffected(
  house: House,
  search: Search,
): Promise<{ subjects: Subject[]; resolved: ResolvedSearch }> {
  const { from, to, tables = [], persons = [] } = search;
  const actions = actionsOf(search);
  const faults = [
    ...(from < to ? [] : [{ field: "from", key: "window_empty" }]),
    ...tables.filter((name) => !KINDS_OF_TABLES[name]).map(() => ({ field: "table", key: "table_unknown" })),
    ...(actions === "unknown" ? [{ field: "address", key: "address_unknown" }] : []),
  ];
  const asksLooks = search.staff || search.accounts || actions;
  if (!asksLooks && tables.length === 0 && persons.length === 0) faults.push({ field: "search", key: "search_empty" });
  if (faults.length > 0 || actions === "unknown") throw new Invalid(faults);
  const staffIds = search.staff && (await Promise.all(search.staff.map((name) => staffId(house, name))));
  const accountIds = search.accounts && (await recordsOfNumbers(house, search.accounts));
  const found = new Map<string, Subject>();
  const add = (one: Touched, kinds: readonly DataKind[]) => merge(found, one, kinds);
  if (asksLooks) {
    const looks = await touchedByLooks(house.db, { from, to, staffIds, accountIds, actions, refused: REFUSED });
    for (const one of looks) add(one, one.actions.flatMap(kindsOfAction));
  }
  for (const table of tables) {
    const rows = await touchedByTable(house.db, table);
    for (const row of rows) add({ ...row, ...unseen(from, to) }, KINDS_OF_TABLES[table] ?? []);
  }
  for (const number of persons) {
    const personId = await personOf(house, number);
    add({ personId, declarationId: null, ...unseen(from, to) }, ["identity"]);
  }
  const resolved = { staffIds, accountIds, actions, tables: [...tables], persons: persons.length };
  return { subjects: [...found.values()], resolved };
}

const unseen = (from: Date, to: Date) => ({ actions: [], firstAt: from, lastAt: to, times: 0 });

function merge(found: Map<string, Subject>, one: Touched, kinds: readonly DataKind[]): void {
  const [personId, declarationId] = [one.personId ?? "0", one.personId ? "0" : (one.declarationId ?? "0")];
  const key = `${personId}/${declarationId}`;
  const known = found.get(key);
  const all = new Set([...(known?.kinds ?? []), ...kinds]);
  found.set(key, {
    personId,
    declarationId,
    kinds: KINDS.filter((kind) => all.has(kind)),
    firstAt: known && known.firstAt < one.firstAt ? known.firstAt : one.firstAt,
    lastAt: known && known.lastAt > one.lastAt ? known.lastAt : one.lastAt,
    times: (known?.times ?? 0) + one.times,
  });
}

function actionsOf({ addresses, actions }: Search): string[] | "unknown" | undefined {
  if (!addresses && !actions) return undefined;
  const ofAddresses = (addresses ?? []).map(actionsAt);
  if (ofAddresses.some((one) => one === undefined)) return "unknown";
  return [...ofAddresses.flatMap((one) => one ?? []), ...(actions ?? [])];
}

async function staffId(house: House, username: string): Promise<string> {
  const member = await findStaffByUsername(house.db, username);
  if (!member) throw new NotFound("staff");
  return member.staff_id;
}

async function recordsOfNumbers(house: House, numbers: readonly string[]): Promise<string[]> {
  const ids = [];
  for (const number of numbers) ids.push(...(await recordsOf(house.db, await personOf(house, number))));
  return ids;
}

async function personOf(house: House, number: string): Promise<string> {
  const [bhxh, personal] = [parseInsuranceNumber(number), parsePersonalId(number)];
  const person =
    (bhxh && (await findPersonByKey(house.db, "bhxh", bhxh))) ||
    (personal && (await findPersonByKey(house.db, "personal_id", personal)));
  if (!person) throw new NotFound("person");
  return person.personId;
}
