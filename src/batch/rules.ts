import { parseFileCode } from "../kernel/file-code.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** A batch: signed forms of one unit, handed in at one sitting, decided one by one. Pure. */
export const SCANS = [
  "taken",
  "twice",
  "other_batch",
  "unknown",
  "elsewhere",
  "lapsed",
  "not_waiting",
  "no_code",
] as const;
/** What came of one code that was scanned. */
export type Scan = (typeof SCANS)[number];

export const LINES_AT_MOST = 500;
const NAME_AT_MOST = 200;

/** A scanner sends one code and Enter; a pasted list is taken whole. */
export function partsIn(typed: string): string[] {
  if (parseFileCode(typed)) return [typed];
  return typed
    .normalize("NFC")
    .split(/[\s,;]+/u)
    .filter((part) => part !== "");
}

/** Alone, or inside an address of ours, as the QR code of a form may hold it; undefined for what is no code. */
export function codeIn(part: string): string | undefined {
  return parseFileCode(part) ?? parseFileCode(/BD-?[0-9A-Z]{4}-?[0-9A-Z]{4}/i.exec(part)?.[0] ?? "");
}

export interface Opening {
  unitCode: string | undefined;
  /** Empty when the code alone names the unit. */
  unitName: string;
}

export function parseOpening(form: { unit_code?: string; unit_name?: string }): Outcome<Opening, Fault[]> {
  const unitCode = form.unit_code?.normalize("NFC").replace(/\s+/gu, "").toUpperCase() || undefined;
  const unitName = (form.unit_name ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
  const faults: Fault[] = [];
  if (unitCode && !/^[0-9A-Z]{2,15}$/.test(unitCode)) faults.push({ field: "unit_code", key: "unit_code_shape" });
  if (!unitCode && !/\p{L}{2}/u.test(unitName)) faults.push({ field: "unit_name", key: "unit_missing" });
  if (unitName.length > NAME_AT_MOST) faults.push({ field: "unit_name", key: "unit_name_long" });
  return faults.length > 0 ? bad(faults) : good({ unitCode, unitName });
}

/** Where a file of the batch stands, in the words of the batch. */
export const STANDS = ["waiting", "received", "accepted", "refused", "withdrawn", "lapsed", "gone"] as const;
export type Stand = (typeof STANDS)[number];

interface Standing {
  status: string;
  officeCode: string | null;
  heldBy: string | null;
}

/** `gone`: handed over to another office, which decides it now. */
export function standOf(file: Standing, officeCode: string): Stand {
  if (file.officeCode !== officeCode) return "gone";
  if (file.status === "confirmed") return "waiting";
  return STANDS.find((stand) => stand === file.status) ?? "waiting";
}

export interface Progress {
  done: number;
  of: number;
}

/** The office still has to work on it. */
export const isOpen = (stand: Stand): boolean => stand === "waiting" || stand === "received";

/** What the office no longer has to work on counts as done. */
export function progressOf(stands: readonly Stand[]): Progress {
  const open = stands.filter(isOpen).length;
  return { done: stands.length - open, of: stands.length };
}

/** The next file for this officer: what lies open on their desk, then the first that waits, then what nobody holds. */
export function nextOf<F extends Standing>(files: readonly F[], officeCode: string, staffId: string): F | undefined {
  const here = files.filter((file) => file.officeCode === officeCode);
  return (
    here.find(({ status, heldBy }) => status === "received" && heldBy === staffId) ??
    here.find(({ status }) => status === "confirmed") ??
    here.find(({ status, heldBy }) => status === "received" && heldBy === null)
  );
}
