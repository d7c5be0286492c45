import type { House, Tx } from "../db/house.ts";
import { aboutFile } from "../db/wall.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { heldBy, lockOwnFile, overtakenBy } from "./desk.ts";
import { parseTransfer } from "./rules-transfer.ts";
import { transfer } from "./transfer.ts";

/**
 * Hands a confirmed or received file to another office, with a reason: from one's own desk or from the queue,
 * never from a colleague's desk. The file leaves this office's queue; the line of its move stays in the list.
 */
export async function handOver(
  house: House,
  staff: Staff,
  asked: { code: string; office: string; reason: string },
): Promise<Declaration> {
  const at = house.clock.now();
  const move = async (tx: Tx) => {
    const { file, desk } = await lockOwnFile(tx, staff, asked.code);
    if (file.status !== "confirmed" && file.status !== "received") throw await overtakenBy(tx, file);
    if (file.heldBy && file.heldBy !== staff.staffId) throw await heldBy(tx, file);
    const parsed = parseTransfer(asked, desk.officeCode);
    if (!parsed.ok) throw new Invalid(parsed.faults);
    return transfer(tx, house, staff, { file, fromOfficeCode: desk.officeCode, ...parsed.value, way: "handed", at });
  };
  return aboutFile(asked.code, () => onFile(house, at, move));
}
