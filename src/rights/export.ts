import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Citizen } from "../kernel/actor.ts";
import { type Row, type SectionName, sectionsOf } from "./sections.ts";

/**
 * A copy of what the account holds of its owner (NĐ 356/2025, art. 5: the right to be given one's data), after a proof
 * and a line in the audit. Read part by part and never whole in memory; no hash, code or key is in it.
 */
export async function exportOwn(
  house: House,
  citizen: Citizen,
  { now, as }: { now: Date; as: "json" | "page" },
): Promise<AsyncGenerator<{ name: SectionName; rows: Row[] }>> {
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const { personId } = citizen;
  await record(house.db, {
    at: now,
    actor: citizen,
    action: "rights.export",
    purpose: "account",
    personId,
    detail: { as },
  });
  return sectionsOf(house, citizen, now);
}

/** One JSON object, a list a part; batches of one part follow one another. */
export async function* jsonOf(
  parts: AsyncIterable<{ name: SectionName; rows: Row[] }>,
  now: Date,
): AsyncGenerator<string> {
  yield `{"format":"vssid-account-export","version":1,"madeAt":${JSON.stringify(now.toISOString())}`;
  let open: SectionName | undefined;
  let isFirst = true;
  for await (const { name, rows } of parts) {
    if (name !== open) {
      yield `${open ? "]" : ""},${JSON.stringify(name)}:[`;
      open = name;
      isFirst = true;
    }
    for (const row of rows) {
      yield `${isFirst ? "\n" : ",\n"}${JSON.stringify(row)}`;
      isFirst = false;
    }
  }
  yield `${open ? "]" : ""}}\n`;
}
