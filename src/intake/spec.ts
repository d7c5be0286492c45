/**
 * The claim tables by decision: 4210 (2017), 130 (2023), 4750 (2024), 3176 (2025) and 1931 (07/2026).
 * Fields, sizes and dates are rows of db/reference; the rules of a visit are those of its last day.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { projectRoot } from "../db/root.ts";
import type { Shape } from "./scan.ts";

export type SpecName = "4210" | "130" | "4750" | "3176" | "1931-2026";
/** What the costs, results and notes of a visit are read from. */
export const TABLES = ["XML1", "XML2", "XML3", "XML4", "XML5"] as const;
/**
 * Papers and care records that a claim carries beside them: kept as they were written. XML12 is typed on the insurer's
 * portal; its root stands in no public text, so any is taken.
 */
export const REST_TABLES = [
  "XML0", "XML6", "XML7", "XML8", "XML9", "XML10", "XML11", "XML12", "XML13", "XML14", "XML15",
] as const; // biome-ignore format: a list
export type RestName = (typeof REST_TABLES)[number];
export type TableName = (typeof TABLES)[number] | RestName;

/** From which day a decision is used everywhere; the last that has begun holds. */
const decisions: readonly { name: SpecName; from: string }[] = [
  { name: "130", from: "2023-01-18" },
  { name: "4750", from: "2024-07-01" },
  { name: "3176", from: "2025-01-01" },
  { name: "1931-2026", from: "2026-07-01" },
];
/** 4210 ended on this day (QĐ 4750/QĐ-BYT). */
export const OLD_SPEC_ENDS = "2024-07-01";
const specNames: readonly SpecName[] = ["4210", ...decisions.map((decision) => decision.name)];

/** How one field is checked under one decision. */
export interface FieldCheck {
  place: number;
  name: string;
  /** Size of the Ministry's annex: longer is told. */
  told: number;
  /** The widest that any annex since 4750 or the insurer's sheet allows: longer is not taken, under whichever decision. */
  most: number;
  isNumber: boolean;
  isRequired: boolean;
}

/** The same of all fields of a table, side by side: every field of every row is held against them. */
export interface Sizes {
  places: Int32Array;
  told: Int32Array;
  isNumber: Uint8Array;
  isRequired: Uint8Array;
}

export interface Table {
  name: TableName;
  shape: Shape;
  checks: Readonly<Record<SpecName, readonly FieldCheck[]>>;
  sizes: Readonly<Record<SpecName, Sizes>>;
  /** Place of a field; throws on a name that the table does not have. */
  place(field: string): number;
}

/** Limit where the decision sets none ("n"): a text larger than this is no text of a visit. */
export const TEXT_MAX = 64 * 1024;
const START_TAG = /^<([A-Za-z_][\w.-]*)>\s*/;
const CONTAINERS_MAX = 2;

/** How a table without a known root is read: the elements around its fields are those that it has. */
export function shapeIn(text: string, { shape }: Table): Shape {
  const around: string[] = [];
  let rest = text.replace(/^\ufeff?\s*(?:<\?[^?]*\?>\s*)?/, "");
  for (let tag = START_TAG.exec(rest); tag && around.length <= CONTAINERS_MAX + 1; tag = START_TAG.exec(rest)) {
    const inner = rest.slice(tag[0].length);
    if (shape.places.has(tag[1] ?? "") || !/^<[^/]/.test(inner)) break;
    around.push(tag[1] ?? "");
    rest = inner;
  }
  const row = around.pop();
  return row === undefined || around.length > CONTAINERS_MAX ? shape : { ...shape, containers: around, row };
}

/** Which decision a claim follows: by the fields that are there, then by the day it ended. */
export function specOf(isOldLayout: boolean, dischargedOn: string): SpecName {
  if (isOldLayout) return "4210";
  return decisions.findLast((decision) => decision.from <= dischargedOn)?.name ?? "130";
}

type Line = Record<string, string>;

function readReference(file: string): Line[] {
  return parse(readFileSync(join(projectRoot, "db", "reference", file)), { columns: true }) as Line[];
}

function makeTable(name: TableName, roots: Line[], newFields: Line[], oldFields: Line[]): Table {
  const root = roots.find((line) => line.table === name) ?? {};
  const own = newFields.filter((line) => line.table === name);
  const old = oldFields.filter((line) => line.table === name);
  const places = new Map<string, number>();
  for (const { field = "" } of [...own, ...old]) if (!places.has(field)) places.set(field, places.size);
  const containers = [root.root ?? "", root.list ?? ""].filter((element) => element && element !== root.row);
  const place = (field: string): number => {
    const at = places.get(field);
    if (at === undefined) throw new Error(`${name} has no field ${field}`);
    return at;
  };
  const checksOf = (spec: SpecName) =>
    spec === "4210" ? old.map((line) => oldCheck(line, own, place)) : own.map((line) => newCheck(line, spec, place));
  const bySpec = <T>(make: (spec: SpecName) => T) =>
    Object.fromEntries(specNames.map((spec) => [spec, make(spec)])) as Record<SpecName, T>;
  const checks = bySpec(checksOf);
  return {
    name,
    shape: { containers, row: root.row ?? "", places, width: places.size },
    checks,
    sizes: bySpec((spec) => sizesOf(checks[spec])),
    place,
  };
}

function sizesOf(checks: readonly FieldCheck[]): Sizes {
  return {
    places: Int32Array.from(checks, ({ place }) => place),
    told: Int32Array.from(checks, ({ told }) => Math.min(told, TEXT_MAX)),
    isNumber: Uint8Array.from(checks, ({ isNumber }) => Number(isNumber)),
    isRequired: Uint8Array.from(checks, ({ isRequired }) => Number(isRequired)),
  };
}

function newCheck(line: Line, spec: SpecName, place: (field: string) => number): FieldCheck {
  const { field = "" } = line;
  const annexes: Record<SpecName, number> = {
    "4210": size(line.length),
    "130": size(line.length_before_4750, size(line.length)),
    "4750": size(line.length),
    "3176": size(line.length_3176, size(line.length)),
    "1931-2026": size(line.length_1931, size(line.length_3176, size(line.length))),
  };
  const { "130": before4750, ...since } = annexes;
  return {
    place: place(field),
    name: field,
    told: annexes[spec],
    most: Math.max(annexes[spec], ...Object.values(since), size(line.length_vss, 0)),
    isNumber: line.type === "number",
    // Districts ended on 01/07/2025 while the sheet still asks for them: empty is accepted.
    isRequired: line.mandatory === "yes" && field !== "MAHUYEN_CU_TRU" && !isDropped(line, spec),
  };
}

/** Fields that 3176 took out stay known, for older claims and for those who still send them; no later decision asks for them. */
function isDropped({ note = "" }: Line, spec: SpecName): boolean {
  return specNames.indexOf(spec) >= specNames.indexOf("3176") && note.startsWith("removed by 3176");
}

/** Sizes of 4210 are those of the field that came after; what had to be filled is not known. */
function oldCheck(line: Line, own: Line[], place: (field: string) => number): FieldCheck {
  const { field = "" } = line;
  const successor = own.find((candidate) => candidate.field === line.successor);
  const base = successor ? newCheck(successor, "4750", place) : { told: Infinity, most: Infinity, isNumber: false };
  return {
    ...base,
    place: place(field),
    name: field,
    isRequired: ["MA_LK", "STT", "HO_TEN", "MA_CSKCB"].includes(field),
  };
}

/** "255" → 255, "n" → no limit, "" → the other. */
function size(text: string | undefined, otherwise = Infinity): number {
  if (!text) return otherwise;
  return text === "n" ? Infinity : Number(text);
}

const roots = readReference("claim-roots.csv");
const newFields = readReference("xml130-fields.csv");
const oldFields = readReference("xml4210-fields.csv");

export const tables = Object.fromEntries(
  [...TABLES, ...REST_TABLES].map((name) => [name, makeTable(name, roots, newFields, oldFields)]),
) as Record<TableName, Table>;
