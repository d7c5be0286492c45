import type { OpenedSession } from "../account/open-session.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { forgetHere, goOn } from "./go-on.ts";
import { proveStaffCode } from "./prove-code.ts";

/** The six digits or a spare code, as the second half of a sign-in or before a heavy act. A new session where one begins. */
export async function showCode(
  house: House,
  staff: Staff,
  { code, device, now }: { code: string; device: string; now: Date },
): Promise<OpenedSession | undefined> {
  await proveStaffCode(house, staff.staffId, code, now);
  const opened = await inTransaction(house.db, (tx) => goOn(tx, staff, { proof: "authenticator", device, now }));
  forgetHere(house, staff);
  return opened;
}
