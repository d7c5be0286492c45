import type { Db, Tx } from "../db/house.ts";

/** One line of a code list, with the days on which it is in force. */
export interface ListEntry {
  code: string;
  validFrom: string;
  validTo: string | null;
  nameVi: string;
  nameEn: string;
  detail: unknown;
}

/** A whole code list, of every time: the reader picks by day. */
export async function codeList(db: Db | Tx, list: string): Promise<ListEntry[]> {
  return db
    .selectFrom("code_list_entry")
    .select([
      "code",
      "valid_from as validFrom",
      "valid_to as validTo",
      "name_vi as nameVi",
      "name_en as nameEn",
      "detail",
    ])
    .where("list", "=", list)
    .orderBy("code")
    .orderBy("valid_from")
    .execute();
}
