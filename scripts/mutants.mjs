// R49: do the tests test? Small wrong turns are put one at a time into the rules that must not be wrong, and their unit
// tests must fail for each. `npm run mutants` tries them all; `-- --sample=20` so many of each file, `-- calendar audit`
// those areas alone, `--seed=7` draws others. A wrong turn that no test sees is printed with its line.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { mutantsOf } from "./mutate.mjs";

const GOAL = 0.9;
/** A wrong turn that never ends is a wrong turn that is seen. */
const HANGS_MS = 60_000;
const root = dirname(import.meta.dirname);

const oneLine = (text) => text.replace(/\s+/g, " ").slice(0, 80);

const areas = {
  calendar: { files: ["src/kernel/calendar.ts"], tests: ["src/kernel/calendar.test.ts", "src/kernel/kernel.test.ts"] },
  policy: { files: ["src/kernel/policy.ts"], tests: ["src/kernel/policy.test.ts"] },
  file: {
    files: ["src/registration/rules.ts", "src/review/rules.ts"],
    tests: [
      "src/registration/rules.test.ts",
      "src/registration/rules-kept.test.ts",
      "src/review/rules.test.ts",
      "src/review/rules-obstacles.test.ts",
    ],
  },
  outbox: {
    files: ["src/notices/rules.ts", "src/notices/schedule.ts", "src/notices/outcome.ts", "src/notices/rules-shares.ts"],
    tests: [
      "src/notices/rules.test.ts",
      "src/notices/schedule.test.ts",
      "src/notices/outcome.test.ts",
      "src/notices/shares.test.ts",
    ],
  },
  audit: { files: ["src/audit/rules.ts", "src/audit/rules-checkpoint.ts"], tests: ["src/audit/rules.test.ts"] },
};

const given = process.argv.slice(2);
const optionOf = (name) => Number(given.find((one) => one.startsWith(`--${name}=`))?.split("=")[1] ?? Number.NaN);
const sample = optionOf("sample") || Number.POSITIVE_INFINITY;
const seed = optionOf("seed") || 330;
const asked = given.filter((one) => !one.startsWith("--"));
const unknown = asked.filter((name) => !(name in areas));
if (unknown.length > 0) {
  console.error(`No area called ${unknown.join(", ")}. There are: ${Object.keys(areas).join(", ")}`);
  process.exit(1);
}

/** The tree itself is never written to; killed in the middle of a wrong turn, the copy is lost. */
const copy = mkdtempSync(join(tmpdir(), "vssid-mutants-"));

let all = 0;
let seen = 0;
let isShort = false;
for (const [name, { files, tests }] of Object.entries(areas)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const jobs = files.flatMap((path) =>
    drawn(mutantsOf(readFileSync(join(root, path), "utf8"), path)).map((mutant) => ({ path, mutant })),
  );
  const outcomes = await tryAll(tests, jobs);
  const survivors = jobs.filter((_, at) => outcomes[at] === "survived");
  for (const { path, mutant } of survivors)
    console.log(`  ${path}:${mutant.line}: ${oneLine(mutant.was)} → ${oneLine(mutant.is)}`);
  all += jobs.length;
  seen += jobs.length - survivors.length;
  isShort ||= !tell(
    `${name}: share of wrong turns that the tests see`,
    jobs.length - survivors.length,
    jobs.length,
    files.join(", "),
  );
}
if (asked.length !== 1) tell("share of wrong turns that the tests see", seen, all, "all areas together");
process.exitCode = isShort || all === 0 ? 1 : 0;
rmSync(copy, { recursive: true, force: true });

function tell(what, good, of, extra) {
  const isHeld = good / of >= GOAL;
  console.log(
    `R49 ${what}: ${(good / of).toFixed(2)} (goal ${GOAL.toFixed(2)}) ${isHeld ? "held" : "short"} — ${good} of ${of}; ${extra}`,
  );
  return isHeld;
}

/** The same sample for the same seed (mulberry32). */
function drawn(mutants) {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const order = mutants.map((mutant) => ({ mutant, at: roll() })).sort((one, other) => one.at - other.at);
  return order.slice(0, sample).map(({ mutant }) => mutant);
}

function layCopy() {
  rmSync(copy, { recursive: true, force: true });
  for (const name of ["src", "test", "db", "package.json", "tsconfig.json"]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}

/** One process tries one after the other; where it hangs it is ended, and another goes on behind that one. */
async function tryAll(tests, jobs) {
  const outcomes = [];
  while (outcomes.length < jobs.length) {
    const child = spawn(process.execPath, [join(root, "scripts", "mutants-try.mjs")], {
      cwd: root,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    layCopy();
    child.stdin.end(JSON.stringify({ copy, tests, jobs: jobs.slice(outcomes.length) }));
    const before = outcomes.length;
    let timer;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), HANGS_MS);
    };
    watch();
    for await (const line of createInterface(child.stdout)) {
      const outcome = /^MUTANT (killed|survived|broken: .*)$/.exec(line)?.[1];
      if (!outcome) continue;
      if (outcome.startsWith("broken")) throw new Error(`the tests fail before anything is changed: ${outcome}`);
      outcomes.push(outcome);
      watch();
    }
    clearTimeout(timer);
    const [code] = await ended;
    if (outcomes.length < jobs.length) {
      if (code !== null && outcomes.length === before) throw new Error("the tests could not be run");
      outcomes.push("killed");
    }
  }
  return outcomes;
}
