import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { findEmployer, getCommune, getOffice, provinces } from "../units/store.ts";
import { lookAtUnit } from "./look.ts";
import { isOn, parentFault, type Unit, type UnitForm } from "./rules.ts";
import { moved, type PastParent, type PlacedUnit, parsePlacedUnit, standsSince } from "./rules-parents.ts";
import { findUnit, lockUnit, saveSuccessors, saveUnit } from "./store.ts";
import { ancestorsOn, childrenAfter, pastParentsOf, savePastParents } from "./store-parents.ts";

/** Adding, changing and ending a unit: by a supervisor of the office that serves it. A unit is never deleted. */

export async function addUnit(house: House, staff: Staff, form: UnitForm): Promise<Unit> {
  const parsed = parsedOf({ office_code: officesOf(staff, "supervisor")[0] ?? "", ...form });
  return inTransaction(house.db, async (tx) => {
    if (await findUnit(tx, parsed.unit.code)) throw new Conflict("unit_code_taken");
    await write(house, tx, staff, parsed, "drive.unit_added");
    return parsed.unit;
  });
}

/**
 * What is not in the form stays as it is; code and kind never change. With `parent_from` the unit is moved: until the day
 * before it stood where it stood. Without, another parent is a correction of all its days.
 */
export async function changeUnit(house: House, staff: Staff, code: string, form: UnitForm): Promise<Unit> {
  return inTransaction(house.db, async (tx) => {
    const { rights } = await lookAtUnit(tx, staff, code, house.clock.now());
    if (!rights.edits) throw new Forbidden();
    const unit = await lockUnit(tx, code);
    const { past_parents: _, ...typed } = form;
    const parsed = parsedOf({ ...formOf(unit), ...typed, unit_code: code, kind: unit.kind });
    if (form.parent_from?.trim()) parsed.pastParents = await afterMove(house, tx, unit, parsed, form.parent_from);
    await write(house, tx, staff, parsed, "drive.unit_changed");
    return parsed.unit;
  });
}

/** The last day, and what takes over. What stands under the unit must have ended, or stand elsewhere. */
export async function endUnit(
  house: House,
  staff: Staff,
  code: string,
  { valid_to = "", successors }: Pick<UnitForm, "valid_to" | "successors">,
): Promise<void> {
  if (!valid_to.trim()) throw new Invalid([{ field: "valid_to", key: "day_shape" }]);
  await inTransaction(house.db, async (tx) => {
    const { rights } = await lookAtUnit(tx, staff, code, house.clock.now());
    if (!rights.edits) throw new Forbidden();
    const unit = await lockUnit(tx, code);
    const parsed = parsedOf({ ...formOf(unit), valid_to, ...(successors === undefined ? {} : { successors }) });
    const left = await childrenAfter(tx, code, parsed.unit.validTo ?? "");
    if (left.length > 0)
      throw new Invalid([{ field: "valid_to", key: "children_left", values: { left: left.length } }]);
    await write(house, tx, staff, parsed, "drive.unit_ended");
  });
}

async function afterMove(house: House, tx: Tx, unit: Unit, parsed: PlacedUnit, day: string): Promise<PastParent[]> {
  const done = moved({
    ...{ from: unit.parentCode, to: parsed.unit.parentCode, day, unit: parsed.unit },
    ...{ past: await pastParentsOf(tx, unit.code), today: dayOf(house.clock.now()).toString() },
  });
  if (!done.ok) throw new Invalid([done.faults]);
  return done.value;
}

function parsedOf(form: UnitForm): PlacedUnit {
  const parsed = parsePlacedUnit(form);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return parsed.value;
}

function formOf(unit: Unit): UnitForm {
  return {
    unit_code: unit.code,
    kind: unit.kind,
    name: unit.name,
    parent_code: unit.parentCode ?? "",
    office_code: unit.officeCode,
    province_code: unit.provinceCode,
    commune_code: unit.communeCode ?? "",
    employer_code: unit.employerCode ?? "",
    headcount: unit.headcount === null ? "" : String(unit.headcount),
    headcount_source: unit.headcountSource ?? "",
    valid_from: unit.validFrom,
    valid_to: unit.validTo ?? "",
  };
}

async function write(house: House, tx: Tx, staff: Staff, parsed: PlacedUnit, action: string): Promise<void> {
  const { unit } = parsed;
  if (!officesOf(staff, "supervisor").includes(unit.officeCode)) throw new Forbidden();
  const faults = await placeFaults(tx, parsed);
  if (faults.length > 0) throw new Invalid(faults);
  await saveParsed(tx, parsed);
  await record(tx, {
    ...{ at: house.clock.now(), actor: staff, action, purpose: "rollout", officeCode: unit.officeCode },
    object: { kind: "drive_unit", id: unit.code },
  });
}

/** True when that changes something; its places were found right before. */
export async function saveParsed(tx: Tx, { unit, successors, pastParents }: PlacedUnit): Promise<boolean> {
  const isNew = await saveUnit(tx, unit);
  const isOther = successors !== undefined && (await saveSuccessors(tx, unit.code, successors));
  const hasMoved = pastParents !== undefined && (await savePastParents(tx, unit.code, pastParents));
  return isNew || isOther || hasMoved;
}

/** What the codes of a parsed unit name: each must exist on the day from which the unit does, or stands there. */
export async function placeFaults(tx: Tx, { unit, successors, pastParents }: PlacedUnit): Promise<Fault[]> {
  const faults: Fault[] = [];
  const fault = (field: string, key: string) => faults.push({ field, key });
  if (!(await getOffice(tx, unit.officeCode))) fault("office_code", "office_unknown");
  const known = await provinces(tx, unit.validFrom);
  if (!known.some(({ code }) => code === unit.provinceCode)) fault("province_code", "province_unknown");
  if (unit.communeCode && !(await getCommune(tx, unit.communeCode, unit.validFrom))) {
    fault("commune_code", "commune_unknown");
  }
  if (unit.employerCode && !(await findEmployer(tx, unit.employerCode))) fault("employer_code", "employer_unknown");
  faults.push(...(await parentFaults(tx, unit, pastParents)));
  for (const successor of successors ?? []) {
    const next = await findUnit(tx, successor);
    if (!next || next.code === unit.code || (unit.validTo && !isOn(next, dayAfter(unit.validTo)))) {
      fault("successors", "successor_unknown");
      break;
    }
  }
  return faults;
}

/** Of the present parent on its first day, and of each past one on its last. */
async function parentFaults(tx: Tx, unit: Unit, said: readonly PastParent[] | undefined): Promise<Fault[]> {
  const past = said ?? (await pastParentsOf(tx, unit.code));
  const own = await standingFault(tx, unit, unit.parentCode, standsSince(unit, past));
  const faults = own ? [own] : [];
  for (const { parentCode, validTo } of past) {
    const fault = await standingFault(tx, unit, parentCode, validTo);
    if (fault) faults.push({ ...fault, field: "past_parents" });
  }
  return faults;
}

async function standingFault(tx: Tx, unit: Unit, parentCode: string | null, day: string): Promise<Fault | undefined> {
  const parent = parentCode ? await findUnit(tx, parentCode) : undefined;
  const fault = parentFault({ kind: unit.kind, parentCode }, parent, day);
  if (fault || !parent) return fault;
  const isCircle = parent.code === unit.code || (await ancestorsOn(tx, parent.code, day)).includes(unit.code);
  return isCircle ? { field: "parent_code", key: "parent_circle" } : undefined;
}

const dayAfter = (day: string) => plainDate(day).add({ days: 1 }).toString();
