import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { projectRoot } from "../db/root.ts";

/**
 * The optional scripts of pages: `src/…/NAME-island.ts`, bundled by scripts/build.mjs under names that change with
 * their bytes. Without a build (tests) nothing lies there and pages work as they do without script.
 */
const built = join(projectRoot, "dist");

/** The address of an island's script. */
export function islandHref(name: string): string {
  known ??= readKnown();
  return `/assets/${known[name] ?? `${name}.js`}`;
}

let known: Record<string, string> | undefined;

function readKnown(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(built, "islands.json"), "utf8"));
  } catch {
    return {};
  }
}

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".gz": "application/gzip",
};

/** One built file by its plain name; undefined when there is none. */
export async function findAsset(name: string): Promise<{ type: string; bytes: Buffer } | undefined> {
  const type = TYPES[extname(name)];
  if (!type || !/^[\w-]+(\.[\w-]+)+$/.test(name)) return undefined;
  const bytes = await readFile(join(built, "assets", name)).catch(() => undefined);
  return bytes && { type, bytes };
}
