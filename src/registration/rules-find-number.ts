import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** How often a mã số BHXH may be asked for. Pure. */
export const numberRequests = definePolicy({
  name: "registration.number_requests",
  meaning: "Most requests for a forgotten insurance number: by telephone a day, by network address and in all an hour",
  schema: z.object({
    recipientADay: z.number().int().min(1),
    addressAnHour: z.number().int().min(1),
    allAnHour: z.number().int().min(1),
  }),
  values: [
    {
      from: "2021-01-01",
      value: { recipientADay: 2, addressAnHour: 60, allAnHour: 3000 },
      source: "proposal: a commune's desk shares one address",
    },
  ],
});

export const findNumberPolicies = [numberRequests];

export interface RecentRequests {
  recipientToday: number;
  addressThisHour: number;
  allThisHour: number;
}

type Most = { recipientADay: number; addressAnHour: number; allAnHour: number };

/** The asker, or everybody together, has asked too often: that may be told, it says nothing of anybody. */
export const isAskerSpent = (recent: RecentRequests, most: Most): boolean =>
  recent.addressThisHour >= most.addressAnHour || recent.allThisHour >= most.allAnHour;

/** This phone has had its share: never told, and looks like every other answer. */
export const isPersonSpent = (recent: RecentRequests, most: Most): boolean =>
  recent.recipientToday >= most.recipientADay;

/** Kept as long as they are counted, then gone. */
export const REQUESTS_KEPT_MS = 48 * 3600_000;
