import type { Tx } from "../db/house.ts";
import type { NumberKind } from "./store.ts";

export interface NewPerson {
  publicId: string;
  fullName: string;
  foldedName: string;
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
  sex: 1 | 2 | 3;
}

/** A person whom the register did not know; answers the new id. */
export async function insertPerson(tx: Tx, person: NewPerson): Promise<string> {
  const row = await tx
    .insertInto("person")
    .values({
      public_id: person.publicId,
      full_name: person.fullName,
      folded_name: person.foldedName,
      birth_on: person.birthOn,
      birth_precision: person.birthPrecision,
      sex: person.sex,
    })
    .returning("person_id")
    .executeTakeFirstOrThrow();
  return row.person_id;
}

/** Claims a number for a person; answers whose it is, which is another's when the claim came too late. */
export async function claimKey(tx: Tx, kind: NumberKind, key: string, personId: string): Promise<string> {
  const claimed = await tx
    .insertInto("person_key")
    .values({ kind, key, person_id: personId })
    .onConflict((conflict) => conflict.columns(["kind", "key"]).doNothing())
    .returning("person_id")
    .executeTakeFirst();
  if (claimed) return claimed.person_id;
  const holder = await tx
    .selectFrom("person_key")
    .select("person_id")
    .where("kind", "=", kind)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  return holder.person_id;
}

export interface NewNumber {
  kind: NumberKind;
  number: string;
  validFrom: string;
  issuedOn: string | undefined;
  issuedBy: string | undefined;
}

/** Adds a number to a person's own; false when it was already there. */
export async function insertNumber(tx: Tx, personId: string, number: NewNumber): Promise<boolean> {
  const row = await tx
    .insertInto("person_number")
    .values({
      person_id: personId,
      kind: number.kind,
      number: number.number,
      valid_from: number.validFrom,
      issued_on: number.issuedOn ?? null,
      issued_by: number.issuedBy ?? null,
    })
    .onConflict((conflict) => conflict.columns(["person_id", "kind", "number"]).doNothing())
    .returning("number")
    .executeTakeFirst();
  return row !== undefined;
}

/** Current numbers of a kind, except one, get their last day; they stay. */
export async function endNumbers(
  tx: Tx,
  personId: string,
  kind: NumberKind,
  lastDay: string,
  except: string,
): Promise<void> {
  await tx
    .updateTable("person_number")
    .set({ valid_to: lastDay })
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where("number", "!=", except)
    .where("valid_to", "is", null)
    .execute();
}
