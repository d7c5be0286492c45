/**
 * What a claim carries beside its costs (XML0, XML6–XML15) → two texts: HIV care (XML6), which has a right of its own,
 * and the papers. Every filled field is kept as it was written, in the order of the annex.
 */
import { hash } from "node:crypto";
import { checkSizes } from "./claim-checks.ts";
import { Unfit } from "./claim-fields.ts";
import type { InnerFile } from "./dossier.ts";
import type { Flags } from "./flags.ts";
import { rowsOf } from "./read-rows.ts";
import type { Row } from "./scan.ts";
import { REST_TABLES, type RestName, type SpecName, tables } from "./spec.ts";

export interface Rest {
  /** {"XML7":[{"FIELD":"value"}]}, or null when only XML6 is there. */
  tables: string | null;
  /** {"XML6":[…]} or null. */
  hivTables: string | null;
  /** Of both texts: hex. */
  sha256: string;
}

export interface RestContext {
  episodeKey: string;
  spec: SpecName;
  /** Day of discharge, ISO. */
  leftOn: string;
  flags: Flags;
}

export const HIV_TABLE = "XML6";

export function readRest(files: readonly InnerFile[], context: RestContext): Rest | undefined {
  const names = REST_TABLES.filter((name) => files.some(({ kind }) => kind === name));
  if (names.length === 0) return undefined;
  const kept = names
    .map((name) => [name, keep(name, rowsOf(name, files, context.flags), context)] as const)
    .filter(([, rows]) => rows.length > 0);
  if (kept.length === 0) return undefined;
  const textOf = (some: typeof kept) => (some.length > 0 ? JSON.stringify(Object.fromEntries(some)) : null);
  const papers = textOf(kept.filter(([name]) => name !== HIV_TABLE));
  const hivTables = textOf(kept.filter(([name]) => name === HIV_TABLE));
  return { tables: papers, hivTables, sha256: hash("sha256", `${papers ?? ""}\n${hivTables ?? ""}`, "hex") };
}

function keep(name: RestName, rows: readonly Row[], context: RestContext): Record<string, string>[] {
  const { shape, place } = tables[name];
  // XML12 does not say of which visit it is: it stands in the record of one.
  const [key, again] = [name === "XML12" ? -1 : place("MA_LK"), name === "XML14" ? place("NGAY_HEN_KL") : -1];
  checkSizes(name, rows, context.spec, context.flags);
  return rows.map((row) => {
    const of = row[key]?.trim();
    if (of && of !== context.episodeKey) throw new Unfit("line_of_other_visit", `${name}.MA_LK`);
    if (again >= 0) checkAppointment(row[again] ?? "", context);
    const filled: Record<string, string> = {};
    for (const [field, at] of shape.places) {
      const value = row[at]?.trim();
      if (value && at !== key) filled[field] = value;
    }
    return filled;
  });
}

/** A follow-up lies on or after the day of discharge (data standards §1.4). */
function checkAppointment(days: string, { leftOn, flags }: RestContext): void {
  const left = leftOn.replaceAll("-", "");
  const isEarly = days.split(";").some((day) => day.trim() !== "" && day.trim().slice(0, 8) < left);
  if (isEarly) flags.add("date_order", "XML14.NGAY_HEN_KL");
}
