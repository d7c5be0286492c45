import type { Db, Tx } from "../db/house.ts";
import { fittingLinks, GENESIS, linkHash } from "./rules.ts";
import type { Checkpoint, Kept } from "./rules-checkpoint.ts";
import { type ChainedLink, type Chunk, chunkAfter, countUnchained, lastLink, linksAfter } from "./store.ts";

export interface AuditVerdict {
  isWhole: boolean;
  links: number;
  /** Events older than a minute that no link holds. */
  unchained: number;
  head: string;
  /** Checkpoints of the witness that the chain passed through. */
  witnessed?: number;
  /** The first thing that does not fit. */
  fault?: Fault;
}

interface Fault {
  link: string;
  kind: FaultKind;
}

/** The last three are seen by a witness alone: whoever owns the database can make all hashes anew. */
type FaultKind = "event_missing" | "changed" | "link_missing" | "witness_differs" | "cut_off" | "checkpoint_forged";

/** How the chain is read. */
export interface Reading {
  /** Chunks that the database makes at the same time; 1 on a single connection. */
  lanes?: number;
  /** Links in each. */
  chunk?: number;
}

interface Parts {
  lanes: number;
  chunk: bigint;
}

/** How far the walk has come. */
interface Place {
  links: bigint;
  head: Buffer;
  passed: number;
  /** Checkpoints beyond, the nearest last. */
  ahead: Checkpoint[];
}

/**
 * Walks the chain from its beginning and stops at the first removed, changed or reordered row; with the checkpoints of
 * a witness also where it is another chain than the one they saw, or ends before it.
 */
export async function verifyAudit(
  db: Db | Tx,
  now: Date,
  witness?: Kept,
  { lanes = 1, chunk = 5000 }: Reading = {},
): Promise<AuditVerdict> {
  const ahead = (witness?.good ?? []).toSorted((one, other) => Number(BigInt(other.links) - BigInt(one.links)));
  const place: Place = { links: 0n, head: GENESIS, passed: 0, ahead };
  const unchained = await countUnchained(db, new Date(now.getTime() - 60_000));
  const fault = await firstFault(db, place, witness, { lanes, chunk: BigInt(chunk) });
  return {
    isWhole: !fault && unchained === 0,
    links: Number(place.links),
    unchained,
    head: place.head.toString("hex"),
    ...(witness ? { witnessed: place.passed } : {}),
    ...(fault ? { fault } : {}),
  };
}

async function firstFault(db: Db | Tx, place: Place, witness: Kept | undefined, parts: Parts) {
  const [forged] = witness?.forged ?? [];
  if (forged !== undefined) return { link: String(forged), kind: "checkpoint_forged" } as const;
  // Links may be added meanwhile: to the end that is there when no more are found.
  for (let last = await lastNumber(db); last > place.links; last = await lastNumber(db)) {
    const fault = await walkTo(db, place, last, parts);
    if (fault) return fault;
  }
  const beyond = witness?.good.find(({ links }) => BigInt(links) > place.links);
  return beyond && ({ link: beyond.links, kind: "cut_off" } as const);
}

const lastNumber = async (db: Db | Tx): Promise<bigint> => BigInt((await lastLink(db))?.link_no ?? 0);

/**
 * The database says what is hashed, chunk by chunk, and reads the next ones while these are reckoned. Whatever does not
 * fit in a chunk is looked for link by link, from the columns: that alone finds a fault.
 */
async function walkTo(db: Db | Tx, place: Place, last: bigint, parts: Parts) {
  const ahead: { upTo: bigint; chunk: Promise<Chunk> }[] = [];
  let asked = place.links;
  const askAhead = () => {
    while (asked < last && ahead.length < parts.lanes) {
      const upTo = asked + parts.chunk < last ? asked + parts.chunk : last;
      const chunk = chunkAfter(db, asked, upTo);
      chunk.catch(() => undefined);
      ahead.push({ upTo, chunk });
      asked = upTo;
    }
  };
  askAhead();
  for (let next = ahead.shift(); next; next = ahead.shift()) {
    const { upTo } = next;
    const chunk = await next.chunk;
    askAhead();
    const heads = headsUpTo(place, upTo);
    if (isWhole(chunk, place, upTo, heads)) {
      place.head = Buffer.from(chunk.hashes.at(-1) ?? "", "hex");
      place.passed += heads.length;
      place.links = upTo;
      continue;
    }
    // One connection takes one question at a time.
    await Promise.allSettled(ahead.map((one) => one.chunk));
    const fault = await walkByLink(db, place, upTo, heads);
    if (fault) return fault;
  }
  return undefined;
}

function headsUpTo({ ahead }: Place, upTo: bigint): Checkpoint[] {
  const heads: Checkpoint[] = [];
  for (let one = ahead.at(-1); one && BigInt(one.links) <= upTo; one = ahead.at(-1)) {
    heads.push(one);
    ahead.pop();
  }
  return heads;
}

function isWhole(
  { texts, hashes }: Chunk,
  { links, head }: Place,
  upTo: bigint,
  heads: readonly Checkpoint[],
): boolean {
  const count = Number(upTo - links);
  return (
    texts.length === count &&
    hashes.length === count &&
    heads.every((one) => hashes[Number(BigInt(one.links) - links) - 1] === one.head) &&
    fittingLinks(head.toString("hex"), texts, hashes) === count
  );
}

async function walkByLink(db: Db | Tx, place: Place, upTo: bigint, heads: readonly Checkpoint[]) {
  for (const link of await linksAfter(db, String(place.links), Number(upTo - place.links))) {
    const fault = faultOf(link, place, heads);
    if (fault) return fault;
  }
  // It was there when the walk began.
  return place.links < upTo ? missing(place) : undefined;
}

function faultOf(link: ChainedLink, place: Place, heads: readonly Checkpoint[]): Fault | undefined {
  if (BigInt(link.link_no) !== place.links + 1n) return missing(place);
  if (link.event_id === null) return { link: link.link_no, kind: "event_missing" };
  if (!linkHash(place.head, link.link_no, link).equals(link.hash)) return { link: link.link_no, kind: "changed" };
  place.head = link.hash;
  const seen = heads.filter(({ links }) => links === link.link_no);
  if (seen.some(({ head }) => head !== link.hash.toString("hex")))
    return { link: link.link_no, kind: "witness_differs" };
  place.passed += seen.length;
  place.links += 1n;
  return undefined;
}

const missing = ({ links }: Place): Fault => ({ link: String(links + 1n), kind: "link_missing" });
