import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Declaration, declarationColumns } from "./store.ts";

/** Reminders that were decided, and last days that moved. */

/** Files to be handed in by this instant that had neither this reminder nor a later one. */
export async function findToRemind(
  db: Db,
  want: { lapsesAt: Date; lastDay: string; daysBefore: number; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom("declaration")
    .select("declaration_id as id")
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .where("lapses_at", "=", want.lapsesAt)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("declaration_reminder")
            .select("days_before")
            .whereRef("declaration_reminder.declaration_id", "=", "declaration.declaration_id")
            .where("last_day", "=", want.lastDay)
            .where("days_before", "<=", want.daysBefore),
        ),
      ),
    )
    .orderBy("declaration_id")
    .limit(want.limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The file, locked, if it is still to be handed in by this very instant and nobody else holds it. */
export async function lockWaiting(tx: Tx, id: string, lapsesAt: Date): Promise<Declaration | undefined> {
  const row = await tx
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("declaration_id", "=", id)
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .where("lapses_at", "=", lapsesAt)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row as Declaration | undefined;
}

/** False when this reminder was decided before. */
export async function noteReminder(
  tx: Tx,
  id: string,
  reminder: { lastDay: string; daysBefore: number; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("declaration_reminder")
    .values({
      declaration_id: id,
      last_day: reminder.lastDay,
      days_before: reminder.daysBefore,
      decided_at: reminder.at,
    })
    .onConflict((conflict) => conflict.columns(["declaration_id", "last_day", "days_before"]).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findWaiting(db: Db, id: string): Promise<Declaration | undefined> {
  const row = await db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("declaration_id", "=", id)
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .executeTakeFirst();
  return row as Declaration | undefined;
}

/** Every pair of day of confirmation and last instant among the files that wait: some twenty, however many files. */
export async function waitingTerms(db: Db, now: Date): Promise<{ confirmedOn: string; lapsesAt: Date }[]> {
  const { rows } = await sql<{ confirmedOn: string; lapsesAt: Date }>`
    select distinct (confirmed_at at time zone 'Asia/Ho_Chi_Minh')::date as "confirmedOn", lapses_at as "lapsesAt"
      from declaration where status = 'confirmed' and batched_at is null and lapses_at > ${now} order by 2, 1`.execute(
    db,
  );
  return rows;
}

/** Files of one such pair, confirmed between two instants. */
export async function findOfTerm(
  db: Db,
  term: { from: Date; to: Date; lapsesAt: Date },
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom("declaration")
    .select("declaration_id as id")
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .where("lapses_at", "=", term.lapsesAt)
    .where("confirmed_at", ">=", term.from)
    .where("confirmed_at", "<", term.to)
    .where("declaration_id", ">", after)
    .orderBy("declaration_id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Moves the last day and keeps the move; answers its number, 1 for the first. */
export async function saveMove(tx: Tx, file: Declaration, to: Date, at: Date): Promise<number> {
  const { last } = await tx
    .selectFrom("declaration_move")
    .select((select) => select.fn.coalesce(select.fn.max("move_no"), sql<number>`0`).as("last"))
    .where("declaration_id", "=", file.id)
    .executeTakeFirstOrThrow();
  const no = Number(last) + 1;
  await tx
    .updateTable("declaration")
    .set({ lapses_at: to })
    .where("declaration_id", "=", file.id)
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .execute();
  await tx
    .insertInto("declaration_move")
    .values({ declaration_id: file.id, move_no: no, from_at: file.lapsesAt ?? to, to_at: to, moved_at: at })
    .execute();
  return no;
}
