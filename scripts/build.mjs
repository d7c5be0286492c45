// Bundles the server, the commands, their workers, the benches and the trials into dist/.
// Does nothing when no source has changed since the last build.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const out = join(root, "dist");
const stampFile = join(out, "stamp");

const stamp = stampOf();
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) process.exit(0);

const { build } = await import("vite");
const startedAt = performance.now();
const jsx = { runtime: "automatic", importSource: "preact" };
const shared = { root, configFile: false, logLevel: "warn", oxc: { jsx }, publicDir: false };
await buildServer();
copyFlat("src/**/*-child.mjs", out);
writeFileSync(stampFile, stamp);
console.log(`built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);

/** Everything lies flat in dist/, so that `new URL("./x-worker.js", import.meta.url)` means the same everywhere. */
async function buildServer() {
  const entries = ["src/main.ts", "src/cli.ts", ...find("src/**/*-worker.ts")].map((path) => [plainName(path), path]);
  const benches = ["bench", "faults"].flatMap((folder) =>
    find(`${folder}/*.ts`).map((path) => [`${folder}-${plainName(path)}`, path]),
  );
  await build({
    ...shared,
    build: {
      ssr: true,
      target: "node24",
      cssTarget: ["chrome87", "safari14"],
      outDir: out,
      emptyOutDir: true,
      cssMinify: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries([...entries, ...benches]),
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
}

function copyFlat(pattern, folder) {
  mkdirSync(folder, { recursive: true });
  for (const path of find(pattern)) copyFileSync(join(root, path), join(folder, basename(path)));
}

function stampOf() {
  const sources = ["package-lock.json", "tsconfig.json", "scripts/build.mjs", ...find("{src,bench,faults}/**/*.*")];
  const hash = createHash("sha256");
  for (const path of sources) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function find(pattern) {
  return globSync(pattern, { cwd: root })
    .filter((path) => !path.includes(".test."))
    .sort();
}

function plainName(path) {
  return basename(path).replace(/\.[a-z]+$/, "");
}
