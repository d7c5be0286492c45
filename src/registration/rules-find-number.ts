import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** How often a mã số BHXH may be asked for. Pure. */
export const numberRequests = definePolicy({
  name: "registration.number_requests",
  meaning:
    "Most requests for a forgotten insurance number: by ID paper a day, by telephone, by network address and in all an hour",
  schema: z.object({
    paperADay: z.number().int().min(1),
    recipientAnHour: z.number().int().min(1),
    addressAnHour: z.number().int().min(1),
    allAnHour: z.number().int().min(1),
  }),
  values: [
    {
      from: "2021-01-01",
      value: { paperADay: 2, recipientAnHour: 2, addressAnHour: 60, allAnHour: 3000 },
      source: "proposal: a commune's desk shares one address",
    },
  ],
});

export const findNumberPolicies = [numberRequests];

export interface RecentRequests {
  paperToday: number;
  recipientThisHour: number;
  addressThisHour: number;
  allThisHour: number;
}

type Most = { paperADay: number; recipientAnHour: number; addressAnHour: number; allAnHour: number };

/** The asker, or everybody together, has asked too often: that may be told, it says nothing of anybody. */
export const isAskerSpent = (recent: RecentRequests, most: Most): boolean =>
  recent.addressThisHour >= most.addressAnHour || recent.allThisHour >= most.allAnHour;

/** This paper or this phone has had its share: never told, and looks like every other answer. */
export const isPersonSpent = (recent: RecentRequests, most: Most): boolean =>
  recent.paperToday >= most.paperADay || recent.recipientThisHour >= most.recipientAnHour;

/** Kept as long as they are counted, then gone. */
export const REQUESTS_KEPT_MS = 48 * 3600_000;
