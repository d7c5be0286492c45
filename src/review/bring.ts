import type { House, Tx } from "../db/house.ts";
import { aboutFile } from "../db/wall.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../kernel/failures.ts";
import { onFile } from "../registration/advance.ts";
import { type Declaration, lockByCode } from "../registration/store.ts";
import { overtakenBy } from "./desk.ts";
import { faultsOfReason, tidyReason } from "./rules-transfer.ts";
import { transfer } from "./transfer.ts";

/**
 * The person stands at this counter with a form that names another office: the file comes here, with a reason.
 * Only while it waits to be handed in; a file that the other office works on must be handed over by that office.
 */
export async function bring(house: House, staff: Staff, asked: { code: string; reason: string }): Promise<Declaration> {
  const at = house.clock.now();
  const reason = tidyReason(asked.reason);
  const here = officesAtWork(staff)[0];
  if (!here) throw new Forbidden();
  const faults = faultsOfReason(reason);
  if (faults.length > 0) throw new Invalid(faults);
  const move = async (tx: Tx) => {
    const file = await lockByCode(tx, asked.code);
    const { officeCode } = file;
    if (!officeCode || file.status === "draft") throw new NotFound("declaration");
    if (officesAtWork(staff).includes(officeCode)) return file;
    if (file.status === "received" || file.batchedAt) throw new Conflict("worked_on_elsewhere");
    if (file.status !== "confirmed") throw await overtakenBy(tx, file);
    return transfer(tx, house, staff, {
      file,
      fromOfficeCode: officeCode,
      toOfficeCode: here,
      reason,
      way: "brought",
      at,
    });
  };
  return aboutFile(asked.code, () => onFile(house, at, move));
}
