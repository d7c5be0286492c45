import type { House } from "../db/house.ts";
import { rootOf } from "../db/within.ts";
import { GUESSES_KEPT_MS, type Guesses } from "./rules.ts";

/**
 * How many asks led nowhere, whoever asked from wherever: limits by address see nothing of nine thousand addresses.
 * Kept by this process alone, in steps of ten seconds; nothing of who asked or for whom.
 */
const STEP_MS = 10_000;

const tallies = new WeakMap<House, Map<number, Guesses>>();

export function noteAsk(house: House): void {
  stepNow(house).asked += 1;
}

/** Also where the answer does not tell it: a code asked for a number that nobody has. */
export function noteMiss(house: House): void {
  stepNow(house).missed += 1;
}

export function guessesOf(house: House): Guesses {
  const sum = { asked: 0, missed: 0 };
  for (const step of keptSteps(house).values()) {
    sum.asked += step.asked;
    sum.missed += step.missed;
  }
  return sum;
}

function stepNow(house: House): Guesses {
  const steps = keptSteps(house);
  const at = Math.floor(house.clock.now().getTime() / STEP_MS);
  const known = steps.get(at);
  if (known) return known;
  const step = { asked: 0, missed: 0 };
  steps.set(at, step);
  return step;
}

function keptSteps(house: House): Map<number, Guesses> {
  const root = rootOf(house);
  const steps = tallies.get(root) ?? new Map<number, Guesses>();
  tallies.set(root, steps);
  const from = Math.floor((house.clock.now().getTime() - GUESSES_KEPT_MS) / STEP_MS);
  for (const at of steps.keys()) if (at <= from) steps.delete(at);
  return steps;
}
