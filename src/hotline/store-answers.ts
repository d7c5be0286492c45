/** The library of answers and how often each was used. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { AnswerWords } from "./rules-answers.ts";

export interface AnswerVersion extends AnswerWords {
  key: string;
  version: number;
  authorId: string;
  writtenAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  retiredAt: Date | null;
}

const columns = [
  "answer_key as key",
  "version",
  "category",
  "question_vi as questionVi",
  "body_vi as bodyVi",
  "question_en as questionEn",
  "body_en as bodyEn",
  "author_id as authorId",
  "written_at as writtenAt",
  "approved_by as approvedBy",
  "approved_at as approvedAt",
  "retired_at as retiredAt",
] as const;

/** What everybody may read now. */
export async function publicAnswers(db: Db | Tx): Promise<AnswerVersion[]> {
  return db
    .selectFrom("help_answer")
    .select(columns)
    .where("approved_at", "is not", null)
    .where("retired_at", "is", null)
    .orderBy("category")
    .orderBy("answer_key")
    .execute();
}

/** Public ones, and drafts that wait for a second person. */
export async function presentAnswers(db: Db): Promise<AnswerVersion[]> {
  return db
    .selectFrom("help_answer")
    .select(columns)
    .where("retired_at", "is", null)
    .orderBy("category")
    .orderBy("answer_key")
    .orderBy("version")
    .execute();
}

export async function versionsOf(db: Db, key: string): Promise<AnswerVersion[]> {
  return db
    .selectFrom("help_answer")
    .select(columns)
    .where("answer_key", "=", key)
    .orderBy("version", "desc")
    .execute();
}

export async function lockDraft(tx: Tx, key: string): Promise<AnswerVersion | undefined> {
  return tx
    .selectFrom("help_answer")
    .select(columns)
    .where("answer_key", "=", key)
    .where("approved_at", "is", null)
    .where("retired_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

/** The next version; undefined when a draft of this answer waits already. */
export async function insertVersion(
  tx: Tx,
  key: string,
  words: AnswerWords,
  by: { authorId: string; at: Date },
): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    insert into help_answer (answer_key, version, category, question_vi, body_vi, question_en, body_en, author_id, written_at)
    select ${key}, coalesce(max(version), 0) + 1, ${words.category}, ${words.questionVi}, ${words.bodyVi},
           ${words.questionEn}, ${words.bodyEn}, ${by.authorId}, ${by.at}
      from help_answer where answer_key = ${key}
    on conflict do nothing
    returning version`.execute(tx);
  return rows[0]?.version;
}

/** The version before it ends in the same moment. */
export async function approveVersion(
  tx: Tx,
  { key, version }: Pick<AnswerVersion, "key" | "version">,
  by: { staffId: string; at: Date },
): Promise<void> {
  await retirePublic(tx, key, by);
  await tx
    .updateTable("help_answer")
    .set({ approved_by: by.staffId, approved_at: by.at })
    .where("answer_key", "=", key)
    .where("version", "=", version)
    .execute();
}

export async function retirePublic(tx: Tx, key: string, by: { staffId: string; at: Date }): Promise<bigint> {
  const done = await tx
    .updateTable("help_answer")
    .set({ retired_by: by.staffId, retired_at: by.at })
    .where("answer_key", "=", key)
    .where("approved_at", "is not", null)
    .where("retired_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows;
}

/** A draft that is not to be: kept, never public. */
export async function dropDraft(tx: Tx, draft: AnswerVersion, by: { staffId: string; at: Date }): Promise<void> {
  await tx
    .updateTable("help_answer")
    .set({ retired_by: by.staffId, retired_at: by.at })
    .where("answer_key", "=", draft.key)
    .where("version", "=", draft.version)
    .execute();
}

export async function noteUse(tx: Tx, key: string, ticketId: string, at: Date): Promise<void> {
  await tx
    .insertInto("help_answer_use")
    .values({ answer_key: key, ticket_id: ticketId, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function countUses(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("help_answer_use")
    .select((select) => ["answer_key" as const, select.fn.countAll<string>().as("n")])
    .groupBy("answer_key")
    .execute();
  return new Map(rows.map(({ answer_key, n }) => [answer_key, Number(n)]));
}
