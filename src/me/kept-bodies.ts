/**
 * Finished answers of the last minute. Whoever asks again gets the same bytes, neither fetched nor written anew, when
 * PostgreSQL says that the record is still of the version they were made of. It is asked each time, in the one statement
 * of a read: processes need tell each other nothing, and no record is shown as it was before a change.
 */
import type { House } from "../db/house.ts";
import { rootOf } from "../db/within.ts";

/** A bench lifts it to measure first reads. */
export const keptBodies = { bytesMax: 24 * 1024 * 1024 };
const KEPT_MS = 60_000;

interface Body {
  version: string;
  bytes: Buffer;
  atMs: number;
}

export interface Finished<B> {
  /** data_version of the person. */
  version: string;
  /** Undefined: the asker holds this version. */
  body: B | undefined;
}

const kept = new WeakMap<House, KeptBodies>();

/**
 * `read` is given the version that need not be read, and leaves the body out when it is the present one. `key` holds all
 * that the answer depends on beside the record. What `read` does not find is not kept.
 */
export async function readOrKept<Missing extends undefined = never>(
  { house, now }: { house: House; now: Date },
  { key, known }: { key: readonly unknown[]; known: string },
  read: (known: string) => Promise<Finished<string> | Missing>,
): Promise<Finished<Buffer> | Missing> {
  const bodies = bodiesOf(house);
  const name = JSON.stringify(key);
  const held = bodies.find(name, now.getTime());
  const found = await read(held?.version ?? known);
  if (!found) return found;
  const { version, body } = found;
  if (version === known) return { version, body: undefined };
  if (body === undefined) return { version, body: held?.bytes };
  const bytes = Buffer.from(body);
  bodies.keep(name, { version, bytes, atMs: now.getTime() });
  return { version, body: bytes };
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
