/**
 * Persons and their numbers. A number that is known names the person; numbers of two people, or a name and
 * a year that are both others, are told and not taken. One person, one mã số BHXH.
 */
import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { lookAgain } from "../guardian/store-ends.ts";
import { dayOf } from "../kernel/calendar.ts";
import { foldName } from "../kernel/names.ts";
import { suspendDead } from "../register/suspend-dead.ts";
import { d02Layout } from "./d02.ts";
import { annexLayout } from "./d02-annex.ts";
import { type PersonRow, personColumns } from "./formats.ts";
import { type ImportOptions, type ImportResult, importFile, type Run } from "./import-file.ts";
import { keepRows } from "./keep-rows.ts";
import { openAnnex } from "./open-table.ts";
import { ownLayout, readTable, type TableEnd, type TableRow } from "./read-table.ts";
import { FileRefused } from "./refusal.ts";
import type { HouseholdMember } from "./rules-household.ts";
import { keyOf } from "./rules-match.ts";
import type { Source } from "./source.ts";
import { findPersonsByKeys, preferIndexes } from "./store-claims.ts";
import { type HouseholdRecord, saveHouseholds, tellHouseholds } from "./store-households.ts";
import * as store from "./store-persons.ts";
import type { RejectCode } from "./words.ts";

export async function importPersons(house: House, source: Source, options: ImportOptions = {}): Promise<ImportResult> {
  return importFile(house, "persons", source, options, async (run) => {
    await takePersons(run);
    await keepRows(run, personLayouts(), annexLayout());
  });
}

/** A sheet of D02 knows its set of codes once it has been read: new ones for each file. */
export const personLayouts = () => [d02Layout(), ownLayout(personColumns)];

export async function takePersons(run: Run): Promise<void> {
  await preferIndexes(run.tx);
  if (run.again?.layout === "annex") return takeAnnex(run, 0);
  const ends: TableEnd[] = [];
  const onEnd = (end: TableEnd) => void ends.push(end);
  for await (const rows of readTable(run, personLayouts(), { onEnd })) await takeBatch(run, rows);
  const [end] = ends;
  if (!run.again && end?.layout === "d02") await takeAnnex(run, end.last);
}

const ANNEX = "PL TV HGĐ";
const HEADING_FAULTS: ReadonlySet<string> = new Set(["no_header", "missing_column", "repeated_column"]);

/** Members of households on a sheet of their own, behind the sheet whose last record this was. */
async function takeAnnex(run: Run, after: number): Promise<void> {
  try {
    for await (const rows of readTable(run, [annexLayout()], { open: openAnnex(after) })) {
      await takeHouseholds(
        run,
        rows.map(({ record, value }) => memberRecord(record, value.member)),
      );
      run.counts.taken += rows.length;
    }
  } catch (error) {
    // Whose headings nobody knows does not take the sheet of the employed with it.
    if (!(error instanceof FileRefused) || !HEADING_FAULTS.has(error.code)) throw error;
    await run.reject({ record: after + 1, line: undefined, field: ANNEX, code: error.code });
  }
}

async function takeHouseholds(
  { tx, fileId }: Run,
  members: readonly HouseholdRecord[],
  numbers: readonly string[] = [],
): Promise<void> {
  await saveHouseholds(tx, fileId, members);
  const codes = [...new Set(members.map((member) => member.household_code))];
  await tellHouseholds(tx, { codes, numbers });
}

interface Known {
  foldedName: string;
  birthYear: number;
  insuranceNumber: string | null;
  /** The file that wrote this person last. */
  sourceFileId: string | null;
}

interface Placed extends TableRow<PersonRow> {
  personId: string;
  isNew: boolean;
}

async function takeBatch(run: Run, rows: TableRow<PersonRow>[]): Promise<void> {
  const { tx, fileId, counts } = run;
  const placed = await place(run, rows);
  if (placed.length === 0) return;
  // The last row of a person holds; the numbers of all rows are kept.
  const last = new Map(placed.map((row) => [row.personId, row]));
  const written = await store.savePersons(tx, fileId, [...last.values()].map(personRecord));
  await suspendTheDead(run, [...last.values()]);
  const today = dayOf(run.at).toString();
  const renumbered = await store.saveNumbers(tx, fileId, today, inOrder(uniqueNumbers(placed)));
  const reached = await store.saveContacts(tx, run.at, [...last.values()].flatMap(contactRecords));
  const changed = new Set([...written, ...renumbered, ...reached]);
  const numbers = placed.flatMap(({ value }) => numbersOf(value)).map(({ key }) => key);
  await takeHouseholds(run, placed.flatMap(householdRecords), numbers);
  const fresh = new Set(placed.filter((row) => row.isNew).map((row) => row.personId));
  await lookAgain(
    tx,
    written.filter((personId) => !fresh.has(personId)),
  );
  await store.bumpPersons(
    tx,
    [...changed].filter((personId) => !fresh.has(personId)),
  );
  const taken = placed.filter((row) => changed.has(row.personId)).length;
  counts.taken += taken;
  counts.unchanged += placed.length - taken;
}

/** A death that a file tells ends what one that the counter records ends. */
async function suspendTheDead({ tx, fileId, at }: Run, rows: readonly Placed[]): Promise<void> {
  const dead = rows.filter(({ value }) => value.died_on !== null).map(({ personId }) => personId);
  if (dead.length === 0) return;
  for (const personId of await store.findActiveAccounts(tx, dead)) {
    await suspendDead(tx as Tx, personId, at);
    await record(tx, {
      at,
      actor: { kind: "operator" },
      action: "person.died",
      purpose: "operate",
      personId,
      object: { kind: "source_file", id: fileId },
    });
  }
}

/**
 * Whose row is each? Rejects those that cannot be told. New numbers are claimed for good: where somebody else got one
 * meanwhile, or wrote a person who is to get one, the rows are placed as if they had come after that.
 */
async function place(run: Run, rows: readonly TableRow<PersonRow>[]): Promise<Placed[]> {
  const keys = new Map(rows.flatMap((row) => numbersOf(row.value)).map((key) => [keyOf(key), key]));
  const found = keys.size > 0 ? await findPersonsByKeys(run.tx, [...keys.values()]) : [];
  const owners = new Map(found.map((person) => [keyOf(person), person.personId]));
  const stored = await store.findStoredPersons(run.tx, [...new Set(owners.values())]);
  const placed = await judge(run, rows, { owners: new Map(owners), stored });
  const claims = uniqueNumbers(placed).filter(({ kind, number }) => !owners.has(keyOf({ kind, key: number })));
  const gaining = new Set(claims.map((claim) => claim.person_id));
  // Persons before their numbers: the order in which the counter takes them.
  const isAsRead = await store.lockAsRead(
    run.tx,
    stored.filter(({ personId }) => gaining.has(personId)),
  );
  return isAsRead && (await store.claimKeys(run.tx, claims)) ? placed : place(run, placed);
}

/** By what is known of persons and numbers; the numbers of a row are those of the rows after it. */
async function judge(
  run: Run,
  rows: readonly TableRow<PersonRow>[],
  { owners, stored }: { owners: Map<string, string>; stored: readonly store.StoredPerson[] },
): Promise<Placed[]> {
  const known = new Map<string, Known>(stored.map((person) => [person.personId, person]));
  const spare = await store.drawPersonIds(run.tx, rows.length);
  const placed: Placed[] = [];
  for (const row of rows) {
    const numbers = numbersOf(row.value);
    const [owner, ...others] = new Set(numbers.flatMap((key) => owners.get(keyOf(key)) ?? []));
    const fault = faultOf(
      row.value,
      numbers.length,
      others.length > 0,
      owner === undefined ? undefined : known.get(owner),
      run,
    );
    if (fault) {
      await run.reject({ record: row.record, line: row.line, ...fault });
      continue;
    }
    const personId = owner ?? spare.pop() ?? "";
    for (const key of numbers) owners.set(keyOf(key), personId);
    known.set(personId, knownOf(row.value, known.get(personId), run.fileId));
    placed.push({ ...row, personId, isNew: owner === undefined });
  }
  return placed;
}

function faultOf(
  row: PersonRow,
  numbers: number,
  isOfMany: boolean,
  known: Known | undefined,
  { fileId, isOlder, at }: Pick<Run, "fileId" | "isOlder" | "at">,
): { field: string; code: RejectCode } | undefined {
  if (numbers === 0) return { field: "insurance_number", code: "no_person_number" };
  if (isOfMany) return { field: "insurance_number", code: "person_conflict" };
  const today = dayOf(at).toString();
  if (row.birth.on > today) return { field: "birth", code: "bad_date" };
  // A slip of the pen in the year would close the account of somebody who lives.
  if (row.died_on !== null && row.died_on > today) return { field: "died_on", code: "bad_date" };
  if (row.died_on !== null && row.died_on < row.birth.on) return { field: "died_on", code: "bad_period" };
  if (!known) return undefined;
  const { insuranceNumber, sourceFileId } = known;
  if (isOlder && sourceFileId !== null && Number(sourceFileId) > Number(fileId)) {
    return { field: "full_name", code: "overtaken" };
  }
  if (row.insurance_number && insuranceNumber && row.insurance_number !== insuranceNumber) {
    return { field: "insurance_number", code: "other_number" };
  }
  const isOther = known.foldedName !== foldName(row.full_name) && known.birthYear !== yearOf(row);
  return isOther ? { field: "full_name", code: "person_mismatch" } : undefined;
}

const yearOf = (row: PersonRow) => Number(row.birth.on.slice(0, 4));

function knownOf(row: PersonRow, before: Known | undefined, fileId: string): Known {
  return {
    foldedName: foldName(row.full_name),
    birthYear: yearOf(row),
    insuranceNumber: row.insurance_number ?? before?.insuranceNumber ?? null,
    sourceFileId: fileId,
  };
}

function numbersOf(row: PersonRow): { kind: string; key: string }[] {
  const given = { bhxh: row.insurance_number, personal_id: row.personal_id, cmnd: row.cmnd, passport: row.passport };
  return Object.entries(given).flatMap(([kind, key]) => (key === null ? [] : [{ kind, key }]));
}

function personRecord({ personId, record, value }: Placed): store.PersonRecord {
  return {
    person_id: personId,
    public_id: randomUUID(),
    full_name: value.full_name,
    folded_name: foldName(value.full_name),
    birth_on: value.birth.on,
    birth_precision: value.birth.precision,
    sex: value.sex,
    nationality: value.nationality,
    ethnic_code: value.ethnic_code,
    managed_by: value.managed_by,
    died_on: value.died_on,
    source_record: record,
  };
}

function uniqueNumbers(placed: readonly Placed[]): store.NumberRecord[] {
  const numbers = placed.flatMap(({ personId, record, value }) =>
    numbersOf(value).map(({ kind, key }) => ({
      person_id: personId,
      kind,
      number: key,
      valid_from: kind === "personal_id" ? value.personal_id_from : null,
      valid_to: kind === "cmnd" ? value.cmnd_to : null,
      source_record: record,
    })),
  );
  const unique = new Map<string, store.NumberRecord>();
  for (const number of numbers) {
    const key = `${number.person_id} ${number.kind} ${number.number}`;
    // Where it stands last.
    unique.delete(key);
    unique.set(key, number);
  }
  return [...unique.values()];
}

/** Of one person the last number of a kind holds, and ends those before it, also where they stand in the same file. */
function inOrder(numbers: readonly store.NumberRecord[]): store.OrderedNumber[] {
  const keyOfKind = ({ person_id, kind }: store.NumberRecord) => `${person_id} ${kind}`;
  const last = new Map(numbers.filter((one) => one.valid_to === null).map((one) => [keyOfKind(one), one]));
  return numbers.map((one) => {
    const next = last.get(keyOfKind(one));
    const isOver = one.valid_to === null && next !== one;
    return { ...one, is_over: isOver, next_from: isOver ? (next?.valid_from ?? null) : null };
  });
}

function householdRecords({ record, value }: Placed): HouseholdRecord[] {
  return (value.household ?? []).map((member) => memberRecord(record, member));
}

function memberRecord(record: number, { birth, ...member }: HouseholdMember): HouseholdRecord {
  return {
    ...member,
    folded_name: foldName(member.full_name),
    birth_on: birth?.on ?? null,
    birth_precision: birth?.precision ?? null,
    source_record: record,
  };
}

function contactRecords({ personId, value }: Placed): store.ContactRecord[] {
  const given = { phone: value.phone, email: value.email, address: value.address };
  return Object.entries(given).flatMap(([kind, text]) => (text ? [{ person_id: personId, kind, value: text }] : []));
}
