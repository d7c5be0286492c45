import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";
import type { AnswerHours } from "./rules-clock.ts";

/** What the operator of a hotline may change by date. No law fixes these figures. */

export const QUESTIONS = ["name", "birth", "id_last4", "bhxh_last4", "facility"] as const;
export type Question = (typeof QUESTIONS)[number];

export const identification = definePolicy({
  name: "hotline.identification",
  meaning:
    "Before anything personal is said to a caller: what is asked, how many of the facts that neighbours do not know must be right, tries a call, wrong tries a day, minutes that a call stays open",
  schema: z.object({
    ask: z.array(z.enum(QUESTIONS)).min(2),
    strong: z.number().int().min(1).max(3),
    tries: z.number().int().min(1).max(9),
    wrongADay: z.number().int().min(1),
    callMinutes: z.number().int().min(5).max(240),
  }),
  values: [
    {
      from: "2021-01-01",
      value: { ask: [...QUESTIONS], strong: 2, tries: 3, wrongADay: 6, callMinutes: 30 },
      source: "proposal",
    },
  ],
});

const stretch = z.tuple([z.number().int().min(0).max(1440), z.number().int().min(0).max(1440)]);

export const answerHours = definePolicy<AnswerHours>({
  name: "hotline.answer_hours",
  meaning:
    "Working time of the hotline on a working day, as minutes of the day, and the working hours within which a ticket is answered, by priority",
  schema: z.object({
    day: z.array(stretch).min(1),
    within: z.object({ high: z.number().positive(), normal: z.number().positive(), low: z.number().positive() }),
  }),
  values: [
    {
      from: "2021-01-01",
      value: {
        day: [
          [450, 690],
          [810, 1020],
        ],
        within: { high: 1, normal: 4, low: 14 },
      },
      source: "proposal: 7:30–11:30 and 13:30–17:00; what is reported at 8:00 is answered the same day",
    },
  ],
});

export const webReports = definePolicy({
  name: "hotline.web_reports",
  meaning: "Most reports by the web: of one network address an hour, of one telephone or e-mail a day, of all an hour",
  schema: z.object({
    addressAnHour: z.number().int().min(1),
    contactADay: z.number().int().min(1),
    allAnHour: z.number().int().min(1),
  }),
  values: [
    {
      from: "2021-01-01",
      value: { addressAnHour: 20, contactADay: 5, allAnHour: 1000 },
      source: "proposal: a commune's desk shares one address",
    },
  ],
});

export const agentCalls = definePolicy({
  name: "hotline.calls_of_an_agent",
  meaning: "Most callers whom one agent may look for in an hour: an honest hour holds fewer",
  schema: z.number().int().min(1),
  values: [{ from: "2021-01-01", value: 60, source: "proposal" }],
});

export const smallestGroup = definePolicy({
  name: "hotline.smallest_group",
  meaning: "Groups of fewer tickets than this are hidden in the themes",
  schema: z.number().int().min(2),
  values: [{ from: "2021-01-01", value: 5, source: "proposal, as for every published count" }],
});

export const hotlinePolicies = [identification, answerHours, webReports, agentCalls, smallestGroup];
