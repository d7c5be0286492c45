/** What a game of the simulation is asked for, its spans, and by how much its clocks are set wrong. */
import type { Rules } from "./simulate-rules.ts";

export interface Game {
  seed: number;
  days: number;
  persons: number;
  rules: Rules;
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const LEAPS_MS = [HOUR_MS, DAY_MS, 31 * DAY_MS, 366 * DAY_MS, 3653 * DAY_MS].flatMap((ms) => [ms, -ms]);
export const HOLIDAYS =
  "2026-09-02 2027-01-01 2027-02-05 2027-02-08 2027-02-09 2027-02-10 2027-04-30 2027-09-02 2028-01-03";
