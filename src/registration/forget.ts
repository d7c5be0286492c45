import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { REQUESTS_KEPT_MS } from "./rules-find-number.ts";
import { dropOldRequests } from "./store-find-number.ts";
import { dropOldResumes } from "./store-resume.ts";
import { forgetAnswers } from "./store-sweep.ts";

const BATCH = 500;
const RESUMES_KEPT_MS = 24 * 3600_000;

/** The nightly wipe: answers of drafts and ended files are kept 30 days; code, status and events stay. */
export async function forgetOld(house: House): Promise<number> {
  const now = house.clock.now();
  const today = dayOf(now).toString();
  await dropOldResumes(house.db, new Date(now.getTime() - RESUMES_KEPT_MS));
  await dropOldRequests(house.db, new Date(now.getTime() - REQUESTS_KEPT_MS));
  let total = 0;
  for (;;) {
    const wiped = await forgetAnswers(house.db, today, now, BATCH);
    total += wiped;
    if (wiped < BATCH) return total;
  }
}
