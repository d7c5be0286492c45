import type { Db, Tx } from "../db/house.ts";
import type { Finding } from "./rules-findings.ts";

/** What was trusted, field by field, by the event that decided or proposed. Rows are only added. */
export async function insertFindings(
  tx: Tx,
  declarationId: string,
  seq: number,
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map(({ field, difference, trusted, reason }) => ({
    declaration_id: declarationId,
    seq,
    field,
    difference,
    trusted,
    reason: reason ?? null,
  }));
  await tx.insertInto("declaration_finding").values(rows).execute();
}

/** Findings of every decision and proposal of a file, by the number of the event. */
export async function findingsOfFile(db: Db | Tx, declarationId: string): Promise<Map<number, Finding[]>> {
  const rows = await db
    .selectFrom("declaration_finding")
    .select(["seq", "field", "difference", "trusted", "reason"])
    .where("declaration_id", "=", declarationId)
    .orderBy("seq")
    .execute();
  const bySeq = new Map<number, Finding[]>();
  for (const { seq, reason, ...row } of rows) {
    const finding = { ...row, reason: reason ?? undefined } as Finding;
    bySeq.set(seq, [...(bySeq.get(seq) ?? []), finding]);
  }
  return bySeq;
}

export async function findingsAt(db: Db | Tx, declarationId: string, seq: number): Promise<Finding[]> {
  return (await findingsOfFile(db, declarationId)).get(seq) ?? [];
}
