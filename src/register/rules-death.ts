import { dayFromParts, dayOf, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** A death as its paper says it: extract of the death record, death notice of a hospital, or a court's judgment. Pure. */
export const DEATH_PAPERS = ["extract", "death_notice", "court"] as const;
export type DeathPaper = (typeof DEATH_PAPERS)[number];

export interface Death {
  diedOn: PlainDate;
  paperKind: DeathPaper;
  paperNumber: string;
}

export type DeathForm = Record<string, string | undefined>;
const NUMBER_AT_MOST = 50;

export function parseDeath(form: DeathForm, birthOn: string, now: Date): Outcome<Death, Fault[]> {
  const faults: Fault[] = [];
  const [year, month, day] = ["died_year", "died_month", "died_day"].map((name) => wholeNumber(form[name]));
  const diedOn = year && month && day ? dayFromParts(year, month, day) : undefined;
  if (!diedOn) faults.push({ field: "died", key: "died_wrong" });
  else if (diedOn.since(dayOf(now)).sign > 0) faults.push({ field: "died", key: "died_in_future" });
  else if (diedOn.since(plainDate(birthOn)).sign < 0) faults.push({ field: "died", key: "died_before_birth" });
  const paperKind = DEATH_PAPERS.find((kind) => kind === form.death_paper);
  if (!paperKind) faults.push({ field: "death_paper", key: "death_paper_missing" });
  const paperNumber = (form.death_number ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
  if (!/\d/.test(paperNumber) || paperNumber.length > NUMBER_AT_MOST) {
    faults.push({ field: "death_number", key: "death_number_missing" });
  }
  if (!diedOn || !paperKind || faults.length > 0) return bad(faults);
  return good({ diedOn, paperKind, paperNumber });
}

function wholeNumber(text: string | undefined): number | undefined {
  return /^\d{1,4}$/.test(text?.trim() ?? "") ? Number(text) : undefined;
}
