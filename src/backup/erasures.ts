/** Who was erased, outside the database: data that come back from before must not bring them back. Only added to. */
import { existsSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { holdFolder } from "../db/folder-lock.ts";
import type { House } from "../db/house.ts";
import { eraseAgain } from "../rights/erase-again.ts";
import { type Erasure, erasures } from "../rights/store.ts";
import { replaceWhole } from "./folder.ts";
import { placeOf } from "./place.ts";
import { isSealedUnder, openWhole, sealWhole } from "./seal.ts";
import type { BackupPlace } from "./take.ts";

const NAME = "erasures";

/**
 * Adds what the database knows and the list does not; each minute and with each backup. How many were new. A list under
 * an earlier key is sealed anew: it stays when that key goes.
 */
export async function noteErasures(house: House): Promise<number> {
  const place = placeOf(house.settings);
  if (!place) return 0;
  mkdirSync(place.dir, { recursive: true, mode: 0o700 });
  const letGo = holdFolder(join(place.dir, NAME), "");
  try {
    const known = await readErasures(place);
    const ids = new Set(known.map(({ requestId }) => requestId));
    const added = (await erasures(house.db)).filter(({ requestId }) => !ids.has(requestId));
    if (added.length === 0 && !(await isUnderEarlier(place))) return 0;
    const bytes = sealWhole(place.key, NAME, Buffer.from(JSON.stringify([...known, ...added])));
    await replaceWhole(join(place.dir, NAME), bytes);
    return added.length;
  } finally {
    letGo();
  }
}

async function isUnderEarlier({ dir, key }: BackupPlace): Promise<boolean> {
  const path = join(dir, NAME);
  return existsSync(path) && !isSealedUnder(key, await readFile(path));
}

export async function readErasures({ dir, key }: BackupPlace): Promise<Erasure[]> {
  const path = join(dir, NAME);
  if (!existsSync(path)) return [];
  const listed = JSON.parse((await openWhole(key, NAME, await readFile(path))).toString("utf8")) as Erasure[];
  return listed.map((one) => ({ ...one, at: new Date(one.at) }));
}

/** Does again whatever the restored database does not know. How many people that were. */
export async function replayErasures(house: House, place: BackupPlace): Promise<number> {
  let again = 0;
  for (const erasure of await readErasures(place)) if (await eraseAgain(house, erasure)) again += 1;
  return again;
}
