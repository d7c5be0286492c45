import { looksAtPapers } from "../audit/store.ts";
import type { Db } from "../db/house.ts";
import type { PaperCopy } from "./store.ts";

/** One look at a picture of a paper. */
export interface CopyLook {
  at: Date;
  staffId: string;
  side: PaperCopy["side"];
}

const LOOKS_AT_MOST = 50;

/** Who opened the pictures of this file, from the audit itself. */
export async function looksAtCopies(db: Db, copies: readonly PaperCopy[]): Promise<CopyLook[]> {
  const sides = new Map(copies.map(({ copyId, side }) => [copyId, side]));
  const rows = await looksAtPapers(db, [...sides.keys()], LOOKS_AT_MOST);
  return rows.flatMap(({ at, actor_id: staffId, object_id: copyId }) => {
    const side = sides.get(copyId ?? "");
    return side && staffId ? [{ at, staffId, side }] : [];
  });
}
