import { z } from "zod";
import {
  daysBetween,
  isWorkingDay,
  type PlainDate,
  plainDate,
  rollToWorkingDay,
  UnknownYear,
  type WorkingCalendar,
} from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";

/** A person's rights over their data: terms of the law, and what may be asked and answered. Pure. */
const source = "NĐ 356/2025/NĐ-CP, art. 5";

export const answerWorkingDays = definePolicy({
  name: "rights.answer_working_days",
  meaning: "Working days in which a request over one's data gets its first answer",
  schema: z.number().int().min(1).max(30),
  values: [{ from: "2021-01-01", value: 2, source }],
});

export const eraseDays = definePolicy({
  name: "rights.erase_days",
  meaning: "Days in which a request to delete is carried out or refused",
  schema: z.number().int().min(1).max(90),
  values: [{ from: "2021-01-01", value: 20, source }],
});

/** Requests that an office answers, the one that closes the account first. */
export const RIGHTS = ["erase", "supply", "correct", "restrict", "object"] as const;
export type Right = (typeof RIGHTS)[number];

const term = z.object({
  days: z.number().int().min(1).max(90),
  byThird: z.number().int().min(1).max(90),
  more: z.number().int().min(0).max(90),
});

/** Days of the calendar: usual, where a third party must be asked, and how many more once. */
export const rightTerms = definePolicy({
  name: "rights.terms",
  meaning:
    "Days in which a request to view, correct, restrict or object is carried out: usual, through others, once more",
  schema: z.object({ supply: term, correct: term, restrict: term, object: term }),
  values: [
    {
      from: "2021-01-01",
      value: {
        supply: { days: 10, byThird: 15, more: 10 },
        correct: { days: 10, byThird: 15, more: 10 },
        restrict: { days: 15, byThird: 20, more: 15 },
        object: { days: 15, byThird: 20, more: 15 },
      },
      source,
    },
  ],
});
export type Term = z.infer<typeof term>;

export const rightsPolicies = [answerWorkingDays, eraseDays, rightTerms];

/** Deleting has one term, and no longer one. */
export function termsOf(terms: Record<Exclude<Right, "erase">, Term>, erase: number): Record<Right, Term> {
  return { erase: { days: erase, byThird: erase, more: 0 }, ...terms };
}

export interface Clocks {
  answerBy: PlainDate;
  dueOn: PlainDate;
}

/** The day of asking is not counted; a last day off moves to the next working day. Without a holiday table days run on. */
export function clocksOf(asked: PlainDate, days: { answer: number; term: number }, calendar: WorkingCalendar): Clocks {
  return { answerBy: afterWorkingDays(asked, days.answer, calendar), dueOn: afterDays(asked, days.term, calendar) };
}

/** The last day of a term of days of the calendar, moved on where it is a day off. */
export function afterDays(from: PlainDate, count: number, calendar: WorkingCalendar): PlainDate {
  const due = from.add({ days: count });
  return orPlain(due, () => rollToWorkingDay(due, calendar));
}

function afterWorkingDays(from: PlainDate, count: number, calendar: WorkingCalendar): PlainDate {
  return orPlain(from.add({ days: count }), () => {
    let day = from;
    for (let left = count; left > 0; ) {
      day = day.add({ days: 1 });
      if (isWorkingDay(day, calendar)) left -= 1;
    }
    return day;
  });
}

function orPlain(plain: PlainDate, counted: () => PlainDate): PlainDate {
  try {
    return counted();
  } catch (error) {
    if (error instanceof UnknownYear) return plain;
    throw error;
  }
}

const OUTCOMES = ["erased", "done", "refused"] as const;
export type RequestOutcome = (typeof OUTCOMES)[number];

/** What may come of a request: deleting is its own deed. */
export function outcomesOf(right: Right): readonly RequestOutcome[] {
  return right === "erase" ? ["erased", "refused"] : ["done", "refused"];
}

export type Extension = "third" | "more";

/** Which longer terms are still open to a request. */
export function extensionsOf(request: { thirdAt: Date | null; moreAt: Date | null }, { days, byThird, more }: Term) {
  const open: Extension[] = [];
  if (byThird > days && !request.thirdAt && !request.moreAt) open.push("third");
  if (more > 0 && !request.moreAt) open.push("more");
  return open;
}

export type RequestState = "open" | "taken" | "withdrawn" | RequestOutcome;

export interface Standing {
  takenAt: Date | null;
  withdrawnAt: Date | null;
  outcome: RequestOutcome | null;
}

export function stateOf({ takenAt, withdrawnAt, outcome }: Standing): RequestState {
  if (outcome) return outcome;
  if (withdrawnAt) return "withdrawn";
  return takenAt ? "taken" : "open";
}

/** Days left to the next clock of an unanswered request; negative when it is over. */
export function daysLeft(request: Standing & { answerBy: string; dueOn: string }, today: PlainDate): number {
  return daysBetween(today, plainDate(request.takenAt ? request.dueOn : request.answerBy));
}

export const SAYS_MAX = 1000;
export const SAYS_LEAST = 5;

export function parseSays(text: string | undefined): string {
  return (text ?? "").normalize("NFC").replace(/\s+/gu, " ").trim().slice(0, SAYS_MAX);
}

/** A decision says what was done or why not, in a sentence that the person reads. */
export function parseDecision(
  right: Right,
  typed: { outcome?: string | undefined; answer?: string | undefined },
): Outcome<{ outcome: RequestOutcome; answer: string }, Fault[]> {
  const outcome = outcomesOf(right).find((one) => one === typed.outcome);
  const answer = parseSays(typed.answer);
  const faults: Fault[] = [];
  if (!outcome) faults.push({ field: "outcome", key: "outcome_missing" });
  if (answer.length < SAYS_LEAST) faults.push({ field: "answer", key: "answer_missing" });
  return outcome && faults.length === 0 ? good({ outcome, answer }) : bad(faults);
}

/** Why it takes longer: the person reads it. */
export function parseExtension(typed: {
  why?: string | undefined;
  says?: string | undefined;
}): Outcome<{ why: Extension; says: string }, Fault[]> {
  const why = (["third", "more"] as const).find((one) => one === typed.why);
  const says = parseSays(typed.says);
  const faults: Fault[] = [];
  if (!why) faults.push({ field: "why", key: "why_missing" });
  if (says.length < SAYS_LEAST) faults.push({ field: "longer", key: "answer_missing" });
  return why && faults.length === 0 ? good({ why, says }) : bad(faults);
}
