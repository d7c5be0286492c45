import type { House } from "../db/house.ts";
import { idsOfOneRecord } from "../register/store-joined.ts";
import { spareMarks } from "./marks.ts";

/** A spare code was marked for the record that had the account then, which may have gone to another by a merge since. */
export async function knownSpareMarks(house: House, personId: string, code: string): Promise<Buffer[]> {
  const ids = await idsOfOneRecord(house.db, personId);
  return ids.flatMap((id) => spareMarks(house, id, code));
}
