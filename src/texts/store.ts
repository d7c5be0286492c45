/** Versions of the words of messages and the steps of their lives: rows are added, never changed. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Life, StepKind } from "./rules.ts";

export interface Version extends Life {
  id: string;
  template: string;
  lang: "vi" | "en";
  basedOn: number;
  sms: string;
  subject: string;
  body: string;
  push: string;
  note: string;
  writtenAt: Date;
}

/** Newest first. `template` undefined: of all templates. */
export async function listVersions(db: Db | Tx, template?: string): Promise<Version[]> {
  let asked = db.selectFrom("message_text").selectAll().orderBy("version", "desc");
  if (template !== undefined) asked = asked.where("template", "=", template);
  const rows = await asked.execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ message_text_id }) => message_text_id);
  const steps = await db
    .selectFrom("message_text_step")
    .selectAll()
    .where("message_text_id", "in", ids)
    .orderBy("at")
    .execute();
  return rows.map((row) => ({
    id: row.message_text_id,
    template: row.template,
    lang: row.lang === "en" ? "en" : "vi",
    version: row.version,
    basedOn: row.based_on,
    sms: row.sms,
    subject: row.subject,
    body: row.body,
    push: row.push,
    note: row.note,
    authorId: row.author_id,
    writtenAt: row.written_at,
    steps: steps
      .filter((step) => step.message_text_id === row.message_text_id)
      .map((step) => ({
        kind: step.kind as StepKind,
        staffId: step.staff_id,
        at: step.at,
        reason: step.reason,
        effectiveFrom: step.effective_from,
      })),
  }));
}

/** One at a time decides on the words of one template in one language: its rows cannot be locked, they never change. */
export async function lockTemplate(tx: Tx, template: string, lang: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`message_text ${template} ${lang}`}, 0))`.execute(tx);
}

export interface NewVersion {
  template: string;
  lang: string;
  based_on: number;
  sms: string;
  subject: string;
  body: string;
  push: string;
  note: string;
  author_id: string;
  written_at: Date;
}

/** The number of the new version. Only under the lock of its template. */
export async function insertVersion(tx: Tx, row: NewVersion): Promise<{ id: string; version: number }> {
  const { rows } = await sql<{ message_text_id: string; version: number }>`
    insert into message_text (template, lang, version, based_on, sms, subject, body, push, note, author_id, written_at)
    select ${row.template}, ${row.lang}, 1 + greatest(1, (
             select max(version) from message_text where template = ${row.template} and lang = ${row.lang})),
           ${row.based_on}::integer, ${row.sms}, ${row.subject}, ${row.body}, ${row.push}, ${row.note}, ${row.author_id}::bigint,
           ${row.written_at}::timestamptz
    returning message_text_id, version`.execute(tx);
  const [made] = rows;
  if (!made) throw new Error("no version was written");
  return { id: made.message_text_id, version: made.version };
}

export interface NewStep {
  message_text_id: string;
  kind: StepKind;
  staff_id: string;
  author_id: string;
  at: Date;
  reason: string | null;
  effective_from: Date | null;
}

export async function insertStep(tx: Tx, step: NewStep): Promise<void> {
  await tx.insertInto("message_text_step").values(step).execute();
}
