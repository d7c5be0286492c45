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

export const rightsPolicies = [answerWorkingDays, eraseDays];

export interface Clocks {
  answerBy: PlainDate;
  dueOn: PlainDate;
}

/** The day of asking is not counted; a last day off moves to the next working day. Without a holiday table days run on. */
export function clocksOf(asked: PlainDate, days: { answer: number; erase: number }, calendar: WorkingCalendar): Clocks {
  const due = asked.add({ days: days.erase });
  return {
    answerBy: afterWorkingDays(asked, days.answer, calendar),
    dueOn: orPlain(due, () => rollToWorkingDay(due, calendar)),
  };
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

export const OUTCOMES = ["erased", "refused"] as const;
export type RequestOutcome = (typeof OUTCOMES)[number];

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
const SAYS_LEAST = 5;

export function parseSays(text: string | undefined): string {
  return (text ?? "").normalize("NFC").replace(/\s+/gu, " ").trim().slice(0, SAYS_MAX);
}

/** A decision says what was done or why not, in a sentence that the person reads. */
export function parseDecision(typed: {
  outcome?: string | undefined;
  answer?: string | undefined;
}): Outcome<{ outcome: RequestOutcome; answer: string }, Fault[]> {
  const outcome = OUTCOMES.find((one) => one === typed.outcome);
  const answer = parseSays(typed.answer);
  const faults: Fault[] = [];
  if (!outcome) faults.push({ field: "outcome", key: "outcome_missing" });
  if (answer.length < SAYS_LEAST) faults.push({ field: "answer", key: "answer_missing" });
  return outcome && faults.length === 0 ? good({ outcome, answer }) : bad(faults);
}
