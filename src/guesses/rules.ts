import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** When what is tried at the doors is no longer people who mistyped. Pure. */
export const guessAlarm = definePolicy({
  name: "guesses.alarm",
  meaning:
    "Asks in five minutes, at the addresses that tell whether a number, code or password is right, that led nowhere: from so many on, and from so many percent of all asks there, the alarm is raised (by process)",
  schema: z.object({ missed: z.number().int().min(1), percent: z.number().int().min(1).max(100) }),
  values: [
    {
      from: "2021-01-01",
      value: { missed: 100, percent: 30 },
      source: "proposal: one password in fifty is mistyped; the photographs of Estonia left at one in three seconds",
    },
  ],
});

export const guessPolicies = [guessAlarm];

/** What was asked at those addresses in the last five minutes, and how much of it led nowhere. */
export interface Guesses {
  asked: number;
  missed: number;
}

export const GUESSES_KEPT_MS = 5 * 60_000;

export function isGuessing({ asked, missed }: Guesses, most: { missed: number; percent: number }): boolean {
  return missed >= most.missed && missed * 100 >= asked * most.percent;
}
