import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";

/** Wrong birth dates by code, of files and of codes that no file has alike. */

export interface ResumeWindow {
  failed: number;
  closedUntil: Date | null;
}

/** The count of a code, made when it is asked for the first time; tries of one code wait for each other. */
export async function lockResumes(tx: Tx, codeMarks: Marks, now: Date): Promise<ResumeWindow> {
  const [codeMark] = codeMarks;
  if (codeMarks.length > 1) await carryOver(tx, codeMarks);
  const { rows } = await sql<ResumeWindow>`
    insert into resume_window as held (code_mark, failed, touched_at) values (${codeMark}, 0, ${now})
    on conflict (code_mark) do update set touched_at = ${now}
    returning failed, closed_until as "closedUntil"`.execute(tx);
  return rows[0] ?? { failed: 0, closedUntil: null };
}

/** What was counted under another secret goes on under the one in front. */
async function carryOver(tx: Tx, codeMarks: Marks): Promise<void> {
  const [front, ...others] = codeMarks;
  await lockMarks(tx, codeMarks);
  await sql`
    with gone as (delete from resume_window where code_mark ${amongMarks(others)}
      returning failed, closed_until, touched_at)
    insert into resume_window as held (code_mark, failed, closed_until, touched_at)
    select ${front}::bytea, max(failed), max(closed_until), max(touched_at) from gone having count(*) > 0
    on conflict (code_mark) do update set
      failed = greatest(held.failed, excluded.failed),
      closed_until = greatest(held.closed_until, excluded.closed_until)`.execute(tx);
}

export async function saveResumes(tx: Tx, codeMark: Buffer, { failed, closedUntil }: ResumeWindow): Promise<void> {
  await tx
    .updateTable("resume_window")
    .set({ failed, closed_until: closedUntil })
    .where("code_mark", "=", codeMark)
    .execute();
}

export async function dropOldResumes(db: Db, before: Date): Promise<void> {
  await deleteOld(db, "resume_window", { age: "touched_at", key: ["code_mark"], before });
}
