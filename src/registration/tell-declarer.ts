import { randomUUID } from "node:crypto";
import { spendReceipt } from "../codes/spend-message.ts";
import type { House, Tx } from "../db/house.ts";
import { enqueue } from "../notices/enqueue.ts";
import { type Declaration, wasTexted } from "./store.ts";

/** Receipts, lapses and withdrawals have no legal clock; they leave soon all the same. */
export const SEND_WITHIN_MS = 15 * 60_000;

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

/** What the person's own press brings: as often as somebody presses. */
const BY_PRESSING: readonly Template[] = ["declaration_confirmed", "declaration_withdrawn"];

/**
 * Queues a message to the phone and the e-mail address that were declared, in the step's own transaction. A phone
 * that nobody has proved is written to only within the budget of its block (decision 48).
 */
export async function tellDeclarer(
  tx: Tx,
  house: House,
  file: Declaration,
  template: Template,
  fields: Record<string, string>,
  now: Date,
  { meaning = template, dueAt }: Some = {},
): Promise<void> {
  const { email } = file.answers;
  const phone = await phoneToTell(tx, house, file, template, now);
  await enqueue(tx, house.vault, {
    dedupeKey: `declaration:${file.id}:${meaning}`,
    class: "reminder",
    template,
    lang: file.lang,
    phone,
    ...(email?.address ? { email: email.address } : {}),
    fields,
    dueAt: dueAt ?? new Date(now.getTime() + SEND_WITHIN_MS),
    now,
    declarationId: file.id,
    ...(file.officeCode ? { officeCode: file.officeCode } : {}),
  });
}

/** Once a receipt has gone to it, what time brings (reminders, moves, the lapse) follows there. */
async function phoneToTell(
  tx: Tx,
  house: House,
  file: Declaration,
  template: Template,
  now: Date,
): Promise<string | undefined> {
  const number = file.answers.phone?.number;
  if (!number || file.phoneProvedAt || file.consent === "code") return number;
  if (!BY_PRESSING.includes(template)) return (await wasTexted(tx, file.id)) ? number : undefined;
  const receipt = { messageId: randomUUID(), subject: `declaration:${file.code}`, recipient: number, now };
  return (await spendReceipt(tx, house, receipt)) ? number : undefined;
}
