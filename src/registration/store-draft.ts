import type { Tx } from "../db/house.ts";
import type { Lang } from "../kernel/calendar.ts";
import { Conflict } from "../kernel/failures.ts";
import { foldName } from "../kernel/names.ts";
import type { ActorKind } from "./rules.ts";
import type { Answers } from "./rules-answers.ts";
import { keptProofs } from "./rules-proof.ts";
import { type Declaration, declarationColumns, insertEvent } from "./store.ts";

/** Drafts: made, and answered question by question. */
export interface NewDraft {
  code: string;
  answers: Answers;
  lang: Lang;
  at: Date;
  keepUntil: string;
  actorKind: ActorKind;
  actorId: string | null;
}

/** Undefined when the code is taken: the caller draws another. */
export async function insertDraft(tx: Tx, draft: NewDraft): Promise<Declaration | undefined> {
  const row = await tx
    .insertInto("declaration")
    .values({
      code: draft.code,
      answers: JSON.stringify(draft.answers),
      lang: draft.lang,
      created_at: draft.at,
      keep_until: draft.keepUntil,
      ...derived(draft.answers),
    })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .returning(declarationColumns)
    .executeTakeFirst();
  if (!row) return undefined;
  const { at, actorKind, actorId } = draft;
  await insertEvent(tx, row.id, 0, { kind: "drafted", at, actorKind, actorId, officeCode: null, detail: {} });
  return row as Declaration;
}

/** Replaces the answers of a draft, and the columns by which it is found. What they no longer prove is dropped. */
export async function saveAnswers(
  tx: Tx,
  draft: Declaration,
  answers: Answers,
  keepUntil: string,
): Promise<Declaration> {
  const kept = keptProofs(draft.answers, answers);
  const row = await tx
    .updateTable("declaration")
    .set({
      answers: JSON.stringify(answers),
      keep_until: keepUntil,
      ...derived(answers),
      ...(kept.phone ? {} : { phone_proved_at: null }),
      ...(kept.email ? {} : { email_proved_at: null }),
      ...(kept.consent ? {} : { consent: null, consented_at: null }),
    })
    .where("declaration_id", "=", draft.id)
    .where("status", "=", "draft")
    .returning(declarationColumns)
    .executeTakeFirst();
  if (!row) throw new Conflict("conflict");
  return row as Declaration;
}

const derived = (answers: Answers) => ({
  office_code: answers.office?.code ?? null,
  birth_on: answers.birth?.on ?? null,
  birth_precision: answers.birth?.precision ?? null,
  folded_name: answers.name ? foldName(answers.name.full) : null,
  insurance_number: answers.insurance?.number ?? null,
  id_kind: answers.paper?.kind ?? null,
  id_number: answers.paper?.number ?? null,
  phone: answers.phone?.number ?? null,
});
