import { listStaff } from "../account/store-staff.ts";
import type { Db, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";

/** Staff id → name, for everybody who ever worked here: colleagues are named on files, tags and refusals. */
export async function staffNames(db: Db | Tx, now: Date): Promise<Map<string, string>> {
  const people = await listStaff(db, dayOf(now).toString());
  return new Map(people.map((one) => [one.staff_id, one.full_name]));
}
