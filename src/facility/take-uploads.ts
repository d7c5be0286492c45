/** Imports what facilities have sent, the oldest first, by the same way as any other file. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { importByRoot } from "../intake/import-by-root.ts";
import { getCounts } from "../intake/store-files.ts";
import { forgetKeptBefore } from "../intake/store-kept.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { uploadFolder } from "./receive-upload.ts";
import { keptDays } from "./rules.ts";
import { endUpload, findWaiting, giveUpWaiting, holdUploads, listNeeded, type UploadEnd } from "./store-uploads.ts";

const AT_ONCE = 20;
const DAY_MS = 86_400_000;
const AGAIN_AFTER_MS = 60_000;
const GIVEN_UP_AFTER_MS = 6 * 3_600_000;
/** No worker of another machine has taken it by then either. */
const LOST_AFTER_MS = 7 * DAY_MS;

/**
 * Facilities whose file could not be taken in: since when, and until when it rests. What they sent later waits behind it,
 * as a later file says what holds.
 */
export type SetBack = Map<string, { since: number; until: number }>;

type Ended = Pick<UploadEnd, "state"> & { id: string };

/** Files that another machine received wait for that machine. */
export async function takeUploads(house: House, setBack: SetBack = new Map()): Promise<number> {
  const folder = uploadFolder(house.settings);
  const here = await idsIn(folder);
  let taken = 0;
  while (here.length > 0 && taken < AT_ONCE) {
    // Held to its end: a second worker on this folder would be told that everything is known, and tell it the facility.
    const ended = await inTransaction(house.db, (tx) => takeNext(house, tx, here, setBack));
    if (ended === undefined) break;
    if (ended === "not_now") continue;
    if (ended.state !== "failed") await rm(join(folder, `${ended.id}.xml`), { force: true });
    taken += 1;
  }
  return taken;
}

async function takeNext(
  house: House,
  tx: Tx,
  here: readonly string[],
  setBack: SetBack,
): Promise<Ended | "not_now" | undefined> {
  if (!(await holdUploads(tx))) return undefined;
  const now = house.clock.now();
  const notOf = [...setBack].filter(([, { until }]) => until > now.getTime()).map(([facility]) => facility);
  const next = await findWaiting(tx, { among: here, notOf });
  if (!next) return undefined;
  const { id, facilityCode } = next;
  const end = await importOne(house, next).catch((error: Error) => {
    house.log.error({ alarm: "upload_failed", upload: id, reason: error.message }, "an upload could not be imported");
    return failedSince(setBack, facilityCode, now);
  });
  if (!end) return "not_now";
  setBack.delete(facilityCode);
  await endUpload(tx, id, { ...end, at: house.clock.now() });
  return { id, state: end.state };
}

type End = Omit<UploadEnd, "at">;

async function importOne(house: House, { id, facilityCode }: { id: string; facilityCode: string }): Promise<End> {
  const source = { name: `${id}.xml`, path: join(uploadFolder(house.settings), `${id}.xml`) };
  const { fileId, refusal } = await importByRoot(house, source, { onlyFacility: facilityCode, givesWay: true });
  const counts = await getCounts(house.db, fileId);
  return { state: refusal ? "refused" : "taken", fileId, ...counts, refusal: refusal?.code ?? null };
}

/** Nothing yet for what may pass; the end, once it has failed for hours. */
function failedSince(setBack: SetBack, facilityCode: string, now: Date): End | undefined {
  const since = setBack.get(facilityCode)?.since ?? now.getTime();
  setBack.set(facilityCode, { since, until: now.getTime() + AGAIN_AFTER_MS });
  if (now.getTime() - since < GIVEN_UP_AFTER_MS) return undefined;
  return { state: "failed", fileId: null, taken: 0, unchanged: 0, rejected: 0, flagged: 0, refusal: null };
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.filter((name) => name.endsWith(".xml")).map((name) => name.slice(0, -".xml".length));
  return ids.filter((id) => z.guid().safeParse(id).success);
}

/**
 * Sealed rejects past their days, what waits for a file that is nowhere, and files that were cut off or that nothing
 * knows any more. What failed keeps its bytes for the days of rejects, so that an operator can import it.
 */
export async function forgetOld(house: House): Promise<void> {
  const now = house.clock.now();
  const days = await policyOn(house.db, keptDays, dayOf(now));
  const keptSince = new Date(now.getTime() - days * DAY_MS);
  await forgetKeptBefore(house.db, keptSince);
  const folder = uploadFolder(house.settings);
  const here = await idsIn(folder);
  const lost = { here, before: new Date(now.getTime() - LOST_AFTER_MS), at: now };
  for (const upload of await giveUpWaiting(house.db, lost)) {
    house.log.error({ upload }, "an upload is given up: its file is in no folder that a worker reads");
  }
  const needed = new Set((await listNeeded(house.db, here, keptSince)).map((id) => `${id}.xml`));
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (!needed.has(name) && mtimeMs < Date.now() - DAY_MS) await rm(path, { force: true });
  }
}
