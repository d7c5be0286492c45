import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Declaration, declarationColumns } from "./store.ts";

/** Every move of a file's last day, the first one first: before each of them another last day was printed. */
export async function movesOf(db: Db | Tx, declarationId: string): Promise<{ from: Date; to: Date }[]> {
  return db
    .selectFrom("declaration_move")
    .select(["from_at as from", "to_at as to"])
    .where("declaration_id", "=", declarationId)
    .orderBy("move_no")
    .execute();
}

/**
 * The newest confirmed form of the person whose form has ended: declared again from its answers, or for the same
 * number or the same paper. Undefined when there is none.
 */
export async function findNewer(db: Db | Tx, ended: Declaration): Promise<Declaration | undefined> {
  const row = await db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("confirmed_at", "is not", null)
    .where("declaration_id", ">", ended.id)
    .where((where) =>
      where.or([
        where("again_of", "=", ended.id),
        where.and([where("id_number", "=", ended.idNumber), where("id_kind", "=", ended.idKind)]),
        where("insurance_number", "=", ended.insuranceNumber),
      ]),
    )
    .orderBy(sql`status in ('confirmed', 'received')`, "desc")
    .orderBy("declaration_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row as Declaration | undefined;
}
