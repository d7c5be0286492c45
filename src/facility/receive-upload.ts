/** A file that a facility sends: streamed to disk, hashed on the way, and a receipt. It is imported afterwards. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { record } from "../audit/record.ts";
import type { House, Settings } from "../db/house.ts";
import { fits } from "../file-quota/room.ts";
import { hasRoom, sentByFacility } from "../file-quota/rules.ts";
import type { Facility } from "../kernel/actor.ts";
import { dayOf, endOf, startOf } from "../kernel/calendar.ts";
import { Invalid, TooLarge, TryLater } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { bytesOf, uploadMegabytes, uploadsWaiting, waitingMegabytes } from "./rules.ts";
import { countUploads, insertUpload } from "./store-uploads.ts";

export interface Receipt {
  id: string;
  /** Hex. */
  sha256: string;
  bytes: number;
  receivedAt: Date;
}

const RETRY_SECONDS = 60;

export const uploadFolder = ({ dataDir }: Settings) => join(dataDir, "uploads");

export async function receiveUpload(house: House, facility: Facility, body: Readable | undefined): Promise<Receipt> {
  if (!body) throw new Invalid([{ field: "body", key: "empty" }]);
  const now = house.clock.now();
  const { facilityCode, tokenId } = facility;
  await refuseSpent(house, facilityCode, now);
  const limit = bytesOf(await policyOn(house.db, uploadMegabytes, dayOf(now)));
  const folder = uploadFolder(house.settings);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  const part = join(folder, `${id}.part`);
  const sum = createHash("sha256");
  let bytes = 0;
  // Open before anything comes: a stream that ends while it opens its file would make it after it was taken away.
  const file = await open(part, "wx", 0o600);
  try {
    await pipeline(
      body,
      async function* counted(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > limit) throw new TooLarge(limit);
          sum.update(chunk);
          yield chunk;
        }
      },
      file.createWriteStream(),
    );
    if (bytes === 0) throw new Invalid([{ field: "body", key: "empty" }]);
    await keep(part);
    await rename(part, join(folder, `${id}.xml`));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  const sha256 = sum.digest();
  await insertUpload(house.db, { id, facilityCode, tokenId, sha256, bytes, at: now });
  await record(house.db, {
    ...{ at: now, actor: facility, action: "intake.uploaded", purpose: "operation" },
    object: { kind: "facility_upload", id },
    detail: { facility: facilityCode, bytes },
  });
  return { id, sha256: sha256.toString("hex"), bytes, receivedAt: now };
}

/** What waits must be taken in first; what one facility sends in a day has an end, and goes on tomorrow. */
async function refuseSpent({ db }: House, facilityCode: string, now: Date): Promise<void> {
  const today = dayOf(now);
  const held = await countUploads(db, facilityCode, startOf(today));
  const files = await policyOn(db, uploadsWaiting, today);
  const megabytes = await policyOn(db, waitingMegabytes, today);
  const one = { files: 1, bytes: 0 };
  if (!hasRoom({ files, megabytes }, held.waiting, one)) throw new TryLater("busy", RETRY_SECONDS);
  if (await fits(db, sentByFacility, { held: held.today, more: one, at: now })) return;
  throw new TryLater("files_spent", Math.ceil((endOf(today).getTime() - now.getTime()) / 1000));
}

/** On the disk before a receipt is given for it. */
async function keep(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.sync();
  await file.close();
}
