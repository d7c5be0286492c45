import { sql } from "kysely";
import type { Db } from "./house.ts";
import type { DB } from "./types.ts";

/** Rows a statement: however much has gathered, none lasts long, and what went is gone though the next one fails. */
export const AT_ONCE = 5000;

type ColumnOf<T extends keyof DB> = keyof DB[T] & string;

/** Deletes the rows of `table` whose `age` is before an instant, found again by their primary key; answers how many. */
export async function deleteOld<T extends keyof DB & string>(
  db: Db,
  table: T,
  { age, key, before }: { age: ColumnOf<T>; key: readonly ColumnOf<T>[]; before: Date },
): Promise<number> {
  const [from, keys] = [sql.table(table), sql.join(key.map((column) => sql.ref(column)))];
  let total = 0;
  for (;;) {
    const { numAffectedRows } = await sql`delete from ${from} where (${keys}) in
      (select ${keys} from ${from} where ${sql.ref(age)} < ${before} limit ${AT_ONCE})`.execute(db);
    const gone = Number(numAffectedRows ?? 0n);
    total += gone;
    if (gone < AT_ONCE) return total;
  }
}
