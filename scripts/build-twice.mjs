// R50: two builds of the same sources give the same bytes. Builds in two copies of the tree under different names and
// compares every file by SHA-256; maps and the stamp, which hold times of files, are left out. Exit 1 when one differs.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), "vssid-twice-"));
try {
  const [one, other] = ["first", "other-name"].map((name) => build(join(folder, name)));
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  const differing = names.filter((name) => one.get(name) !== other.get(name));
  for (const name of differing) console.error(`differs: ${name}`);
  const whole = createHash("sha256")
    .update(JSON.stringify([...one]))
    .digest("hex");
  const verdict = differing.length === 0 && one.size > 20 ? "held" : "short";
  console.log(
    `R50 files that differ between two builds: ${differing.length} (goal at most 0) ${verdict} — ${one.size} files, sha256 ${whole}`,
  );
  process.exitCode = verdict === "held" ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Path → SHA-256. */
function build(copy) {
  for (const name of [
    "src",
    "bench",
    "faults",
    "db",
    "test",
    "scripts",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  execFileSync(process.execPath, [join(copy, "scripts", "build.mjs")], { stdio: "inherit" });
  const files = globSync("dist/**/*", { cwd: copy, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith(".map") && entry.name !== "stamp",
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(
    paths.map((path) => [path.slice(copy.length), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}
