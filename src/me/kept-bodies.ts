/**
 * Finished answers of the last minute. Whoever asks again gets the same bytes, neither fetched nor written anew, when
 * PostgreSQL says that the record is still of the version they were made of. It is asked each time: processes need tell
 * each other nothing, and no record is shown as it was before a change.
 */
import { noteLook } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { rootOf } from "../db/within.ts";
import type { OwnLook } from "./own-look.ts";
import { presentVersion } from "./present-version.ts";
import { NONE } from "./versioned.ts";

/** A bench lifts it to measure first reads. */
export const keptBodies = { bytesMax: 24 * 1024 * 1024 };
const KEPT_MS = 60_000;

interface Body {
  version: string;
  bytes: Buffer;
  atMs: number;
}

interface Found {
  /** data_version of the person. */
  version: string;
  body: string;
}

interface Answer {
  version: string;
  /** Undefined: the asker holds this version. */
  body: Buffer | undefined;
}

const kept = new WeakMap<House, KeptBodies>();

export interface OwnRead {
  /** All that the answer depends on beside the record. */
  key: readonly unknown[];
  /** The version that the asker says to hold. */
  known: string;
  /** Noted when there is something to see. */
  look: OwnLook;
  /** Every record has one, if an empty one: who holds its version holds an answer. */
  isAlwaysThere: boolean;
}

/** What `read` does not find is not kept; it is not called where the version alone answers. */
export async function readOrKept<Missing extends undefined = never>(
  house: House,
  { key, known, look, isAlwaysThere }: OwnRead,
  read: () => Promise<Found | Missing>,
): Promise<Answer | Missing> {
  const bodies = bodiesOf(house);
  const name = JSON.stringify(key);
  const nowMs = look.at.getTime();
  const held = bodies.find(name, nowMs);
  const mayBeUnchanged = held !== undefined || (isAlwaysThere && known !== NONE);
  if (mayBeUnchanged) {
    noteLook(house, look);
    const version = await presentVersion(house, look.personId);
    const isHeld = version === held?.version;
    if (version === known && (isHeld || isAlwaysThere)) return { version, body: undefined };
    if (held && isHeld) return { version: held.version, body: held.bytes };
  }
  const found = await read();
  if (!found) return found;
  if (!mayBeUnchanged) noteLook(house, look);
  const { version } = found;
  const bytes = Buffer.from(found.body);
  bodies.keep(name, { version, bytes, atMs: nowMs });
  return { version, body: version === known ? undefined : bytes };
}

/** The same for what is not kept; every record has one of it. */
export async function readUnlessHeld<R extends { version: string }>(
  house: House,
  known: string,
  look: OwnLook,
  read: () => Promise<R>,
): Promise<Partial<R> & { version: string }> {
  if (known !== NONE) {
    noteLook(house, look);
    if ((await presentVersion(house, look.personId)) === known) return { version: known } as Partial<R> & R;
    return read();
  }
  const found = await read();
  noteLook(house, look);
  return found;
}

function bodiesOf(house: House): KeptBodies {
  const root = rootOf(house);
  const found = kept.get(root) ?? new KeptBodies();
  kept.set(root, found);
  return found;
}

/** The oldest go first. */
class KeptBodies {
  readonly #all = new Map<string, Body>();
  #bytes = 0;

  find(name: string, nowMs: number): Body | undefined {
    const body = this.#all.get(name);
    if (!body || Math.abs(nowMs - body.atMs) <= KEPT_MS) return body;
    this.#drop(name, body);
    return undefined;
  }

  keep(name: string, body: Body): void {
    const before = this.#all.get(name);
    if (before) this.#drop(name, before);
    this.#all.set(name, body);
    this.#bytes += body.bytes.length;
    for (const [oldest, its] of this.#all) {
      if (this.#bytes <= keptBodies.bytesMax) return;
      this.#drop(oldest, its);
    }
  }

  #drop(name: string, { bytes }: Body): void {
    this.#all.delete(name);
    this.#bytes -= bytes.length;
  }
}
