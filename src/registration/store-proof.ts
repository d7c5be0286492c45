import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Contact } from "./rules-proof.ts";

/** What was proved beside the answers, and how often one phone is declared. */
export async function saveContactProof(tx: Tx, declarationId: string, contact: Contact, at: Date): Promise<void> {
  await tx
    .updateTable("declaration")
    .set(contact === "phone" ? { phone_proved_at: at } : { email_proved_at: at })
    .where("declaration_id", "=", declarationId)
    .execute();
}

export async function saveConsent(tx: Tx, declarationId: string, at: Date): Promise<void> {
  await tx
    .updateTable("declaration")
    .set({ consent: "code", consented_at: at })
    .where("declaration_id", "=", declarationId)
    .execute();
}

/** For how many persons this phone was declared: by their papers, in files that somebody stood by, wherever they lie. */
export async function countPersonsOfPhone(db: Db | Tx, phone: string): Promise<number> {
  const { rows } = await sql<{ persons: string }>`select persons_of_phone(${phone}) as persons`.execute(db);
  return Number(rows[0]?.persons);
}
