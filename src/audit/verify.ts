import type { Db, Tx } from "../db/house.ts";
import { GENESIS, linkHash } from "./rules.ts";
import type { Kept } from "./rules-checkpoint.ts";
import { type ChainedLink, countUnchained, linksAfter } from "./store.ts";

export interface AuditVerdict {
  isWhole: boolean;
  links: number;
  /** Events older than a minute that no link holds. */
  unchained: number;
  head: string;
  /** Checkpoints of the witness that the chain passed through. */
  witnessed?: number;
  /** The first thing that does not fit. */
  fault?: { link: string; kind: FaultKind };
}

/** The last three are seen by a witness alone: whoever owns the database can make all hashes anew. */
type FaultKind = "event_missing" | "changed" | "link_missing" | "witness_differs" | "cut_off" | "checkpoint_forged";

const PAGE = 5000;

/**
 * Walks the chain from its beginning and stops at the first removed, changed or reordered row; with the checkpoints of
 * a witness also where it is another chain than the one they saw, or ends before it.
 */
export async function verifyAudit(db: Db | Tx, now: Date, witness?: Kept): Promise<AuditVerdict> {
  let previous: Buffer = GENESIS;
  let expected = 1n;
  let passed = 0;
  const unchained = await countUnchained(db, new Date(now.getTime() - 60_000));
  const verdict = (fault?: AuditVerdict["fault"]): AuditVerdict => ({
    isWhole: !fault && unchained === 0,
    links: Number(expected - 1n),
    unchained,
    head: previous.toString("hex"),
    ...(witness ? { witnessed: passed } : {}),
    ...(fault ? { fault } : {}),
  });
  const [forged] = witness?.forged ?? [];
  if (forged !== undefined) return verdict({ link: String(forged), kind: "checkpoint_forged" });
  const heads = headsOf(witness);
  let page = linksAfter(db, "0", PAGE);
  for (;;) {
    const links = await page;
    const last = links.at(-1);
    if (!last) break;
    // The database reads the next ones while these are reckoned.
    page = linksAfter(db, last.link_no, PAGE);
    page.catch(() => undefined);
    for (const link of links) {
      const fault = faultOf(link, previous, String(expected));
      if (fault) return await page.then(() => verdict(fault));
      previous = link.hash;
      const seen = heads.get(link.link_no);
      if (seen?.some((head) => head !== previous.toString("hex"))) {
        return await page.then(() => verdict({ link: link.link_no, kind: "witness_differs" }));
      }
      passed += seen?.length ?? 0;
      expected += 1n;
    }
  }
  const beyond = (witness?.good ?? []).find(({ links }) => BigInt(links) >= expected);
  return verdict(beyond ? { link: beyond.links, kind: "cut_off" } : undefined);
}

function headsOf(witness: Kept | undefined): Map<string, string[]> {
  const heads = new Map<string, string[]>();
  for (const { links, head } of witness?.good ?? []) heads.set(links, [...(heads.get(links) ?? []), head]);
  return heads;
}

function faultOf(link: ChainedLink, previous: Buffer, expected: string): AuditVerdict["fault"] {
  if (link.link_no !== expected) return { link: expected, kind: "link_missing" };
  if (link.event_id === null) return { link: link.link_no, kind: "event_missing" };
  const hash = linkHash(previous, link.link_no, link);
  return hash.equals(link.hash) ? undefined : { link: link.link_no, kind: "changed" };
}
