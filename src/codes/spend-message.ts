import type { House, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { parsePhone } from "../kernel/numbers.ts";
import { policyOn } from "../policy/store.ts";
import { blockMark, prefixMark, recipientMark, subjectMark } from "./marks.ts";
import { blockOf, codeBudget, doubtFrom, isWithinBudget, messageCeiling, prefixOf, unreadInBlock } from "./rules.ts";
import { countRecent, insertMessage } from "./store.ts";

export interface Spending {
  messageId: string;
  /** Whose daily budget it is counted in: "person:7", "declaration:BD-…". */
  subject: string;
  channel: "sms" | "email";
  /** A checked telephone number or address. */
  recipient: string;
  /** False: nobody is reached, and that must not show; the asker's own budget is spent all the same. */
  isReached?: boolean | undefined;
  now: Date;
}

/**
 * Counts a message that carries a secret, in the transaction that sends it; false when it may not go out:
 * a budget is spent, or the telephone is none of Viet Nam's mobile ones. Outcomes of files are never asked here.
 */
export async function spendMessage(tx: Tx, house: House, asked: Spending): Promise<boolean> {
  const { messageId, channel, recipient, now } = asked;
  const isSent = asked.isReached ?? true;
  if (channel === "sms" && !parsePhone(recipient)) return false;
  const to = isSent ? recipient : `nobody:${asked.subject}`;
  const block = blockOf(channel, to);
  const prefix = prefixOf(channel, to);
  const message = {
    message_id: messageId,
    subject_mark: subjectMark(house, asked.subject),
    recipient_mark: recipientMark(house, to),
    block_mark: block ? blockMark(house, block) : null,
    prefix_mark: prefix ? prefixMark(house, prefix) : null,
    is_sent: isSent,
    sent_at: now,
  };
  const today = dayOf(now);
  const recent = await countRecent(tx, message, now);
  const most = {
    ...(await policyOn(tx, codeBudget, today)),
    ...(await policyOn(tx, messageCeiling, today)),
    unreadInBlock: await policyOn(tx, unreadInBlock, today),
    doubtFrom: await policyOn(tx, doubtFrom, today),
  };
  if (!isWithinBudget(recent, most)) return false;
  await insertMessage(tx, message);
  return true;
}
