import type { Db } from "../db/house.ts";

/** One member of the household as it was declared; of others nothing but this is known here. */
export interface Member {
  fullName: string;
  /** To the head of the household, in the words of whoever declared. */
  relation: string | undefined;
  isSelf: boolean;
  sourceFileId: string;
}

const MEMBERS_MOST = 100;

/** The household that named this person last, as it did then: who was in it in an earlier file may have left. */
export async function householdOf(db: Db, personId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom("person_household as h")
    .select(["full_name", "relation", "is_self", "source_file_id"])
    .where("h.person_id", "=", personId)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("h.household_code", "h.source_file_id"),
        "=",
        selectFrom("person_household as own")
          .select(["own.household_code", "own.source_file_id"])
          .where("own.person_id", "=", personId)
          .where("own.is_self", "=", true)
          .orderBy("own.source_file_id", "desc")
          .limit(1)
          .$asTuple("household_code", "source_file_id"),
      ),
    )
    .orderBy("member_no")
    .limit(MEMBERS_MOST)
    .execute();
  return rows.map((row) => ({
    fullName: row.full_name,
    relation: row.relation ?? undefined,
    isSelf: row.is_self,
    sourceFileId: row.source_file_id,
  }));
}
