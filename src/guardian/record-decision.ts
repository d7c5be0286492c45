import { record } from "../audit/record.ts";
import type { Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import type { Link } from "./store.ts";

/** What was done to a link stands in the record of both: ward and guardian read it among "who looked". */
export async function recordDecision(
  tx: Tx,
  link: Link,
  action: string,
  by: { staff: Staff; officeCode: string; at: Date },
): Promise<void> {
  for (const personId of [link.ward.personId, link.guardianId]) {
    await record(tx, {
      at: by.at,
      actor: by.staff,
      action,
      purpose: "account",
      personId,
      object: { kind: "guardianship", id: link.linkId },
      officeCode: by.officeCode,
    });
  }
}
