import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Reader } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { markWithdrawn } from "./store.ts";

/** The person takes a paper back: from now on its check says so, and shows nothing else. */
export async function withdrawStatement(house: House, reader: Reader, statementId: string, now: Date): Promise<void> {
  const { personId } = reader;
  if (!isUuid(statementId)) throw new NotFound("statement");
  await inTransaction(house.db, async (tx) => {
    if (!(await markWithdrawn(tx, personId, statementId, now))) throw new NotFound("statement");
    await record(tx, {
      at: now,
      actor: reader,
      action: "statement.withdraw",
      purpose: "own_record",
      personId,
      object: { kind: "statement", id: statementId },
    });
  });
}
