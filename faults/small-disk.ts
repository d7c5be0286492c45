/** File systems of the trials' own: each takes the right to mount one, and is gone at the end. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const mounted: string[] = [];

/** False: this machine does not let us. */
export function mountMemory(folder: string, megabytes: number): boolean {
  return mountAt(folder, ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0777`, "tmpfs"]);
}

/** An ext4 in a file: the file holds what a disk would hold, which is what was flushed. */
export function makeImage(image: string, megabytes: number): boolean {
  mkdirSync(dirname(image), { recursive: true });
  writeFileSync(image, "");
  truncateSync(image, megabytes * 2 ** 20);
  return spawnSync("mkfs.ext4", ["-q", "-F", image]).status === 0;
}

export function mountImage(image: string, folder: string): boolean {
  return mountAt(folder, ["-o", "loop", image]);
}

export function unmount(folder: string): void {
  spawnSync("umount", ["-l", folder]);
  mounted.splice(mounted.indexOf(folder), 1);
}

export function unmountAll(): void {
  for (const folder of [...mounted].reverse()) {
    unmount(folder);
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}

function mountAt(folder: string, args: readonly string[]): boolean {
  mkdirSync(folder, { recursive: true });
  if (spawnSync("mount", [...args, folder]).status !== 0) return false;
  mounted.push(folder);
  return true;
}
