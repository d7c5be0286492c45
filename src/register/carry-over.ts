import type { Tx } from "../db/house.ts";
import { bumpVersion } from "../db/person-version.ts";
import { dayOf } from "../kernel/calendar.ts";
import { changePerson } from "../registration/store-many.ts";
import { ACCOUNT_TABLES, RECORD_TABLES } from "./rules-merge.ts";
import {
  copyRows,
  deleteRows,
  endCurrent,
  keepMovedIds,
  type Merge,
  moveAccountKeys,
  moveKeys,
} from "./store-merge.ts";
import { moveGuardian } from "./store-merge-links.ts";

/**
 * Everything that stands with the merged record goes to the survivor, and the merge keeps what it did. Copies are
 * made parents first, originals go children first. Answers how many rows moved.
 */
export async function carryOver(tx: Tx, merge: Merge, at: Date, withAccount: boolean): Promise<number> {
  const { id, mergedId: from, survivorId: to } = merge;
  const tables = withAccount ? [...RECORD_TABLES, ...ACCOUNT_TABLES] : [...RECORD_TABLES];
  await endCurrent(tx, id, "person_number", { from, to }, dayOf(at).toString());
  await endCurrent(tx, id, "contact_point", { from, to }, at);
  let moved = 0;
  for (const table of tables) moved += await copyRows(tx, id, table, from, to);
  for (const table of tables.toReversed()) await deleteRows(tx, table, from);
  await moveKeys(tx, id, from, to);
  if (withAccount) await moveAccountKeys(tx, from, to);
  await moveGuardian(tx, { mergeId: id, from, to });
  await keepMovedIds(tx, id, "declaration", await changePerson(tx, from, to));
  await bumpVersion(tx, from);
  await bumpVersion(tx, to);
  return moved;
}
