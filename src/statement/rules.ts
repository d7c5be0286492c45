import { z } from "zod";
import type { PlainDate } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";

/** Papers of one's own record (bản kê): which there are, how long their code answers, what the check shows. Pure. */
export const KINDS = ["participation", "visits"] as const;
export type StatementKind = (typeof KINDS)[number];

export const validDays = definePolicy({
  name: "statement.valid_days",
  meaning: "Days for which the check code of a paper answers, the day of making not counted",
  schema: z.number().int().min(1).max(366),
  values: [{ from: "2021-01-01", value: 90, source: "proposal: a season is enough for a loan or an application" }],
});

export const aDayMost = definePolicy({
  name: "statement.a_day_most",
  meaning: "Papers that may be made of one record on one day",
  schema: z.number().int().min(1).max(200),
  values: [{ from: "2021-01-01", value: 20, source: "proposal" }],
});

/** A paper whose code ended is of use to nobody; its row is kept so long, for the person's own list. */
export const keptDays = definePolicy({
  name: "statement.kept_days",
  meaning: "Days for which a paper stays in the person's list after its code ended",
  schema: z.number().int().min(0).max(3660),
  values: [{ from: "2021-01-01", value: 365, source: "proposal" }],
});

export const statementPolicies = [validDays, aDayMost, keptDays];

/** What is asked for: the year belongs to visits alone, and illnesses that are private stand there only when ticked. */
export interface Wish {
  kind: StatementKind;
  year: number | undefined;
  withPrivate: boolean;
}

export function parseWish(typed: { kind?: string; year?: string; withPrivate?: boolean }): Outcome<Wish, Fault[]> {
  const kind = KINDS.find((one) => one === typed.kind);
  if (!kind) return bad([{ field: "kind", key: "kind_missing" }]);
  if (kind === "participation") return good({ kind, year: undefined, withPrivate: false });
  const year = parseYear(typed.year);
  if (!year) return bad([{ field: "year", key: "year_missing" }]);
  return good({ kind, year, withPrivate: typed.withPrivate === true });
}

export function parseYear(text: string | undefined): number | undefined {
  return text && /^(19|20|21)\d\d$/.test(text) ? Number(text) : undefined;
}

/** The totals of the box on the paper and, the same, on the page of the check. Months and days are ISO days, đồng whole. */
export type Figures =
  | {
      kind: "participation";
      funds: { fund: "bhxh" | "bhtn" | "tnld" | "bhyt"; paid: number; unpaid: number; last: string | undefined }[];
      rows: number;
      /** The newest amount on which payment for BHXH is counted. */
      base: { month: string; amount: string } | undefined;
    }
  | {
      kind: "visits";
      year: number;
      visits: number;
      total: string;
      parts: { fund: string; co: string; self: string; other: string };
      last: string | undefined;
    };

/** The number that ties a paper to a person: the mã số BHXH, else the number of identity of whoever has none. */
const NUMBER_KINDS = ["bhxh", "personal_id"] as const;
export interface PaperNumber {
  kind: (typeof NUMBER_KINDS)[number];
  number: string;
}

export function paperNumberOf(
  numbers: readonly { kind: string; number: string; validTo: string | null }[],
): PaperNumber | undefined {
  const present = numbers.filter(({ validTo }) => validTo === null);
  const kind = NUMBER_KINDS.find((one) => present.some((held) => held.kind === one));
  const number = present.find((held) => held.kind === kind)?.number;
  return kind && number ? { kind, number } : undefined;
}

/** What the code opens: enough to compare with the paper in hand, no more. */
export interface Shown {
  initials: string;
  /** Masked; empty where the person has none. */
  number: string;
  /** Absent on papers that were made while they bore no other kind. */
  numberKind?: PaperNumber["kind"] | undefined;
  figures: Figures;
}

/** "Nguyễn Thị Hoa" → "N. T. H." */
export function initialsOf(name: string): string {
  return name
    .split(/\s+/u)
    .filter(Boolean)
    .map((word) => `${[...word][0]?.toLocaleUpperCase("vi")}.`)
    .join(" ");
}

export type Standing = "good" | "ended" | "withdrawn";

/** The last day counts whole. */
export function standingOf(paper: { expiresOn: string; withdrawnAt: Date | null }, today: PlainDate): Standing {
  if (paper.withdrawnAt) return "withdrawn";
  return paper.expiresOn < today.toString() ? "ended" : "good";
}

export function expiryOf(made: PlainDate, days: number): PlainDate {
  return made.add({ days });
}
