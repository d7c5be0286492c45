import { namesOfStaff } from "../account/store-staff.ts";
import type { Db, Tx } from "../db/house.ts";

/** Staff id → name, for everybody who ever worked here: colleagues are named on files, tags and refusals. */
export function staffNames(db: Db | Tx): Promise<Map<string, string>> {
  return namesOfStaff(db);
}
