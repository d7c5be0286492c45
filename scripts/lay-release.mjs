// Lays out what runs in production, and nothing else: `node scripts/lay-release.mjs FOLDER`. From a built tree: the
// bundle without benches and trials, the schema, the operator's papers, and of the packages those that run.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const shares = [
  "bin/vssid",
  "bin/prepare.sh",
  "db",
  "docs",
  "ops",
  "LICENSE",
  "README.md",
  "package.json",
  "package-lock.json",
];
const copied = { recursive: true, dereference: false, verbatimSymlinks: true };

/** Throws when the tree is not built or a package is missing that must run. */
export function layRelease(folder) {
  if (!existsSync(join(root, "dist", "stamp"))) throw new Error("the tree is not built: node scripts/build.mjs");
  mkdirSync(folder, { recursive: true });
  for (const name of shares) cpSync(join(root, name), join(folder, name), copied);
  cpSync(join(root, "dist"), join(folder, "dist"), {
    ...copied,
    filter: (path) => !/\.map$/.test(path) && !/^(bench|faults)-/.test(basename(path)),
  });
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const paths = Object.keys(packages).filter((path) => path && !packages[path].dev);
  const missing = paths.filter((path) => !packages[path].optional && !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(", ")}`);
  for (const path of paths.filter((one) => existsSync(join(root, one)))) {
    // What lies inside comes by a line of its own in the lock file: only where it runs.
    cpSync(join(root, path), join(folder, path), {
      ...copied,
      filter: (from) => !from.slice(join(root, path).length).includes("/node_modules"),
    });
  }
  const [node] = globSync("node_modules/node-linux-*/bin/node", { cwd: folder });
  if (!node) return;
  const link = join(folder, "node_modules", ".bin", "node");
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join("..", node.slice("node_modules/".length)), link);
}

if (process.argv[1] === import.meta.filename) {
  const [, , folder] = process.argv;
  if (!folder) throw new Error("usage: node scripts/lay-release.mjs FOLDER");
  layRelease(folder);
}
