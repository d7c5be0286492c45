/** Imports what facilities have sent, the oldest first, by the same way as any other file. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { House } from "../db/house.ts";
import { importByRoot } from "../intake/import-by-root.ts";
import { getCounts } from "../intake/store-files.ts";
import { forgetKeptBefore } from "../intake/store-kept.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { uploadFolder } from "./receive-upload.ts";
import { keptDays } from "./rules.ts";
import { endUpload, listWaiting } from "./store-uploads.ts";

const AT_ONCE = 20;
const DAY_MS = 86_400_000;

/** Files that another machine received wait for that machine. */
export async function takeUploads(house: House): Promise<number> {
  let taken = 0;
  for (const { id, facilityCode } of await listWaiting(house.db, AT_ONCE)) {
    const path = join(uploadFolder(house.settings), `${id}.xml`);
    if (!(await exists(path))) continue;
    await takeOne(house, { id, facilityCode, path });
    await rm(path, { force: true });
    taken += 1;
  }
  return taken;
}

async function takeOne(
  house: House,
  { id, facilityCode, path }: { id: string; facilityCode: string; path: string },
): Promise<void> {
  const nothing = { taken: 0, unchanged: 0, rejected: 0, flagged: 0 };
  try {
    const source = { name: `${id}.xml`, path };
    const { fileId, refusal } = await importByRoot(house, source, { onlyFacility: facilityCode, givesWay: true });
    const counts = await getCounts(house.db, fileId);
    const state = refusal ? "refused" : "taken";
    await endUpload(house.db, id, { state, fileId, ...counts, refusal: refusal?.code ?? null, at: house.clock.now() });
  } catch (error) {
    house.log.error({ upload: id, reason: (error as Error).message }, "an upload could not be imported");
    await endUpload(house.db, id, {
      ...{ state: "failed", fileId: null, ...nothing, refusal: null, at: house.clock.now() },
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Sealed rejects past their days, and files that were cut off or that nothing knows any more. */
export async function forgetOld(house: House): Promise<void> {
  const now = house.clock.now();
  const days = await policyOn(house.db, keptDays, dayOf(now));
  await forgetKeptBefore(house.db, new Date(now.getTime() - days * DAY_MS));
  const folder = uploadFolder(house.settings);
  const waiting = new Set((await listWaiting(house.db, 100_000)).map(({ id }) => `${id}.xml`));
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (!waiting.has(name) && mtimeMs < Date.now() - DAY_MS) await rm(path, { force: true });
  }
}
