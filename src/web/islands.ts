import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { projectRoot } from "../db/root.ts";
import { readKept } from "./kept-assets.ts";

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

/** The address of a picture that lies in a feature's folder `pictures`. */
export function pictureHref(name: string): string {
  drawn ??= readBuilt<Record<string, string>>("pictures.json") ?? {};
  return `/assets/${drawn[name] ?? `${name}.webp`}`;
}

let drawn: Record<string, string> | undefined;

/** The addresses of an island and of all that it needs before it runs; none without a build. */
export function islandParts(name: string): string[] {
  const parts = readBuilt<Record<string, string[]>>("island-parts.json")?.[name] ?? [];
  return parts.map((file) => `/assets/${file}`);
}

/** Changes with every build; undefined without one. */
export function buildStamp(): string | undefined {
  try {
    return readFileSync(join(built, "stamp"), "utf8").slice(0, 12);
  } catch {
    return undefined;
  }
}

let known: Record<string, string> | undefined;

const readKnown = () => readBuilt<Record<string, string>>("islands.json") ?? {};

function readBuilt<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(join(built, name), "utf8")) as T;
  } catch {
    return undefined;
  }
}

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".gz": "application/gzip",
};

/** One built file by its plain name, of this build or of another that serves beside it; undefined when there is none. */
export async function findAsset(name: string, dataDir: string): Promise<{ type: string; bytes: Buffer } | undefined> {
  const type = TYPES[extname(name)];
  if (!type || !/^[\w-]+(\.[\w-]+)+$/.test(name)) return undefined;
  const bytes = (await readFile(join(built, "assets", name)).catch(() => undefined)) ?? (await readKept(dataDir, name));
  return bytes && { type, bytes };
}
