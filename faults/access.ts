/**
 * R26, T1: how many pairs and cells of role × address × whose are declared; ids swapped at random in everything that can
 * be read; and mutants: each relation check is taken out of a copy of the sources, and the tests of access must see it.
 * `bin/faults access --swaps=50000`, `--small`; `--mutants=3` the first three. Needs the packages of development.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionOf, tellAtMost, tellFigure } from "../bench/harness.ts";
import { registry } from "../src/app.ts";
import { projectRoot } from "../src/db/root.ts";
import { cellsOf, missingRows } from "../test/store/access/judge.ts";
import { ACTORS } from "../test/store/access/kinds.ts";
import { table } from "../test/store/access/table.ts";
import { isSmall, sizeOf } from "./abuse-callers.ts";
import { type Mutant, mutants } from "./access-mutants.ts";

const SWAPS = sizeOf("swaps", 300, 50_000);
const MUTANTS = optionOf("mutants") ?? (isSmall ? 2 : mutants.length);
const LEAST_PAIRS = 200;
const LEAST_CELLS = 2000;
const ACCESS = "test/store/access/access.store.test.ts";
const SWAPPED = "test/store/access/swaps.store.test.ts";
const COPIED = ["src", "test", "faults", "bench", "db", "package.json", "tsconfig.json", "vitest.config.ts"];

const held = [...count(), swap(), ...mutate()];
process.exitCode = held.every(Boolean) ? 0 : 1;

/** Pairs of a role and an address; cells also by whose thing is asked for. Whatever is declared nowhere is told by name. */
function count(): boolean[] {
  const routes = registry.map(({ method, path }) => `${method} ${path}`);
  const cells = Object.entries(table).reduce((sum, [name, row]) => sum + cellsOf(name, row).length, 0);
  const planted = missingRows([...routes, "GET /planted"], table).length;
  const extra = `${routes.length} addresses, ${ACTORS.length} roles`;
  return [
    tellFigure({ id: "R26", what: "planted: an address without a row is told", value: planted, goal: 1, extra }),
    tellFigure({
      id: "R26",
      what: "pairs of role and address",
      value: routes.length * ACTORS.length,
      goal: LEAST_PAIRS,
      extra,
    }),
    tellFigure({ id: "R26", what: "cells", value: cells, goal: LEAST_CELLS, extra }),
    tellAtMost({
      id: "R26",
      what: "addresses that are not declared",
      value: missingRows(routes, table).length,
      goal: 0,
      extra,
    }),
  ];
}

function swap(): boolean {
  const failed = isRed(
    projectRoot,
    [SWAPPED],
    { VSSID_SWAPS: String(SWAPS), VSSID_HOSTILE: "1" },
    "ids swapped at random",
  );
  return tellAtMost({
    ...{ id: "R26", what: "swaps of ids that showed a foreign word", value: Number(failed), goal: 0 },
    extra: `${SWAPS} swaps; what was read is told above`,
  });
}

function mutate(): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), "vssid-mutants-"));
  try {
    for (const path of COPIED) cpSync(join(projectRoot, path), join(folder, path), { recursive: true });
    for (const path of ["node_modules", "dist"]) symlinkSync(join(projectRoot, path), join(folder, path));
    const chosen = mutants.slice(0, MUTANTS);
    const survived = chosen.filter((mutant) => !isKilled(folder, mutant)).map(({ name }) => name);
    return [
      tellAtMost({
        ...{
          id: "R26",
          what: `mutants of relation checks that no test saw, of ${chosen.length}`,
          value: survived.length,
          goal: 0,
        },
        extra: survived.join("; ") || "each was seen",
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isKilled(folder: string, { name, changes, tests = [ACCESS] }: Mutant): boolean {
  const before = changes.map(({ file }) => readFileSync(join(folder, file), "utf8"));
  for (const [at, { file, from, to }] of changes.entries()) {
    const text = before[at] ?? "";
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
    writeFileSync(
      join(folder, file),
      text.replace(from, () => to),
    );
  }
  const isSeen = isRed(folder, tests);
  for (const [at, { file }] of changes.entries()) writeFileSync(join(folder, file), before[at] ?? "");
  console.log(`R26 mutant, ${name}: ${isSeen ? "seen" : "not seen"}`);
  return isSeen;
}

/** True when a test failed; the run itself must have come that far. */
function isRed(root: string, tests: readonly string[], env: Record<string, string> = {}, name?: string): boolean {
  const program = join(projectRoot, "node_modules/vitest/vitest.mjs");
  if (!existsSync(program)) throw new Error("the packages of development are not there: npm ci");
  const args = [program, "run", "--project", "pg18", "--bail", "1", ...(name ? ["-t", name] : []), ...tests];
  const done = spawnSync(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, encoding: "utf8" });
  const said = `${done.stdout}${done.stderr}`;
  if (!/Tests .*(passed|failed)/.test(said)) throw new Error(`the tests did not run:\n${said.slice(-2000)}`);
  if (done.status !== 0 && root === projectRoot) console.log(said.slice(-4000));
  return done.status !== 0;
}
