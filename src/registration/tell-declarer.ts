import type { House, Tx } from "../db/house.ts";
import { enqueue } from "../notices/enqueue.ts";
import type { Declaration } from "./store.ts";

/** Receipts, lapses and withdrawals have no legal clock; they leave soon all the same. */
const SEND_WITHIN_MS = 15 * 60_000;

type Template =
  | "declaration_confirmed"
  | "declaration_reminder"
  | "declaration_moved"
  | "declaration_lapsed"
  | "declaration_withdrawn";

interface Some {
  /** What is told, where the template alone does not say it: which reminder, which move. */
  meaning?: string;
  dueAt?: Date;
}

/** Queues a message to the phone and the e-mail address that were declared, in the step's own transaction. */
export async function tellDeclarer(
  tx: Tx,
  house: House,
  file: Declaration,
  template: Template,
  fields: Record<string, string>,
  now: Date,
  { meaning = template, dueAt }: Some = {},
): Promise<void> {
  const { phone, email } = file.answers;
  await enqueue(tx, house.vault, {
    dedupeKey: `declaration:${file.id}:${meaning}`,
    class: "reminder",
    template,
    lang: file.lang,
    ...(phone ? { phone: phone.number } : {}),
    ...(email?.address ? { email: email.address } : {}),
    fields,
    dueAt: dueAt ?? new Date(now.getTime() + SEND_WITHIN_MS),
    now,
    declarationId: file.id,
    ...(file.officeCode ? { officeCode: file.officeCode } : {}),
  });
}
