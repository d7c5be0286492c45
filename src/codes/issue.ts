import { randomInt, randomUUID } from "node:crypto";
import type { House, Tx } from "../db/house.ts";
import { keepOrTakeBack } from "../db/keep-or-take-back.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { codeMinutes } from "./life-now.ts";
import { boundMarks, codeMark } from "./marks.ts";
import { type CodePurpose, drawCode, type Hearer, OWNERS_OWN, TRIES } from "./rules.ts";
import { spendMessage } from "./spend-message.ts";
import { closeEarlier, insertCode } from "./store.ts";
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
  /** Whoever beside its reader types it in; nobody may hear it when absent. */
  readTo?: Exclude<Hearer, "nobody"> | undefined;
  /** Its name, where the request needs one before it is known whether anything may be sent. */
  codeId?: string | undefined;
  /**
   * Given where it must not show whether somebody is reached: with false the same statements are made and
   * the message is taken back, whatever recipient was named.
   */
  isReached?: boolean | undefined;
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
  const { purpose, now } = asked;
  const codeId = asked.codeId ?? randomUUID();
  const isOwners = OWNERS_OWN.includes(purpose);
  if (!(await spendMessage(tx, house, { ...asked, messageId: codeId, isOwners }))) return undefined;
  const minutes = await codeMinutes(tx, now);
  const code = drawCode(purpose, (below) => randomInt(below));
  const endsAt = new Date(now.getTime() + minutes * 60_000);
  const boundTo = boundMarks(house, asked.boundTo);
  await closeEarlier(tx, purpose, boundTo, now);
  await insertCode(tx, {
    code_id: codeId,
    purpose,
    bound_to: boundTo[0],
    person_id: asked.personId ?? null,
    channel: asked.channel,
    code_mark: codeMark(house, codeId, code),
    created_at: now,
    ends_at: endsAt,
    tries_left: TRIES,
  });
  const send = () => sendCode(tx, house, asked, { codeId, code, minutes, endsAt });
  await (asked.isReached === undefined ? send() : keepOrTakeBack(tx, asked.isReached, send));
  return { codeId, endsAt };
}

interface Made {
  codeId: string;
  code: string;
  minutes: number;
  endsAt: Date;
}

async function sendCode(tx: Tx, house: House, asked: CodeAsked, made: Made): Promise<void> {
  const { purpose, channel, recipient, lang, now, personId, declarationId, readTo = "nobody" } = asked;
  const said = words(lang);
  await enqueue(tx, house.vault, {
    dedupeKey: `one_time_code:${made.codeId}`,
    class: "code",
    ...(purpose === "prove_caller"
      ? { template: "caller_code", fields: { minutes: made.minutes } }
      : {
          template: "one_time_code",
          fields: { what: said.what[purpose], minutes: made.minutes, tell: said.tell[readTo] },
        }),
    lang,
    ...(channel === "sms" ? { phone: recipient } : { email: recipient }),
    secrets: { code: made.code },
    dueAt: made.endsAt,
    now,
    personId,
    declarationId,
  });
}
