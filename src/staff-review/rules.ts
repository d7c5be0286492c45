import { officesOf, type Staff } from "../kernel/actor.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** Who answers for an office, and what a review of its staff decides about each right. Pure. */

export const VERDICTS = ["keep", "end"] as const;
export type ReviewVerdict = (typeof VERDICTS)[number];

export const REASON_AT_LEAST = 10;
export const REASON_AT_MOST = 300;

/** So many lines are shown and decided at once, those that are due first: a form has its bound (web/form.ts). */
export const LINES_AT_ONCE = 80;

/** The offices for whose staff somebody answers: supervisors and leaders of an office. */
export function officesAnswered(staff: Staff): string[] {
  return [...new Set([...officesOf(staff, "supervisor"), ...officesOf(staff, "leader")])];
}

/** Who reads the reviews of every office, and decides in none. */
export function readsAll({ roles }: Staff): boolean {
  return roles.some(({ role }) => role === "auditor" || role === "operator");
}

/** One right of a member at the office, and what the page says of its holder. */
export interface ReviewLine {
  staffId: string;
  username: string;
  name: string;
  /** role@office, right:name */
  held: string;
  /** Role or right, without where. */
  what: string;
  isRole: boolean;
  /** ISO days. */
  since: string;
  lastSeenOn: string | null;
  stoppedOn: string | null;
  confirmedOn: string | null;
  confirmedBy: string | null;
  confirmedUntil: string;
  isDue: boolean;
  factors: readonly string[];
  /** Counted looks at persons in the last days. */
  looks: number;
}

export interface Decision {
  line: ReviewLine;
  verdict: ReviewVerdict;
  /** Why it ends; null where it is kept. */
  reason: string | null;
}

/** "officer@52T01" → officer; "right:claims" → claims. */
export function nameOf(held: string): { what: string; isRole: boolean } {
  if (held.startsWith("right:")) return { what: held.slice("right:".length), isRole: false };
  return { what: held.split("@")[0] ?? held, isRole: true };
}

export const verdictField = ({ staffId, what }: Pick<ReviewLine, "staffId" | "what">) => `do-${staffId}-${what}`;
export const reasonField = ({ staffId, what }: Pick<ReviewLine, "staffId" | "what">) => `why-${staffId}-${what}`;

/** The decisions that a form names among these lines. What it leaves open stays as it is; of all it may not be. */
export function readDecisions(
  lines: readonly ReviewLine[],
  form: Readonly<Record<string, string>>,
): Outcome<Decision[], Fault[]> {
  const decisions: Decision[] = [];
  const faults: Fault[] = [];
  for (const line of lines) {
    const verdict = VERDICTS.find((one) => one === form[verdictField(line)]);
    if (!verdict) continue;
    const reason = verdict === "end" ? readReason(form[reasonField(line)]) : null;
    if (reason === undefined) faults.push({ field: reasonField(line), key: "reason_short" });
    else decisions.push({ line, verdict, reason });
  }
  if (faults.length > 0) return bad(faults);
  const [first] = lines;
  if (decisions.length > 0 || !first) return good(decisions);
  return bad([{ field: verdictField(first), key: "nothing_decided" }]);
}

function readReason(typed: string | undefined): string | undefined {
  const text = (typed ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
  return text.length >= REASON_AT_LEAST && text.length <= REASON_AT_MOST ? text : undefined;
}

/** Those due first come first; the order of names stays within. */
export function dueFirst(lines: readonly ReviewLine[]): ReviewLine[] {
  return [...lines.filter((one) => one.isDue), ...lines.filter((one) => !one.isDue)];
}

export interface OfficeState {
  officeCode: string;
  members: number;
  rights: number;
  /** Rights that nobody confirmed in time. */
  due: number;
  /** ISO day: the last one on which nothing was due, or is. */
  until: string;
}

/** How each office stands, by its code: what is held there, what is due, and until when nothing is due. */
export function statesOf(
  lines: readonly (Pick<ReviewLine, "staffId" | "confirmedUntil" | "isDue"> & { officeCode: string })[],
): OfficeState[] {
  const offices = Map.groupBy(lines, ({ officeCode }) => officeCode);
  return [...offices].map(([officeCode, held]) => ({
    officeCode,
    members: new Set(held.map(({ staffId }) => staffId)).size,
    rights: held.length,
    due: held.filter(({ isDue }) => isDue).length,
    until: held.map(({ confirmedUntil }) => confirmedUntil).toSorted()[0] ?? "",
  }));
}
