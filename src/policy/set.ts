import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { plainDate } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Policy } from "../kernel/policy.ts";
import { savePolicy } from "./store.ts";

/** An operator gives a policy another value from a day on. What it was before that day stays as it was. */
export async function setPolicy(
  house: House,
  policy: Policy<unknown>,
  asked: { value: unknown; from: string; by: string },
): Promise<void> {
  const parsed = policy.schema.safeParse(asked.value);
  const from = readDay(asked.from);
  const first = policy.values[0]?.from ?? "";
  const faults = [
    ...(parsed.success ? [] : [{ field: "value", key: "policy_value" }]),
    ...(from ? [] : [{ field: "from", key: "policy_day" }]),
    // The product's own value is younger, and holds.
    ...(from && from < first ? [{ field: "from", key: "policy_day_early" }] : []),
    ...(asked.by.trim() ? [] : [{ field: "by", key: "by_missing" }]),
  ];
  if (!parsed.success || !from || faults.length > 0) throw new Invalid(faults);
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await savePolicy(tx, policy, { from, value: parsed.data, by: asked.by });
    await record(tx, {
      at,
      actor: { kind: "operator" },
      action: "policy_set",
      purpose: "operation",
      object: { kind: "policy", id: policy.name },
      detail: { from },
    });
  });
}

function readDay(text: string): string | undefined {
  try {
    return plainDate(text).toString();
  } catch {
    return undefined;
  }
}
