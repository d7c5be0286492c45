import type { Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import { carryKept } from "../kept-card/store.ts";
import { carrySubscriptions } from "../push/store.ts";
import { carrySessions } from "./store-session.ts";

/**
 * A device that signs in names itself: what was switched on there under another secret goes on under the one in front,
 * so that signing out there still ends it.
 */
export async function carryDevice(tx: Tx, personId: string, marks: Marks): Promise<void> {
  await carrySessions(tx, personId, marks);
  await carrySubscriptions(tx, personId, marks);
  await carryKept(tx, personId, marks);
}
