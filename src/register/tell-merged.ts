import { loginOf } from "../account/issue-account.ts";
import { findAccount } from "../account/store.ts";
import type { House, Tx } from "../db/house.ts";
import { enqueue } from "../notices/enqueue.ts";
import type { Merge } from "./store-merge.ts";

const TOLD_WITHIN_MS = 15 * 60_000;

/** The person hears of it wherever either record reached them: one message a telephone or address. */
export async function tellPersons(
  tx: Tx,
  house: House,
  merge: Merge,
  template: "records_merged" | "records_parted",
  contacts: readonly { kind: string; value: string }[],
  now: Date,
): Promise<void> {
  const account = await findAccount(tx, merge.survivorId);
  const fields = template === "records_merged" ? { login: await loginOf(tx, merge.survivorId) } : {};
  const told = new Set<string>();
  for (const { kind, value } of contacts) {
    if ((kind !== "phone" && kind !== "email") || told.has(value)) continue;
    told.add(value);
    await enqueue(tx, house.vault, {
      dedupeKey: `merge:${merge.id}:${template}:${told.size}`,
      deviceKey: `merge:${merge.id}:${template}`,
      class: "reminder",
      template,
      lang: account?.lang === "en" ? "en" : "vi",
      [kind]: value,
      fields,
      dueAt: new Date(now.getTime() + TOLD_WITHIN_MS),
      now,
      personId: merge.survivorId,
      officeCode: merge.officeCode,
    });
  }
}
