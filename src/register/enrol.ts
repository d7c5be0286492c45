import { randomUUID } from "node:crypto";
import type { Tx } from "../db/house.ts";
import { bumpVersion } from "../db/person-version.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict } from "../kernel/failures.ts";
import { foldName, tidyName } from "../kernel/names.ts";
import type { NumberKind } from "./store.ts";
import { claimKey, endNumbers, insertNumber, insertPerson } from "./store-write.ts";

/** Who was accepted at the counter, as their paper names them. */
export interface Enrolment {
  /** The person of the register whom the numbers led to; undefined when none did. */
  personId: string | undefined;
  name: string;
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
  sex: 1 | 2 | 3;
  numbers: readonly {
    kind: NumberKind;
    number: string;
    issuedOn?: string | undefined;
    issuedBy?: string | undefined;
  }[];
  at: Date;
}

/**
 * Finds a place in the register for an accepted person: links the numbers of their paper to the person
 * already there, or writes a new one. A new CCCD ends the CMND before it and never overwrites it. Runs
 * inside the acceptance; a number that belongs to somebody else stops everything.
 */
export async function enrol(tx: Tx, person: Enrolment): Promise<string> {
  const personId = person.personId ?? (await insertPerson(tx, newPersonOf(person)));
  const today = dayOf(person.at).toString();
  let hasNewNumber = false;
  for (const { kind, number, issuedOn, issuedBy } of person.numbers) {
    const holder = await claimKey(tx, kind, number, personId);
    if (holder !== personId) throw new Conflict("number_of_another");
    const isNew = await insertNumber(tx, personId, { kind, number, validFrom: issuedOn ?? today, issuedOn, issuedBy });
    if (!isNew) continue;
    hasNewNumber = true;
    await endEarlier(tx, personId, kind, number, today);
  }
  if (hasNewNumber && person.personId) await bumpVersion(tx, personId);
  return personId;
}

/** The CCCD replaces CMND and any CCCD before it; a passport replaces the last passport. */
async function endEarlier(tx: Tx, personId: string, kind: NumberKind, number: string, lastDay: string): Promise<void> {
  if (kind === "personal_id") await endNumbers(tx, personId, "cmnd", lastDay, number);
  if (kind === "personal_id" || kind === "passport") await endNumbers(tx, personId, kind, lastDay, number);
}

function newPersonOf(person: Enrolment) {
  const { birthOn, birthPrecision, sex } = person;
  const fullName = tidyName(person.name);
  return { publicId: randomUUID(), fullName, foldedName: foldName(fullName), birthOn, birthPrecision, sex };
}
