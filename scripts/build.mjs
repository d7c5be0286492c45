// Bundles the server, the commands, their workers, the benches and the trials into dist/, the scripts of pages into
// dist/assets/.
// Does nothing when no source has changed since the last build.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const out = join(root, "dist");
/**
 * Packages of many small modules are drawn into the bundle, whose parts take a third less time to load than they do:
 * only what can be drawn in whole, and is one and the same wherever it is asked for.
 */
const drawnIn = [
  ...["@simplewebauthn/server", "@zxcvbn-ts/core", "@zxcvbn-ts/language-common", "csv-parse", "kysely"],
  ...["fastify-type-provider-zod", "openid-client", "preact", "preact-render-to-string", "temporal-polyfill", "zod"],
];
/** A reader of pictures is larger. */
const largestKeptBytes = 20_000;
const stampFile = join(out, "stamp");

// Names of files are written into the bundle as seen from here: from wherever it is called, the same bytes.
process.chdir(root);
const begunAt = new Date();
const stamp = stampOf();
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) process.exit(0);

const { build } = await import("vite");
const startedAt = performance.now();
const jsx = { runtime: "automatic", importSource: "preact" };
/** Vite wraps every `import()` in two kilobytes that preload styles; no island has any. */
const plainImports = {
  name: "plain-imports",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null),
};
const shared = { root, configFile: false, logLevel: "warn", oxc: { jsx }, publicDir: false };
await buildServer();
await buildIslands();
copyPictures();
copyFlat("src/**/*-child.mjs", out);
writeFileSync(stampFile, stamp);
// As old as what was read: bin/prepare.sh asks what was touched since, and that may have been while this was built.
utimesSync(stampFile, begunAt, begunAt);
console.log(`built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);

/** Everything lies flat in dist/, so that `new URL("./x-worker.js", import.meta.url)` means the same everywhere. */
async function buildServer() {
  const entries = ["src/main.ts", "src/cli.ts", ...find("src/**/*-worker.ts")].map((path) => [plainName(path), path]);
  const benches = ["bench", "faults"].flatMap((folder) =>
    find(`${folder}/*.ts`).map((path) => [`${folder}-${plainName(path)}`, path]),
  );
  await build({
    ...shared,
    ssr: { noExternal: drawnIn },
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

/**
 * `src/scan/card-island.ts` becomes /assets/card-HASH.js; what it imports by `?url` lies beside it. Each is built by
 * itself: what a page loads at once is one file, and only what is loaded later lies apart.
 */
async function buildIslands() {
  const [islands, parts] = [{}, {}];
  for (const path of find("src/**/*-island.ts")) {
    const name = plainName(path).slice(0, -7);
    const { output } = await build({
      ...shared,
      base: "/assets/",
      plugins: [plainImports],
      build: {
        target: ["chrome87", "safari14"],
        outDir: join(out, "assets"),
        emptyOutDir: false,
        assetsDir: "",
        assetsInlineLimit: 0,
        modulePreload: false,
        rolldownOptions: {
          input: { [name]: path },
          output: { assetFileNames: ({ names: [asset] }) => asset.replace(".", "-[hash].") },
        },
      },
    });
    const { fileName } = output.find(({ isEntry }) => isEntry);
    islands[name] = fileName;
    parts[name] = partsOf(output, fileName);
  }
  writeFileSync(join(out, "islands.json"), JSON.stringify(islands));
  writeFileSync(join(out, "island-parts.json"), JSON.stringify(parts));
}

/**
 * An island with all that it needs, for a service worker that keeps it: also what it loads later, unless that is large
 * and something else does its work without a network.
 */
function partsOf(output, fileName, seen = new Set()) {
  const part = output.find((one) => one.fileName === fileName);
  if (!part || seen.has(fileName)) return [...seen];
  seen.add(fileName);
  const later = part.dynamicImports.filter((name) => lengthOf(output, name) <= largestKeptBytes);
  for (const name of [...part.imports, ...later]) partsOf(output, name, seen);
  return [...seen];
}

/** `src/guides/pictures/card.webp` becomes /assets/card-HASH.webp: kept by browsers for a year, another when it changes. */
function copyPictures() {
  const pictures = {};
  for (const path of find("src/**/pictures/*.webp")) {
    const bytes = readFileSync(path);
    const name = plainName(path);
    pictures[name] = `${name}-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.webp`;
    writeFileSync(join(out, "assets", pictures[name]), bytes);
  }
  writeFileSync(join(out, "pictures.json"), JSON.stringify(pictures));
}

function lengthOf(output, name) {
  return output.find((one) => one.fileName === name)?.code.length ?? 0;
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
