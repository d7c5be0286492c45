import { existsSync } from "node:fs";
import type { Settings } from "../db/house.ts";
import { makeKeyFile, readKeyFile } from "./key.ts";
import type { BackupPlace } from "./take.ts";

/** Folder and key of the settings; undefined where no backups are taken. The demo makes its key once. */
export function placeOf({ backup, profile }: Settings): BackupPlace | undefined {
  if (!backup) return undefined;
  if (profile === "demo" && !existsSync(backup.keyFile)) makeKeyFile(backup.keyFile);
  return { dir: backup.dir, key: readKeyFile(backup.keyFile) };
}
