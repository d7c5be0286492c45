/**
 * SIGKILL at random moments of an import, then the same command again: the database must equal one clean import, row
 * for row. Arguments: how many moments, how many persons. Exit 0 only when every moment held.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { parseEnvironment } from "../src/settings.ts";
import { digestsOf } from "./import-digest.ts";

const [moments = 20, persons = 1500] = process.argv.slice(2).map(Number);
const CLI = fileURLToPath(new URL("./cli.js", import.meta.url));
const CLAIMS_PER_FILE = 300;

const folder = mkdtempSync(join(tmpdir(), "vssid-kills-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
try {
  process.exitCode = (await killEverywhere(house)) ? 0 : 1;
} finally {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function killEverywhere(house: OpenHouse): Promise<boolean> {
  const files = [...generateFiles({ persons, seed: 20, claimsPerFile: CLAIMS_PER_FILE })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  const claims = files.filter(({ kind }) => kind === "claims");
  const inbox = join(folder, "inbox");
  mkdirSync(inbox);
  claims.forEach(({ bytes }, nth) => {
    writeFileSync(join(inbox, `${String(nth).padStart(5, "0")}.xml`), bytes);
  });
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  try {
    const startedAt = performance.now();
    await run();
    const wholeMs = performance.now() - startedAt;
    const clean = await digestsOf(owner);
    let held = true;
    for (let nth = 0; nth < moments; nth += 1) {
      await empty();
      const afterMs = Math.round(Math.random() * wholeMs);
      await run(afterMs);
      await run();
      held = same(clean, await digestsOf(owner), `killed after ${afterMs} ms`) && held;
    }
    return held;
  } finally {
    await owner.end();
  }

  async function empty(): Promise<void> {
    await owner.query(`truncate visit, visit_rest, visit_version, claim_recall, visit_staging, import_reject_record, import_reject,
      import_reject_row, household_member, source_file; update person set data_version = 1`);
  }

  /** The command in a process of its own, killed after so many milliseconds when told. */
  async function run(afterMs?: number): Promise<void> {
    const env = { ...process.env, VSSID_DATA_DIR: folder };
    const child = spawn(process.execPath, [CLI, "import", "claims", "--json", inbox], { env, stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    if (afterMs === undefined) {
      const code = await ended;
      if (code !== 0) throw new Error(`the import ended with ${code}`);
      return;
    }
    await Promise.race([wait(afterMs), ended]);
    child.kill("SIGKILL");
    await ended;
  }
}

function same(clean: Record<string, string>, now: Record<string, string>, when: string): boolean {
  const differing = Object.keys(clean).filter((table) => clean[table] !== now[table]);
  console.log(`${differing.length === 0 ? "equal" : `NOT EQUAL: ${differing.join(", ")}`}  ${when}`);
  return differing.length === 0;
}
