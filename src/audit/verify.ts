import type { Db } from "../db/house.ts";
import { type ChainedEvent, GENESIS, linkHash } from "./rules.ts";
import { countUnchained, linksAfter } from "./store.ts";

export interface AuditVerdict {
  isWhole: boolean;
  links: number;
  /** Events older than a minute that no link holds. */
  unchained: number;
  head: string;
  /** The first thing that does not fit. */
  fault?: { link: string; kind: "event_missing" | "changed" | "link_missing" };
}

const PAGE = 5000;

/** Walks the chain from its beginning and stops at the first removed, changed or reordered row. */
export async function verifyAudit(db: Db, now: Date): Promise<AuditVerdict> {
  let previous: Buffer = GENESIS;
  let expected = 1n;
  const unchained = await countUnchained(db, new Date(now.getTime() - 60_000));
  const verdict = (fault?: AuditVerdict["fault"]): AuditVerdict => ({
    isWhole: !fault && unchained === 0,
    links: Number(expected - 1n),
    unchained,
    head: previous.toString("hex"),
    ...(fault ? { fault } : {}),
  });
  for (;;) {
    const links = await linksAfter(db, String(expected - 1n), PAGE);
    if (!links.length) return verdict();
    for (const link of links) {
      if (link.link_no !== String(expected)) return verdict({ link: String(expected), kind: "link_missing" });
      if (link.event_id === null) return verdict({ link: link.link_no, kind: "event_missing" });
      const hash = linkHash(previous, link.link_no, link as ChainedEvent);
      if (!hash.equals(link.hash)) return verdict({ link: link.link_no, kind: "changed" });
      previous = hash;
      expected += 1n;
    }
  }
}
