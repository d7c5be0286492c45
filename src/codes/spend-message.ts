import type { House, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { parsePhone } from "../kernel/numbers.ts";
import { policyOn } from "../policy/store.ts";
import { blockMarks, prefixMarks, recipientMarks, subjectMarks } from "./marks.ts";
import {
  blockOf,
  blockRest,
  codeBudget,
  isHeldBack,
  isWithinBudget,
  MINUTE_MS,
  mayHaveReceipt,
  messageCeiling,
  prefixOf,
  type Recent,
  siegeFrom,
  unprovedInBlock,
  unreadInBlock,
} from "./rules.ts";
import { countRecent, insertMessage, joinLine, type NewMessage, noteHeldBack } from "./store.ts";

export interface Spending {
  messageId: string;
  /** Whose daily budget it is counted in: "person:7", "declaration:BD-…". */
  subject: string;
  channel: "sms" | "email";
  /** A checked telephone number or address. */
  recipient: string;
  /** False: nobody is reached, and that must not show; the asker's own budget is spent all the same. */
  isReached?: boolean | undefined;
  /**
   * The owner of the telephone asks, and is known: what others of its block have not read in says nothing then, nor what
   * strangers sent there.
   */
  isOwners?: boolean | undefined;
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
    siegeFrom: await policyOn(tx, siegeFrom, today),
  };
  return spend(tx, message, now, {
    isGood: (recent) => isWithinBudget(recent, most),
    isHeld: asked.isOwners ? () => false : isHeldBack,
    isOwners: asked.isOwners ?? false,
  });
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
  return spend(tx, message, now, {
    isGood: (recent) => mayHaveReceipt(recent, most),
    isHeld: () => false,
    isOwners: false,
  });
}

interface Judging {
  isGood: (recent: Recent) => boolean;
  /** Held back by the unread ones of its block: that is noted. */
  isHeld: (recent: Recent) => boolean;
  /** What others sent to the telephone does not count there. */
  isOwners: boolean;
}

/** Counted before the line is joined too: what is refused anyway holds nobody up. */
async function spend(tx: Tx, message: NewMessage, now: Date, judging: Judging): Promise<boolean> {
  const restMs = (await policyOn(tx, blockRest, dayOf(now))) * MINUTE_MS;
  const may = async () => {
    const recent = await countRecent(tx, message, { restMs, isOwners: judging.isOwners, now });
    const isHeld = judging.isHeld(recent);
    if (isHeld) await noteHeldBack(tx, message, now);
    return !isHeld && judging.isGood(recent);
  };
  if (!(await may())) return false;
  await joinLine(tx, message);
  if (!(await may())) return false;
  await insertMessage(tx, message);
  return true;
}

function messageOf(house: House, asked: Spending, isReceipt: boolean): NewMessage {
  const isSent = asked.isReached ?? true;
  const to = isSent ? asked.recipient : `nobody:${asked.subject}`;
  const block = blockOf(asked.channel, to);
  const prefix = prefixOf(asked.channel, to);
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
