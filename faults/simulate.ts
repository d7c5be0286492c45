/**
 * R8: days of many made-up people, officers, senders and clocks on the product's own pure rules, with crashes, lost
 * answers, requests and receipts that come twice, providers that fail and clocks that leap; I1–I7 after every step.
 * Mistakes that are planted must be found first. --seeds=10000, --small 200, --seed=7 plays one again and tells it.
 */
import { optionOf, tellAtMost } from "../bench/harness.ts";
import { type Plant, plants, product, type Rules } from "./simulate-rules.ts";
import { type Played, playSeed } from "./simulate-world.ts";

const isSmall = process.argv.includes("--small");
const SEEDS = optionOf("seeds") ?? (isSmall ? 200 : 10_000);
const DAYS = optionOf("days") ?? 30;
const PERSONS = optionOf("persons") ?? 24;
const FOUND_WITHIN = 1000;
const LINES = 40;
const one = optionOf("seed");

process.exitCode = (one === undefined ? playAll() : replay(one)) ? 0 : 1;

function play(seed: number, rules: Rules = product, persons = PERSONS): Played {
  return playSeed({ seed, days: DAYS, persons, rules });
}

function playAll(): boolean {
  const slowest = plants.map(findPlanted);
  const missed = slowest.filter((found) => found === undefined).length;
  let steps = 0;
  let failed: number | undefined;
  for (let seed = 1; seed <= SEEDS && failed === undefined; seed += 1) {
    const played = play(seed);
    steps += played.steps;
    if (played.violation) failed = seed;
  }
  if (failed !== undefined) replay(failed);
  const extra = `${SEEDS} seeds of ${DAYS} days and ${PERSONS} people, ${steps} steps`;
  const latest = Math.max(0, ...slowest.map((found) => found ?? 0));
  return [
    tellAtMost({
      id: "R8",
      what: "planted mistakes that were not found",
      value: missed,
      goal: 0,
      extra: `${plants.length} planted`,
    }),
    tellAtMost({
      id: "R8",
      what: "seeds until the last of them was found",
      value: latest,
      goal: FOUND_WITHIN,
      extra: "",
    }),
    tellAtMost({
      id: "R8",
      what: "seeds that break an invariant",
      value: failed === undefined ? 0 : 1,
      goal: 0,
      extra,
    }),
  ].every(Boolean);
}

/** The seed that shows it; undefined when none of the first thousand does. */
function findPlanted({ name, shows, rules }: Plant): number | undefined {
  for (let seed = 1; seed <= FOUND_WITHIN; seed += 1) {
    const { violation } = play(seed, rules);
    if (!violation) continue;
    const isExpected = shows.includes(violation.invariant);
    console.log(`  planted: ${name}: seed ${seed}: ${violation.message}${isExpected ? "" : " (by another invariant)"}`);
    return seed;
  }
  console.log(`  planted: ${name}: not found in ${FOUND_WITHIN} seeds`);
  return undefined;
}

/** Told with as few people as show it. */
function replay(seed: number): boolean {
  if (!play(seed).violation) {
    console.log(`seed ${seed} breaks nothing`);
    return true;
  }
  let persons = 1;
  while (persons < PERSONS && !play(seed, product, persons).violation) persons += 1;
  const { violation, trace } = play(seed, product, persons);
  for (const line of trace.slice(-LINES)) console.log(`  ${line}`);
  console.log(
    `seed ${seed} with ${persons} people: ${violation?.message}; again: bin/faults simulate --seed=${seed} --persons=${persons}`,
  );
  return false;
}
