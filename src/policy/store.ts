import type { Db, Tx } from "../db/house.ts";
import { type PlainDate, plainDate } from "../kernel/calendar.ts";
import { ownValueOn, type Policy } from "../kernel/policy.ts";

/** The value in force on a day: the operator's, or the product's own where that one is younger. */
export async function policyOn<T>(db: Db | Tx, policy: Policy<T>, on: PlainDate): Promise<T> {
  return (await policyWithDay(db, policy, on)).value;
}

/** The same, with the day from which it holds and who set it; `by` is undefined for the product's own value. */
export async function policyWithDay<T>(
  db: Db | Tx,
  policy: Policy<T>,
  on: PlainDate,
): Promise<{ from: string; value: T; by: string | undefined }> {
  const own = ownValueOn(policy, on.toString());
  const row = await db
    .selectFrom("setting")
    .select(["valid_from as from", "value", "changed_by as by"])
    .where("name", "=", policy.name)
    .where("valid_from", "<=", on.toString())
    .where("valid_from", ">=", own.from)
    .orderBy("valid_from", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return { ...own, by: undefined };
  return { from: row.from, value: policy.schema.parse(row.value), by: row.by };
}

/** What holds after a day, in its turn: values of the product and of the operator, those alone that come into force. */
export async function laterValues<T>(db: Db | Tx, policy: Policy<T>, after: PlainDate) {
  const rows = await db
    .selectFrom("setting")
    .select("valid_from as from")
    .where("name", "=", policy.name)
    .where("valid_from", ">", after.toString())
    .execute();
  const days = [...rows, ...policy.values].map(({ from }) => from).filter((from) => from > after.toString());
  const values: Awaited<ReturnType<typeof policyWithDay<T>>>[] = [];
  for (const day of [...new Set(days)].toSorted()) {
    const held = await policyWithDay(db, policy, plainDate(day));
    if (held.from === day) values.push(held);
  }
  return values;
}

export async function savePolicy(
  tx: Tx,
  policy: Policy<unknown>,
  set: { from: string; value: unknown; by: string },
): Promise<void> {
  const value = JSON.stringify(set.value);
  await tx
    .insertInto("setting")
    .values({ name: policy.name, valid_from: set.from, value, changed_by: set.by })
    .onConflict((conflict) => conflict.columns(["name", "valid_from"]).doUpdateSet({ value, changed_by: set.by }))
    .execute();
}
