import { findAccount } from "../account/store.ts";
import type { Db, Tx } from "../db/house.ts";
import { isForWard } from "../guardian/rules-declared.ts";
import { findNamed } from "../guardian/store-paper.ts";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { foldName } from "../kernel/names.ts";
import type { IdPaperKind } from "../kernel/numbers.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOf, findPersonByKey, getPerson, type NumberKind, numbersOf, type Person } from "../register/store.ts";
import { findNamesakes } from "../register/store-alike.ts";
import { lockPerson } from "../register/store-merge.ts";
import { type Photo, photosOf } from "../registration/photos/store-photo.ts";
import type { Answers } from "../registration/rules-answers.ts";
import { personsAPhone } from "../registration/rules-proof.ts";
import type { Declaration } from "../registration/store.ts";
import { countPersonsOfPhone } from "../registration/store-proof.ts";
import {
  type Circumstances,
  compareThreeWay,
  type Need,
  type Obstacle,
  obstaclesOf,
  overallNeed,
  type Row,
  type Side,
} from "./rules.ts";
import { isEndedCmnd, isOutOfDate } from "./rules-reading.ts";
import { copiesOf, type FiledReading, type PaperCopy, papersOf } from "./store.ts";

/** A file with everything that the comparison needs, and what the comparison says. */
export interface Dossier {
  file: Declaration;
  reading: FiledReading | undefined;
  /** Every paper that was read here; a corrected reading is not among them. */
  papers: FiledReading[];
  copies: PaperCopy[];
  /** What the person sent with the declaration. */
  photos: Photo[];
  /** The one person to whom the numbers lead. */
  person: Person | undefined;
  numbers: PersonNumber[];
  rows: Row[];
  obstacles: { obstacle: Obstacle; need: Need }[];
  need: Need;
}

export type PersonNumber = Awaited<ReturnType<typeof numbersOf>>[number];

/** Reads declaration, paper and register side by side (letter 330, annex 1, step 4). */
export async function loadDossier(db: Db | Tx, file: Declaration, now: Date, paperNo?: number): Promise<Dossier> {
  const papers = await papersOf(db, file.id);
  const chosen = papers.find(({ no }) => no === paperNo);
  const reading = chosen ?? papers.at(-1);
  const copies = await copiesOf(db, file.id);
  const persons = file.personId ? [await getPerson(db, file.personId)] : await personsOf(db, file, reading);
  const person = persons.length === 1 ? persons[0] : undefined;
  const numbers = person ? await numbersOf(db, person.personId) : [];
  const contacts = person ? await contactsOf(db, person.personId) : [];
  const phone = contacts.find(({ kind }) => kind === "phone")?.value;
  const register = person && registerSide(person, numbers, phone, file);
  // A child's file bears its guardian's telephone, and nobody signs in to a child's account.
  const isWards = isForWard(file.answers.who?.forWhom);
  const rows = compareThreeWay(declaredSide(file.answers), reading && paperSide(reading), register);
  const obstacles = obstaclesOf({
    ...readingFacts(reading, copies, now),
    hasPaperToChoose: papers.length > 1 && !chosen,
    personsFound: persons.length,
    hasNamesake: persons.length === 0 && (await namesakesOf(db, file, 1)).length > 0,
    hasDied: person?.diedOn != null,
    hasAccount: person !== undefined && (await findAccount(db, person.personId)) !== undefined,
    isPhoneTaken: !isWards && (await isPhoneTaken(db, file.phone, person)),
    lacksGuardian: isWards && (await findNamed(db, file.id)) === undefined,
    hasSignInNumber: isWards || hasSignInNumber(file, reading, numbers),
    isPhoneOfMany: await isPhoneOfMany(db, file.phone, now),
  });
  const photos = await photosOf(db, file.id);
  const sent = { papers, copies, photos };
  return { file, reading, ...sent, person, numbers, rows, obstacles, need: overallNeed(rows, obstacles) };
}

/**
 * For whoever admits: the person to whom the numbers lead, and whoever is named as a child's guardian, are locked, so
 * that until account and link are written nobody joins a record of theirs with another or records a death.
 */
export async function lockDossier(
  tx: Tx,
  file: Declaration,
  now: Date,
  { paperNo, locked = [] }: { paperNo?: number | undefined; locked?: readonly string[] } = {},
): Promise<Dossier> {
  const dossier = await loadDossier(tx, file, now, paperNo);
  const guardian = isForWard(file.answers.who?.forWhom) ? await findNamed(tx, file.id) : undefined;
  const ids = [dossier.person?.personId, guardian?.guardianId].filter((id) => id !== undefined);
  if (ids.every((id) => locked.includes(id))) return dossier;
  await lockPerson(tx, ...ids);
  return lockDossier(tx, file, now, { paperNo, locked: ids });
}

/** What asks for most: the fields and facts that an officer is told about. */
export function inTheWayOf({ rows, obstacles, need }: Pick<Dossier, "rows" | "obstacles" | "need">): string[] {
  const fields = rows.filter((row) => row.need === need).map(({ field }) => field);
  return [...fields, ...obstacles.filter((one) => one.need === need).map(({ obstacle }) => obstacle)];
}

/** Under which kind a paper's number stands in the register. */
export const numberKind: Record<IdPaperKind, NumberKind> = { cccd: "personal_id", cmnd: "cmnd", passport: "passport" };

/** Every different person to whom one of the declared or read numbers leads. */
export async function personsOf(db: Db | Tx, file: Declaration, reading: FiledReading | undefined): Promise<Person[]> {
  const keys: [NumberKind, string][] = [];
  if (file.insuranceNumber) keys.push(["bhxh", file.insuranceNumber]);
  if (file.idKind && file.idNumber) keys.push([numberKind[file.idKind], file.idNumber]);
  if (reading && reading.number !== file.idNumber) keys.push([numberKind[reading.kind], reading.number]);
  const found = new Map<string, Person>();
  for (const [kind, number] of keys) {
    const person = await findPersonByKey(db, kind, number);
    if (person) found.set(person.personId, person);
  }
  return [...found.values()];
}

function declaredSide(answers: Answers): Side {
  const { paper, name, birth, insurance, phone } = answers;
  return {
    insuranceNumber: insurance?.number ?? "",
    paper: paper ? { kind: paper.kind, number: paper.number } : "",
    name: name?.full ?? "",
    birth: birth ? { on: plainDate(birth.on), precision: birth.precision } : "",
    sex: name?.sex === 1 || name?.sex === 2 ? name.sex : "",
    phone: phone?.number ?? "",
  };
}

function paperSide(reading: FiledReading): Side {
  return {
    paper: { kind: reading.kind, number: reading.number },
    name: reading.name,
    birth: { on: reading.birthOn, precision: reading.birthPrecision },
  };
}

/** Of several numbers of one kind the declared one is compared when it is, or ever was, this person's. */
function registerSide(
  person: Person,
  numbers: readonly PersonNumber[],
  phone: string | undefined,
  file: Declaration,
): Side {
  const ofKind = (kind: NumberKind, wanted: string | null) =>
    (numbers.find((one) => one.kind === kind && one.number === wanted) ?? numbers.find((one) => one.kind === kind))
      ?.number;
  const idNumber = file.idKind ? ofKind(numberKind[file.idKind], file.idNumber) : undefined;
  return {
    insuranceNumber: ofKind("bhxh", file.insuranceNumber) ?? "",
    paper: file.idKind && idNumber ? { kind: file.idKind, number: idNumber } : "",
    name: person.fullName,
    birth: { on: plainDate(person.birthOn), precision: person.birthPrecision },
    sex: person.sex === 3 ? "" : person.sex,
    ...(phone ? { phone } : {}),
  };
}

function readingFacts(reading: FiledReading | undefined, copies: readonly PaperCopy[], now: Date) {
  const today = dayOf(now);
  return {
    isRead: reading !== undefined,
    originalSeen: reading?.originalSeen ?? false,
    formSigned: reading?.formSigned ?? false,
    faceMatches: reading?.faceMatches ?? false,
    isPaperOutOfDate: reading !== undefined && isOutOfDate(reading, today),
    isEndedCmnd: reading !== undefined && isEndedCmnd(reading, today),
    hasCopyOnFile: (reading?.copyKept ?? false) || copies.some(({ side }) => side === "front"),
  } satisfies Partial<Circumstances>;
}

/** Of a declaration whose numbers lead nowhere: records of the same name and birth date, as far as both are known. */
export async function namesakesOf(db: Db | Tx, file: Declaration, limit: number): Promise<Person[]> {
  const { answers, birthOn, birthPrecision } = file;
  const foldedName = foldName(answers.name?.full ?? "");
  if (!foldedName || !birthOn || !birthPrecision) return [];
  return findNamesakes(db, { foldedName, birthOn, birthPrecision }, limit);
}

async function isPhoneTaken(db: Db | Tx, phone: string | null, person: Person | undefined): Promise<boolean> {
  const holder = phone ? await findPersonByKey(db, "account_phone", phone) : undefined;
  return holder !== undefined && holder.personId !== person?.personId;
}

async function isPhoneOfMany(db: Db | Tx, phone: string | null, now: Date): Promise<boolean> {
  if (!phone) return false;
  return (await countPersonsOfPhone(db, phone)) > (await policyOn(db, personsAPhone, dayOf(now)));
}

/** People sign in by mã số BHXH or 12-digit number; a passport alone opens nothing. */
function hasSignInNumber(
  file: Declaration,
  reading: FiledReading | undefined,
  numbers: readonly PersonNumber[],
): boolean {
  const known = numbers.some(({ kind }) => kind === "bhxh" || kind === "personal_id");
  return known || file.insuranceNumber !== null || (reading?.kind ?? file.idKind) === "cccd";
}
