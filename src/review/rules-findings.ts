import type { Difference } from "../kernel/names.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import type { Field, Need, Row } from "./rules.ts";

/** What the officer ticks row by row: which source is trusted, and why where sources really differ. Pure. */
export const SOURCES = ["declared", "paper", "register"] as const;
export type Source = (typeof SOURCES)[number];

export interface Tick {
  trusted?: string | undefined;
  reason?: string | undefined;
}

export type Ticks = Partial<Record<Field, Tick>>;

/** One row as it was decided on. */
export interface Finding {
  field: Field;
  difference: Difference;
  trusted: Source;
  /** Undefined where nothing had to be explained. */
  reason: string | undefined;
}

export const REASON_AT_MOST = 300;
const NOTE_AT_MOST = 500;

interface Judged {
  rows: readonly Row[];
  obstacles: readonly { need: Need }[];
}

/**
 * Every row that really differs needs a trusted source and a reason of its own; what is only missing, and
 * whatever stands beside the rows, needs one written note. Where a single row differs the note may be its reason.
 */
export function judge(dossier: Judged, ticks: Ticks, note: string): Outcome<Finding[], Fault[]> {
  const real = dossier.rows.filter(({ difference }) => difference === "real");
  const spoken = tidy(note, NOTE_AT_MOST);
  const standIn = real.length === 1 ? spoken : "";
  const faults: Fault[] = [];
  const findings = dossier.rows
    .filter(({ difference, field }) => difference !== "equal" || ticks[field]?.trusted)
    .map((row): Finding => {
      const tick = ticks[row.field] ?? {};
      const trusted = sourcesOf(row).find((source) => source === tick.trusted);
      const reason = tidy(tick.reason ?? "", REASON_AT_MOST) || (row.difference === "real" ? standIn : "");
      if (row.difference === "real") {
        if (!trusted && !standIn) faults.push({ field: `trusted_${row.field}`, key: "trusted_missing" });
        if (!reason) faults.push({ field: `reason_${row.field}`, key: "row_reason_missing" });
      }
      const { field, difference } = row;
      return { field, difference, trusted: trusted ?? firstSource(row), reason: reason || undefined };
    });
  if (needsNote(dossier) && !spoken) faults.push({ field: "note", key: "note_missing" });
  return faults.length > 0 ? bad(faults) : good(findings);
}

/** Something beside the really differing rows has to be explained. */
export function needsNote({ rows, obstacles }: Judged): boolean {
  const isAsked = (need: Need) => need === "note" || need === "supervisor";
  return (
    obstacles.some(({ need }) => isAsked(need)) || rows.some((row) => row.difference !== "real" && isAsked(row.need))
  );
}

/** Rows on which the officer is asked for a source. */
export function rowsToTick(rows: readonly Row[]): Row[] {
  return rows.filter(({ need }) => need !== "nothing");
}

/** The sources that speak of a field at all. */
export function sourcesOf(row: Row): Source[] {
  return SOURCES.filter((source) => row[source]);
}

/** Whom one believes unless told otherwise: the paper in the hand, then the register, then the person. */
export function firstSource(row: Row): Source {
  return (["paper", "register"] as const).find((source) => row[source]) ?? "declared";
}

/** Of a proposal that bears no mark (proposal-mark.ts): does nothing differ now that was not in it? */
export function isStillAsProposed(rows: readonly Row[], findings: readonly Finding[]): boolean {
  return rows.every(
    ({ field, difference }) =>
      difference !== "real" || findings.some((one) => one.field === field && one.difference === "real"),
  );
}

function tidy(text: string, atMost: number): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim().slice(0, atMost);
}
