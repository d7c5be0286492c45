// A part of mutants.mjs, in a copy of the tree: runs the tests once as they are, then once for each wrong turn, and
// prints a line for each. What is written, is written into the copy.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createVitest } from "vitest/node";
import { apply } from "./mutate.mjs";

const { copy, tests, jobs } = JSON.parse(await text(process.stdin));
const before = await failures();
if (before.length > 0) console.log(`MUTANT broken: ${before[0]}`);
else {
  for (const { path, mutant } of jobs) {
    const file = join(copy, path);
    const right = readFileSync(file, "utf8");
    writeFileSync(file, apply(right, mutant));
    const failed = await failures();
    writeFileSync(file, right);
    console.log(`MUTANT ${failed.length > 0 ? "killed" : "survived"}`);
  }
}
process.exit(0);

/** Names of files that failed; with each wrong turn all modules are read anew. */
async function failures() {
  const vitest = await createVitest(
    "test",
    {
      ...{ root: copy, config: false, watch: false, include: tests, reporters: [{}], bail: 1, css: false },
      ...{ pool: "threads", maxWorkers: 2, testTimeout: 20_000, passWithNoTests: false, env: { TZ: "UTC" } },
    },
    { oxc: { jsx: { runtime: "automatic", importSource: "preact" } } },
  );
  try {
    const specifications = await vitest.globTestSpecifications();
    if (specifications.length !== tests.length) return ["a test is not there"];
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
    return [...testModules.filter((one) => !one.ok()).map((one) => one.moduleId), ...unhandledErrors.map(String)];
  } finally {
    await vitest.close();
  }
}
