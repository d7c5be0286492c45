/** Tasks of offices: results that reached nobody. */
import type { Db, Tx } from "../db/house.ts";
import type { How } from "./rules.ts";

export interface Task {
  id: string;
  meaning: string;
  noticeId: string;
  declarationId: string;
  officeCode: string;
  openedAt: Date;
  dueOn: string;
  doneAt: Date | null;
  doneHow: How | null;
  doneBy: string | null;
  note: string | null;
}

const columns = [
  "task_id as id",
  "meaning",
  "notice_id as noticeId",
  "declaration_id as declarationId",
  "office_code as officeCode",
  "opened_at as openedAt",
  "due_on as dueOn",
  "done_at as doneAt",
  "done_how as doneHow",
  "done_by as doneBy",
  "note",
] as const;

export interface NewTask {
  meaning: string;
  noticeId: string;
  declarationId: string;
  officeCode: string;
  openedAt: Date;
  dueOn: string;
}

/** False when the office has this result on its list already. */
export async function openTask(tx: Tx, task: NewTask): Promise<boolean> {
  const row = await tx
    .insertInto("unreached_task")
    .values({
      meaning: task.meaning,
      notice_id: task.noticeId,
      declaration_id: task.declarationId,
      office_code: task.officeCode,
      opened_at: task.openedAt,
      due_on: task.dueOn,
    })
    .onConflict((conflict) => conflict.column("meaning").where("done_at", "is", null).doNothing())
    .returning("task_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Open ones the oldest first, done ones the latest done first; by cursor. */
export async function listTasks(
  db: Db,
  {
    officeCodes,
    isDone,
    after,
    limit,
  }: { officeCodes: readonly string[]; isDone: boolean; after?: Task; limit: number },
): Promise<Task[]> {
  if (officeCodes.length === 0) return [];
  const base = db
    .selectFrom("unreached_task")
    .select(columns)
    .where("office_code", "in", [...officeCodes])
    .limit(limit);
  if (!isDone) {
    const open = base.where("done_at", "is", null).orderBy("task_id");
    return (await (after ? open.where("task_id", ">", after.id) : open).execute()) as Task[];
  }
  const done = base.where("done_at", "is not", null).orderBy("done_at", "desc").orderBy("task_id", "desc");
  const page = after?.doneAt
    ? done.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("done_at", "task_id"), "<", tuple(after.doneAt as Date, after.id)),
      )
    : done;
  return (await page.execute()) as Task[];
}

export async function countOpen(db: Db, officeCodes: readonly string[]): Promise<number> {
  if (officeCodes.length === 0) return 0;
  const { open } = await db
    .selectFrom("unreached_task")
    .select(({ fn }) => fn.countAll<string>().as("open"))
    .where("office_code", "in", [...officeCodes])
    .where("done_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(open);
}

export async function findTask(db: Db | Tx, id: string): Promise<Task | undefined> {
  const row = await db.selectFrom("unreached_task").select(columns).where("task_id", "=", id).executeTakeFirst();
  return row as Task | undefined;
}

/** False when somebody else was first. */
export async function closeTask(
  tx: Tx,
  id: string,
  { how, by, note, at }: { how: How; by: string | null; note: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("unreached_task")
    .set({ done_at: at, done_how: how, done_by: by, note: note || null })
    .where("task_id", "=", id)
    .where("done_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
