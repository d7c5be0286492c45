import { randomInt, randomUUID } from "node:crypto";
import type { House, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { blockMark, boundMark, codeMark, recipientMark, subjectMark } from "./marks.ts";
import {
  blockOf,
  type CodePurpose,
  codeBudget,
  codeLifeMinutes,
  DIGITS,
  isWithinBudget,
  TRIES,
  unreadInBlock,
} from "./rules.ts";
import { closeEarlier, countRecent, insertCode } from "./store.ts";
import { words } from "./words.ts";

export interface CodeAsked {
  purpose: CodePurpose;
  /** What the code is worth something for: "declaration:BD-…", "session:…". The same text proves it. */
  boundTo: string;
  /** Whose daily budget it is counted in: "person:7", "declaration:BD-…". */
  subject: string;
  channel: "sms" | "email";
  /** A checked telephone number or address. */
  recipient: string;
  lang: Lang;
  now: Date;
  personId?: string | undefined;
  declarationId?: string | undefined;
}

/**
 * Sends a code, in the caller's transaction. Undefined when a budget is spent: nothing was sent then, and
 * whether that is told is the caller's choice. Only the newest code of a request works.
 */
export async function issueCode(
  tx: Tx,
  house: House,
  asked: CodeAsked,
): Promise<{ codeId: string; endsAt: Date } | undefined> {
  const { purpose, channel, recipient, lang, now } = asked;
  const [subject, to] = [subjectMark(house, asked.subject), recipientMark(house, recipient)];
  const today = dayOf(now);
  const numbers = blockOf(channel, recipient);
  const block = numbers ? blockMark(house, numbers) : null;
  const recent = await countRecent(tx, { subject, recipient: to, block }, now);
  const most = await policyOn(tx, codeBudget, today);
  if (!isWithinBudget(recent, most, await policyOn(tx, unreadInBlock, today))) return undefined;
  const minutes = await policyOn(tx, codeLifeMinutes, today);
  const codeId = randomUUID();
  const code = String(randomInt(10 ** DIGITS[purpose])).padStart(DIGITS[purpose], "0");
  const endsAt = new Date(now.getTime() + minutes * 60_000);
  const boundTo = boundMark(house, asked.boundTo);
  await closeEarlier(tx, purpose, boundTo, now);
  await insertCode(tx, {
    code_id: codeId,
    purpose,
    bound_to: boundTo,
    subject_mark: subject,
    recipient_mark: to,
    channel,
    block_mark: block,
    code_mark: codeMark(house, codeId, code),
    created_at: now,
    ends_at: endsAt,
    tries_left: TRIES,
  });
  await enqueue(tx, house.vault, {
    dedupeKey: `one_time_code:${codeId}`,
    class: "code",
    template: "one_time_code",
    lang,
    ...(channel === "sms" ? { phone: recipient } : { email: recipient }),
    fields: { what: words(lang).what[purpose], minutes },
    secrets: { code },
    dueAt: endsAt,
    now,
    personId: asked.personId,
    declarationId: asked.declarationId,
  });
  return { codeId, endsAt };
}
