/**
 * The long run of the fuzzing that test/unit/fuzz.test.ts does briefly. Arguments: how many mutations, the first seed
 * (or --mutations=N, --seed=N). Every tenth seed damages an envelope, every twentieth a CSV and a workbook too. Exit 0
 * only when the two readers agreed, nothing crashed, nothing took longer than a second a megabyte, every refusal and
 * reject has its reason, and the process stayed within its memory.
 */
import { optionOf } from "../bench/harness.ts";
import { fuzzEnvelope, fuzzTable, SLOWEST_MS_PER_MB } from "./fuzz-once.ts";
import { damagedCsv, damagedWorkbook, readDamaged } from "./fuzz-tables.ts";
import { randomOf } from "./mutations.ts";

const MEMORY_MB_MAX = 512;
const given = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const mutations = optionOf("mutations") ?? Number(given[0] ?? 2_000_000);
const firstSeed = optionOf("seed") ?? Number(given[1] ?? 1);
let [slowest, flat, peakMb, tables, read] = [0, 0, 0, 0, 0];
for (let seed = firstSeed; seed < firstSeed + mutations; seed += 1) {
  const random = randomOf(seed);
  try {
    if (fuzzTable(random)) flat += 1;
    if (seed % 10 === 0) slowest = Math.max(slowest, fuzzEnvelope(random));
    if (seed % 20 === 0) {
      for (const damaged of [damagedCsv(random), damagedWorkbook(random)]) {
        const { msPerMb, taken, refusal } = await readDamaged(damaged);
        slowest = Math.max(slowest, msPerMb);
        tables += 1;
        if (taken > 0 && !refusal) read += 1;
      }
      peakMb = Math.max(peakMb, process.memoryUsage().rss / 2 ** 20);
    }
  } catch (error) {
    console.error(`seed ${seed}: ${(error as Error).message}`);
    process.exit(1);
  }
  if ((seed - firstSeed + 1) % 200_000 === 0) console.log(`${seed - firstSeed + 1} mutations`);
}
console.log(`${mutations} mutations: readers agree (${flat} read quickly), slowest ${slowest.toFixed(0)} ms/MB`);
console.log(`${tables} CSV files and workbooks: ${read} read in part or whole, peak ${peakMb.toFixed(0)} MB`);
process.exitCode = slowest <= SLOWEST_MS_PER_MB && peakMb <= MEMORY_MB_MAX ? 0 : 1;
