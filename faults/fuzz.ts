/**
 * The long run of the fuzzing that test/unit/fuzz.test.ts does briefly. Arguments: how many mutations, the first seed.
 * Exit 0 only when the two readers agreed, nothing crashed and nothing took longer than a second a megabyte.
 */

import { fuzzEnvelope, fuzzTable, SLOWEST_MS_PER_MB } from "./fuzz-once.ts";
import { randomOf } from "./mutations.ts";

const [mutations = 2_000_000, firstSeed = 1] = process.argv.slice(2).map(Number);
let slowest = 0;
let flat = 0;
for (let seed = firstSeed; seed < firstSeed + mutations; seed += 1) {
  const random = randomOf(seed);
  try {
    if (fuzzTable(random)) flat += 1;
    if (seed % 10 === 0) slowest = Math.max(slowest, fuzzEnvelope(random));
  } catch (error) {
    console.error(`seed ${seed}: ${(error as Error).message}`);
    process.exit(1);
  }
  if ((seed - firstSeed + 1) % 200_000 === 0) console.log(`${seed - firstSeed + 1} mutations`);
}
console.log(`${mutations} mutations: readers agree (${flat} read quickly), slowest ${slowest.toFixed(0)} ms/MB`);
process.exitCode = slowest <= SLOWEST_MS_PER_MB ? 0 : 1;
