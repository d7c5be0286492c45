// R50: what comes from others and what leaves us, in four figures; exit 0 only when all are held. Offline:
// the lock file, the tree and two builds are enough.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { billOf } from "./sbom.mjs";
import { findSecrets, scanTree, shapes } from "./secrets.mjs";
import { planted } from "./secrets-planted.mjs";

const MOST_DIRECT = 40;
const root = dirname(import.meta.dirname);
const read = (name) => readFileSync(join(root, name), "utf8");
const tell = (what, value, goal, isHeld, extra) => {
  console.log(`R50 ${what}: ${value} (goal ${goal}) ${isHeld ? "held" : "short"} — ${extra}`);
  return isHeld;
};

const held = [bill(), secrets(), twoBuilds(), dependencies()];
process.exitCode = held.every(Boolean) ? 0 : 1;

/** Every package that is installed in production, with its version, hash and licence. */
function bill() {
  const { components, dependencies } = billOf(read("package-lock.json"));
  const lacking = components.filter(
    ({ hashes, licenses }) => !hashes[0]?.content || !(licenses[0]?.expression ?? licenses[0]?.license?.id),
  );
  const named = new Set(components.map(({ purl }) => purl));
  const missing = dependencies[0].dependsOn.filter((purl) => !named.has(purl));
  const wrong = lacking.length + missing.length;
  const extra = `${components.length} parts (CycloneDX 1.5, npm run sbom), ${dependencies[0].dependsOn.length} of them direct, those of single platforms among them`;
  return tell(
    "parts of the bill without hash or licence, or left out",
    wrong,
    "at most 0",
    wrong === 0 && components.length > 0,
    extra,
  );
}

/** Each of its own shape is found by its name; in the tree there is none. */
function secrets() {
  const found = planted.filter((text, at) =>
    findSecrets(`line\n${text}\n`).some(({ name }) => name === shapes[at]?.name),
  ).length;
  const inTree = scanTree();
  for (const find of inTree) console.error(find);
  const isHeld = found === shapes.length && shapes.length >= 20 && inTree.length === 0;
  return tell(
    "planted secrets found",
    found,
    shapes.length,
    isHeld,
    `${inTree.length} finds in the tree itself (goal at most 0)`,
  );
}

/** Prints its own line. */
function twoBuilds() {
  return spawnSync(process.execPath, [join(root, "scripts", "build-twice.mjs")], { stdio: "inherit" }).status === 0;
}

function dependencies() {
  const count = Object.keys(JSON.parse(read("package.json")).dependencies).length;
  return tell(
    "direct run-time dependencies",
    count,
    `at most ${MOST_DIRECT}`,
    count <= MOST_DIRECT,
    "package.json, dependencies",
  );
}
