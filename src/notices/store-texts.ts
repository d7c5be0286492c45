/** The words in use: which version of a template is sent from now on, and how one version reads. */
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Words } from "./rules-words.ts";

/** The newest version that is approved, has begun and is not retired; null: the built-in one. */
export function presentVersion(template: string, lang: string, now: Date): RawBuilder<number | null> {
  return sql<number | null>`(
    select max(written.version) from message_text written
      join message_text_step approved on approved.message_text_id = written.message_text_id and approved.kind = 'approved'
     where written.template = ${template} and written.lang = ${lang} and approved.effective_from <= ${now}::timestamptz
       and not exists (select from message_text_step retired
                        where retired.message_text_id = written.message_text_id and retired.kind = 'retired'))`;
}

export async function findPresentVersion(
  db: Db | Tx,
  template: string,
  lang: string,
  now: Date,
): Promise<number | null> {
  const { rows } = await sql<{ version: number | null }>`
    select ${presentVersion(template, lang, now)} as version`.execute(db);
  return rows[0]?.version ?? null;
}

export async function findWords(
  db: Db | Tx,
  template: string,
  lang: string,
  version: number,
): Promise<Words | undefined> {
  return db
    .selectFrom("message_text")
    .select(["sms", "subject", "body", "push"])
    .where("template", "=", template)
    .where("lang", "=", lang)
    .where("version", "=", version)
    .executeTakeFirst();
}
