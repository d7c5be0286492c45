import { plainDate } from "../kernel/calendar.ts";
import { tidyName } from "../kernel/names.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** Units of the roll-out (letter 330/UBND-VX): what they are, what stands under what, what a form or a line says. Pure. */
export const UNIT_KINDS = ["province", "district", "commune", "hamlet", "agency", "enterprise", "school"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export interface Unit {
  code: string;
  kind: UnitKind;
  name: string;
  parentCode: string | null;
  officeCode: string;
  provinceCode: string;
  communeCode: string | null;
  employerCode: string | null;
  /** How many people the unit has to reach, and who says so: both or neither. */
  headcount: number | null;
  headcountSource: string | null;
  /** ISO days, both counted; no `validTo` while it exists. */
  validFrom: string;
  validTo: string | null;
}

/** District government ended with 30/06/2025 (the law of two levels): no district begins or lasts after it. */
export const LAST_DISTRICT_DAY = "2025-06-30";

/** What a unit may stand under; the first level stands under nothing. */
const MAY_STAND_UNDER: Record<UnitKind, readonly UnitKind[]> = {
  province: [],
  district: ["province"],
  commune: ["province", "district"],
  hamlet: ["commune"],
  agency: ["province", "district", "commune", "agency"],
  enterprise: ["province", "district", "commune"],
  school: ["province", "district", "commune"],
};

const CODE = /^[0-9A-Z][0-9A-Z-]{1,19}$/;
const NAME_AT_MOST = 200;
const HEADCOUNT_AT_MOST = 10_000_000;

/** `parent_from`: in a form alone, the day from which a unit is moved under the parent that was typed. */
export type UnitForm = Partial<Record<(typeof UNIT_COLUMNS)[number] | "parent_from", string>>;
export const UNIT_COLUMNS = [
  "unit_code",
  "kind",
  "name",
  "parent_code",
  "office_code",
  "province_code",
  "commune_code",
  "employer_code",
  "headcount",
  "headcount_source",
  "valid_from",
  "valid_to",
  "successors",
  "past_parents",
] as const;

export interface ParsedUnit {
  unit: Unit;
  /** Undefined: not said of a unit that ends, so that they stay as they are. */
  successors: string[] | undefined;
}

/** One unit as typed in a form or a line of a file: days as dd/MM/yyyy or yyyy-MM-dd, successors with spaces between. */
export function parseUnit(form: UnitForm): Outcome<ParsedUnit, Fault[]> {
  const faults: Fault[] = [];
  const fault = (field: string, key: string) => faults.push({ field, key });
  const code = codeOf(form.unit_code);
  const kind = UNIT_KINDS.find((one) => one === form.kind?.trim());
  const name = tidyName(form.name ?? "");
  const validFrom = isoDay(form.valid_from ?? "");
  const validTo = form.valid_to?.trim() ? isoDay(form.valid_to) : null;
  const headcount = countOf(form.headcount);
  const headcountSource = tidyName(form.headcount_source ?? "") || null;
  if (!code || !CODE.test(code)) fault("unit_code", "unit_code_shape");
  if (!kind) fault("kind", "kind_unknown");
  if (!/\p{L}{2}/u.test(name) || name.length > NAME_AT_MOST) fault("name", "name_missing");
  if (!validFrom) fault("valid_from", "day_shape");
  if (validTo === undefined) fault("valid_to", "day_shape");
  if (validFrom && validTo && validTo < validFrom) fault("valid_to", "ends_before_start");
  if (headcount === undefined) fault("headcount", "headcount_shape");
  if ((headcount === null) !== (headcountSource === null)) fault("headcount_source", "headcount_source_missing");
  const officeCode = codeOf(form.office_code);
  const provinceCode = codeOf(form.province_code);
  if (!officeCode) fault("office_code", "office_unknown");
  if (!provinceCode || !/^\d{2}$/.test(provinceCode)) fault("province_code", "province_unknown");
  const successors = form.successors === undefined && validTo ? undefined : codesOf(form.successors);
  if (successors && successors.length > 0 && !validTo) fault("successors", "successors_need_end");
  if (kind === "district" && validFrom && isDistrictTooYoung(validFrom, validTo ?? null)) {
    fault("valid_to", "district_has_ended");
  }
  if (faults.length > 0 || !code || !kind || !officeCode || !provinceCode || !validFrom) return bad(faults);
  const places = { communeCode: codeOf(form.commune_code) ?? null, employerCode: codeOf(form.employer_code) ?? null };
  const unit = {
    ...{ code, kind, name, parentCode: codeOf(form.parent_code) ?? null, officeCode, provinceCode, ...places },
    ...{ headcount: headcount ?? null, headcountSource, validFrom, validTo: validTo ?? null },
  };
  return good({ unit, successors });
}

const isDistrictTooYoung = (from: string, to: string | null) =>
  from > LAST_DISTRICT_DAY || to === null || to > LAST_DISTRICT_DAY;

export function codeOf(text: string | undefined): string | undefined {
  return text?.normalize("NFC").replace(/\s+/gu, "").toUpperCase() || undefined;
}

const codesOf = (text = "") =>
  text
    .toUpperCase()
    .split(/[\s+]+/u)
    .filter(Boolean);

/** null: nothing typed; undefined: no count. Dots and spaces between thousands are read over. */
function countOf(text: string | undefined): number | null | undefined {
  const digits = (text ?? "").replace(/[\s.]/gu, "");
  if (digits === "") return null;
  const count = /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
  return count <= HEADCOUNT_AT_MOST ? count : undefined;
}

/** dd/MM/yyyy or yyyy-MM-dd → ISO; undefined when there is no such day. */
export function isoDay(text: string): string | undefined {
  const typed = text.trim();
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  const iso = local ? `${local[3]}-${local[2]?.padStart(2, "0")}-${local[1]?.padStart(2, "0")}` : typed;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  try {
    return plainDate(iso).toString();
  } catch {
    return undefined;
  }
}

type Standing = Pick<Unit, "code" | "kind" | "validFrom" | "validTo">;

/**
 * What keeps a unit from standing under this parent on a day; `parent` is undefined when nobody has the code that was
 * given.
 */
export function parentFault(
  unit: Pick<Unit, "kind" | "parentCode">,
  parent: Standing | undefined,
  day: string,
): Fault | undefined {
  const field = "parent_code";
  if (unit.parentCode === null) return unit.kind === "hamlet" ? { field, key: "parent_missing" } : undefined;
  if (!parent) return { field, key: "parent_unknown" };
  if (!MAY_STAND_UNDER[unit.kind].includes(parent.kind)) return { field, key: "parent_kind" };
  return isOn(parent, day) ? undefined : { field, key: "parent_other_time" };
}

export function isOn({ validFrom, validTo }: Pick<Unit, "validFrom" | "validTo">, day: string): boolean {
  return validFrom <= day && (validTo === null || validTo >= day);
}

/** The day of a unit's life that is nearest to today: whoever had it in sight then may read of it. */
export function lookDay({ validFrom, validTo }: Pick<Unit, "validFrom" | "validTo">, today: string): string {
  if (validTo !== null && validTo < today) return validTo;
  return validFrom > today ? validFrom : today;
}

export interface TreeLine<U> {
  unit: U;
  /** 0: on top; a unit whose parent is out of sight stands on top as well. */
  depth: number;
}

const order = new Map(UNIT_KINDS.map((kind, at) => [kind, at]));

/** Units as one reads a tree, each under its parent; beside each other by kind and name. */
export function treeOf<U extends Pick<Unit, "code" | "kind" | "name" | "parentCode">>(
  units: readonly U[],
): TreeLine<U>[] {
  const known = new Set(units.map(({ code }) => code));
  const under = Map.groupBy(units, ({ parentCode }) => (parentCode && known.has(parentCode) ? parentCode : ""));
  const lines: TreeLine<U>[] = [];
  const walk = (parent: string, depth: number) => {
    for (const unit of (under.get(parent) ?? []).toSorted(byKindAndName)) {
      lines.push({ unit, depth });
      walk(unit.code, depth + 1);
    }
  };
  walk("", 0);
  return lines;
}

function byKindAndName(a: Pick<Unit, "kind" | "name">, b: Pick<Unit, "kind" | "name">): number {
  const kinds = (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0);
  return kinds || a.name.localeCompare(b.name, "vi", { numeric: true });
}
