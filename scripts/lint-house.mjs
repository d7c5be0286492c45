// What neither the compiler nor Biome knows of CONTRIBUTING.md: sizes, where SQL stands, the import law, dead code.
// Prints one line a fault; exits 1 when there is one.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const largestFileLines = 400;
/** A cruiser that cannot read TypeScript reports no fault and no module. */
const fewestModules = 120;

const lineRules = [
  {
    in: (path) => isProduct(path) && !holdsSql(path),
    pattern: /\bsql`|\bsql<|\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bpool\.query\(/,
    says: "SQL stands in store*.ts only",
  },
  {
    in: (path) => isProduct(path) && holdsSql(path) && !path.startsWith("src/db/"),
    pattern: /(?<![.\w])(now\(\)|current_timestamp\b|current_date\b|clock_timestamp\(|statement_timestamp\()/i,
    says: "the clock is house.clock.now(), never the database's",
  },
  {
    in: (path) => isProduct(path) && !/^src\/(db\/|house\.ts|kernel\/clock\.ts)/.test(path),
    pattern: /\bnew Date\(\)/,
    says: "the clock is house.clock.now()",
  },
  {
    in: (path) => isProduct(path) && path.endsWith(".tsx"),
    pattern: /\sstyle=[{"]/,
    says: "no inline style: the security policy forbids it",
  },
  {
    in: (path) => path.endsWith(".css") && !path.endsWith("/tokens.css"),
    pattern: /font-size: [\d.]+rem|font-weight: (?!400|700)\d/,
    says: "sizes of text are the tokens --text-…, weights 400 and 700",
  },
  {
    in: (path) => isProduct(path) && !["src/main.ts", "src/cli.ts"].includes(path),
    pattern: /\bprocess\.env\b/,
    says: "only main.ts and cli.ts read the environment",
  },
  {
    in: (path) => isProduct(path) && path !== "src/db/one-client.ts",
    pattern: /\bnew (pg\.)?Client\(/,
    says: "oneClient or withClient: a server that goes away must not end the process",
  },
  { in: isTest, pattern: /\b(it|test|describe)\.(skip|only|todo|fails)\b/, says: "every test runs" },
  {
    in: (path) => !path.endsWith("lint-house.mjs"),
    pattern: /\b(TODO|FIXME)\b|@ts-(ignore|nocheck)/,
    says: "finish it, or leave it out",
  },
];

const faults = [...checkTexts(), ...checkMigrations(), ...checkImports(), ...checkDeadCode()];
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? "house: nothing to say" : `house: ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

function checkTexts() {
  return find("{src,test,bench,faults,scripts,bin}/**/*.{ts,tsx,mjs,cjs,sh,css}").flatMap((path) => {
    const lines = read(path).split("\n");
    const tooLong =
      lines.length > largestFileLines ? [`${path}: ${lines.length} lines; at most ${largestFileLines}`] : [];
    const rules = lineRules.filter((rule) => rule.in(path));
    const said = lines.flatMap((line, at) =>
      rules.filter((rule) => rule.pattern.test(line)).map((rule) => `${path}:${at + 1}: ${rule.says}`),
    );
    return path.endsWith("types.ts") && path.startsWith("src/db/") ? [] : [...tooLong, ...said];
  });
}

function isTest(path) {
  return /\.(test|fixture)\.tsx?$|^test\//.test(path);
}

function isProduct(path) {
  return path.startsWith("src/") && !isTest(path);
}

function holdsSql(path) {
  return /^src\/db\/|\/store[^/]*\.ts$/.test(path);
}

function checkMigrations() {
  const names = find("db/migrations/*").map((path) => path.split("/").at(-1));
  const misnamed = names
    .filter((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .map((name) => `${name}: not NNNN_name.sql`);
  const gaps = names.flatMap((name, at) =>
    Number(name.slice(0, 4)) === at + 1 ? [] : [`${name}: number ${at + 1} is missing`],
  );
  const clocks = names.filter((name) =>
    /\b(now\(\)|current_timestamp|create trigger)/i.test(read(`db/migrations/${name}`)),
  );
  const narrowing = names.filter(
    (name) => isNewer(name) && !/^\d{4}_contract_/.test(name) && takesAway(read(`db/migrations/${name}`)),
  );
  return [
    ...narrowing.map((name) => `${name}: takes away what the version before uses; name it NNNN_contract_name.sql`),
    ...misnamed,
    ...gaps,
    ...clocks.map((name) => `${name}: no clock and no trigger in the schema`),
  ];
}

/** Since then the version before goes on beside a newer schema. */
function isNewer(name) {
  return Number(name.slice(0, 4)) > 41;
}

/** What the file itself makes it may keep to some. */
function takesAway(text) {
  const said = text.replace(/--.*$/gm, "");
  const own = [...said.matchAll(/\bcreate (?:function|table|view) (\w+)/gi)].map(([, name]) => name).join("|");
  const spoken = own ? said.replace(new RegExp(`\\brevoke [^;]* on (function )?(${own})\\b[^;]*;`, "gi"), "") : said;
  return /\bdrop (column|table|view)\b|\brename\b|\bset not null\b|\balter (column )?\w+ (set data )?type\b|\brevoke\b/i.test(
    spoken,
  );
}

function checkImports() {
  const { status, stdout, stderr } = run("dependency-cruiser/bin/dependency-cruiser.mjs", [
    "src",
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
  ]);
  if (!stdout) return [`dependency-cruiser did not run (${status}): ${stderr.trim()}`];
  const { summary } = JSON.parse(stdout);
  const blind =
    summary.totalCruised < fewestModules ? [`dependency-cruiser saw ${summary.totalCruised} modules only`] : [];
  return [...blind, ...summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)];
}

function checkDeadCode() {
  const { status, stdout, stderr } = run("knip/bin/knip.js", [
    "--no-progress",
    "--reporter",
    "compact",
    "--no-config-hints",
  ]);
  if (status === 0) return [];
  const lines = stdout.split("\n").filter((line) => line.trim() !== "");
  return lines.length ? lines.map((line) => `knip: ${line}`) : [`knip did not run (${status}): ${stderr.trim()}`];
}

function run(program, args) {
  return spawnSync(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 200_000_000,
  });
}

function find(pattern) {
  return globSync(pattern, { cwd: root }).sort();
}

function read(path) {
  return readFileSync(join(root, path), "utf8");
}
