import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../db/root.ts";

/**
 * Scripts of other builds. While two versions run side by side, a page of one asks the other for its script: each puts
 * its own into the folder of data that they share, under names that change with the bytes, and serves from there what
 * it has not itself. Pages work without; this keeps an upgrade from being seen.
 */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

const folderIn = (dataDir: string) => join(dataDir, "assets");

/** Puts this build's scripts there, and takes away what no process has put there for thirty days. */
export async function keepAssets(dataDir: string, built = join(projectRoot, "dist", "assets")): Promise<void> {
  const folder = folderIn(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(built).catch(() => []);
  const nowMs = Date.now();
  for (const name of names) {
    const kept = join(folder, name);
    // What is there is whole: it came by a rename.
    if (await touch(kept, nowMs / 1000)) continue;
    const part = join(folder, `.${randomUUID()}`);
    await copyFile(join(built, name), part);
    await rename(part, kept);
  }
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs > KEPT_DAYS * DAY_MS) await rm(join(folder, name), { force: true });
  }
}

/** `name` is known to be a plain name. */
export async function readKept(dataDir: string, name: string): Promise<Buffer | undefined> {
  return readFile(join(folderIn(dataDir), name)).catch(() => undefined);
}

/** False when it is not there. */
async function touch(path: string, atSeconds: number): Promise<boolean> {
  return utimes(path, atSeconds, atSeconds).then(
    () => true,
    () => false,
  );
}
