// Every check; each step prints its time, and what takes longer than a change should wait for runs only when it is named.
// The last line counts the single tests of all reporters, and each check without a reporter as one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";

const root = dirname(import.meta.dirname);
const results = join(root, "test-results");
const limitMs = 20 * 60_000;

/** `reads` turns a reporter's file into counts; without it the exit code is the one result. */
const steps = [
  { name: "types", says: "types fit", run: ["typescript/bin/tsc", "--noEmit"] },
  { name: "lint", says: "format and lint", run: ["@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."] },
  { name: "house", says: "law of the house", run: [join(root, "scripts/lint-house.mjs")] },
  {
    name: "db-types",
    says: "row types and the data dictionary are those of the schema",
    run: [join(root, "scripts/db-types.mjs"), "--check"],
  },
  vitest("unit", "without a database"),
  vitest("pg18", "stores on the embedded PostgreSQL 18"),
  vitest("pg15", "stores on Debian's PostgreSQL 15, where the versions differ"),
  vitest("said", "all that was said to 18 is understood by 15"),
  { name: "build", says: "bundle", run: [join(root, "scripts/build.mjs")] },
  playwright("journeys", "whole stories in a browser, the main ones on both databases", "--grep-invert=@further"),
  {
    ...vitest("pg15-all", "all stores on Debian's PostgreSQL 15", "pg15"),
    env: { VSSID_PG15: "all" },
    isOnlyNamed: true,
  },
  {
    ...playwright(
      "states",
      "every further state of every page, and all of them in English",
      "--project=pages",
      "--grep=@further",
    ),
    isOnlyNamed: true,
  },
  {
    name: "logs",
    says: "nothing personal in the logs, messages and addresses of this run",
    run: [join(root, "scripts/read-logs.mjs")],
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`);
  process.exit(1);
}

mkdirSync(results, { recursive: true });
const logs = join(results, "logs");
const isWanted = ({ name, isOnlyNamed }) => (wanted.length === 0 ? !isOnlyNamed : wanted.includes(name));
if (isWanted({ name: "logs" })) {
  rmSync(logs, { recursive: true, force: true });
  process.env.VSSID_LOGS = logs;
  const isBrowsed = wanted.length === 0 || wanted.includes("journeys") || wanted.includes("states");
  const kinds = isBrowsed ? ["messages", "addresses"] : [];
  steps.find(({ name }) => name === "logs").run.push(...kinds);
}
/** Each fills a core, and both are begun at once: what one waits for, the other uses. The journeys take both. */
const lanes = [
  ["types", "lint", "house", "db-types", "pg15"],
  ["unit", "pg18"],
];
const inLanes = lanes.map((names) => steps.filter((step) => isWanted(step) && names.includes(step.name)));
const outputs = inLanes.every((lane) => lane.length > 0) ? ["inherit", "pipe"] : ["inherit", "inherit"];
const outcomes = (await Promise.all(inLanes.map((lane, at) => performAll(lane, outputs[at])))).flat();
const alone = steps.filter((step) => isWanted(step) && !lanes.flat().includes(step.name));
outcomes.push(...(await performAll(alone, "inherit")));
console.log("");
// Named again at the end: of a long run, only the end may be kept.
for (const { name, failures } of outcomes) for (const failure of failures) console.log(`FAILED ${name}: ${failure}`);
for (const { name, passed, failed, seconds } of outcomes) {
  console.log(
    `${failed ? "FAILED" : "ok    "} ${name.padEnd(9)} ${seconds.padStart(6)} s  ${passed} passed, ${failed} failed`,
  );
}
const total = (key) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
process.exitCode = total("failed") === 0 ? 0 : 1;
console.log(`${total("passed")} passed, ${total("failed")} failed`);

/** One after the other. */
async function performAll(some, output) {
  const done = [];
  for (const step of some) {
    done.push(await perform(step, output));
    // The journeys make a bundle of their own only where this run has made none.
    if (step.name === "build" && done.at(-1).failed === 0) process.env.VSSID_JOURNEY_BUNDLE = "made";
  }
  return done;
}

/** What a step beside another says is shown when it has ended. */
async function perform(step, output) {
  const title = `\n── ${step.name}: ${step.says}`;
  if (output === "inherit") console.log(title);
  const report = join(results, `${step.name}.json`);
  rmSync(report, { force: true });
  const startedAt = performance.now();
  const [program, ...args] = step.run;
  const child = spawn(
    process.execPath,
    [program.startsWith("/") ? program : join(root, "node_modules", program), ...args],
    { cwd: root, stdio: ["inherit", output, output], env: { ...process.env, ...step.env }, timeout: limitMs },
  );
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said.push(chunk));
  const [status] = await once(child, "close");
  if (output === "pipe") process.stdout.write(Buffer.concat([Buffer.from(`${title}\n`), ...said]));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const nothing = { passed: 0, failed: 0, failures: [] };
  const counts = step.reads && existsSync(report) ? step.reads(JSON.parse(readFileSync(report, "utf8"))) : nothing;
  return { name: step.name, seconds, failures: counts.failures, ...settle(counts, status, step) };
}

/** A step that ended badly has failed even if its report shows no failed test; one that ran no test has failed too. */
function settle({ passed, failed }, status, step) {
  if (!step.reads) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (passed + failed === 0) console.error(`${step.name}: no test ran`);
  const isSilentFailure = failed === 0 && (status !== 0 || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : failed };
}

function vitest(name, says, project = name) {
  return {
    name,
    says,
    run: [
      "vitest/vitest.mjs",
      "run",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${join(results, `${name}.json`)}`,
    ],
    reads: readVitest,
  };
}

function playwright(name, says, ...args) {
  return {
    name,
    says,
    run: ["@playwright/test/cli.js", "test", "--reporter=list,json", ...args],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, `${name}.json`) },
    reads: readPlaywright,
  };
}

/** A file that could not be loaded holds no test, and is one failure; a skipped test has not passed. */
function readVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const passed = report.numPassedTests;
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => [
    ...(unloaded.some((file) => file.name === name) ? [briefly(name, message)] : []),
    ...assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => briefly(name, `${fullName}\n${failureMessages.join("\n")}`)),
  ]);
  return { passed, failed: report.numTotalTests - passed + unloaded.length, failures };
}

/** Passing only at the second try has not passed either. */
function readPlaywright({ stats, errors, suites }) {
  const { expected, unexpected, flaky, skipped } = stats;
  const failures = [...suites.flatMap(failuresOf), ...errors.map(({ message }) => briefly("", message))];
  return { passed: expected, failed: unexpected + flaky + skipped + errors.length, failures };
}

function failuresOf({ suites = [], specs }) {
  const failed = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ results: tries }) => {
        const said = tries.flatMap((one) => one.errors.map(({ message }) => message));
        return briefly(file, `${title}\n${said.join("\n")}`);
      }),
  );
  return [...failed, ...suites.flatMap(failuresOf)];
}

/** The file, and the first lines of what it said, without the colours of a terminal. */
function briefly(file, said = "") {
  const plain = stripVTControlCharacters(said).split("\n");
  const lines = plain.filter((line) => line.trim()).slice(0, 12);
  return [relative(root, resolve(root, file)), ...lines].join("\n  ");
}
