import type { House, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { parsePhone } from "../kernel/numbers.ts";
import { policyOn } from "../policy/store.ts";
import { blockMarks, prefixMarks, recipientMarks, subjectMarks } from "./marks.ts";
import {
  blockOf,
  codeBudget,
  doubtFrom,
  isWithinBudget,
  mayHaveReceipt,
  messageCeiling,
  prefixOf,
  type Recent,
  unprovedInBlock,
  unreadInBlock,
} from "./rules.ts";
import { countRecent, insertMessage, joinLine, type NewMessage } from "./store.ts";

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
  const { channel, recipient, now } = asked;
  if (channel === "sms" && !parsePhone(recipient)) return false;
  const message = messageOf(house, asked, false);
  const today = dayOf(now);
  const most = {
    ...(await policyOn(tx, codeBudget, today)),
    ...(await policyOn(tx, messageCeiling, today)),
    unreadInBlock: await policyOn(tx, unreadInBlock, today),
    doubtFrom: await policyOn(tx, doubtFrom, today),
  };
  return spend(tx, message, now, (recent) => isWithinBudget(recent, most));
}

/** Counts a receipt to a telephone that nobody has proved, in the transaction that sends it; false when it may not go out. */
export async function spendReceipt(
  tx: Tx,
  house: House,
  asked: Omit<Spending, "channel" | "isReached">,
): Promise<boolean> {
  const { recipient, now } = asked;
  if (!parsePhone(recipient)) return false;
  const message = messageOf(house, { ...asked, channel: "sms" }, true);
  const today = dayOf(now);
  const { subjectADay } = await policyOn(tx, codeBudget, today);
  const most = { subjectADay, unprovedInBlock: await policyOn(tx, unprovedInBlock, today) };
  return spend(tx, message, now, (recent) => mayHaveReceipt(recent, most));
}

/** Counted before the line is joined too: what is refused anyway holds nobody up. */
async function spend(tx: Tx, message: NewMessage, now: Date, isGood: (recent: Recent) => boolean): Promise<boolean> {
  if (!isGood(await countRecent(tx, message, now))) return false;
  await joinLine(tx, message);
  if (!isGood(await countRecent(tx, message, now))) return false;
  await insertMessage(tx, message);
  return true;
}

function messageOf(house: House, asked: Spending, isReceipt: boolean): NewMessage {
  const isSent = asked.isReached ?? true;
  const to = isSent ? asked.recipient : `nobody:${asked.subject}`;
  const block = blockOf(asked.channel, to);
  // Receipts are never read in: in the prefix they would cast doubt on people whose codes are.
  const prefix = isReceipt ? undefined : prefixOf(asked.channel, to);
  return {
    message_id: asked.messageId,
    subject: subjectMarks(house, asked.subject),
    recipient: recipientMarks(house, to),
    block: block ? blockMarks(house, block) : [],
    prefix: prefix ? prefixMarks(house, prefix) : [],
    is_sent: isSent,
    is_receipt: isReceipt,
    sent_at: asked.now,
  };
}
