/** What answers and receipts of SMPP 3.4 mean, and how numbers are written there. Pure. */
import type { Answer } from "./outcome.ts";

const OK = 0x00;
const BAD_BIND_STATE = 0x04;
const BAD_DESTINATION = 0x0b;
const QUEUE_FULL = 0x14;
const THROTTLED = 0x58;

/**
 * Only a number that does not exist ends a message. Whatever else is refused (sender name, credit, a
 * fault over there) can be put right by us or by them, so the message is tried again.
 */
export function meaningOf(status: number, messageId: string | undefined): Answer {
  const error = `smpp_0x${status.toString(16).padStart(2, "0")}`;
  if (status === OK) return { kind: "accepted", references: messageId ? [messageId] : [] };
  if (status === THROTTLED || status === QUEUE_FULL) return { kind: "throttled", error };
  if (status === BAD_DESTINATION) return { kind: "refused", error };
  return { kind: "later", error, isDown: status === BAD_BIND_STATE };
}

export interface SmppReceipt {
  reference: string;
  receipt: "delivered" | "undelivered";
  detail: string | null;
}

const IS_RECEIPT = 0x04;
const MESSAGE_TYPE = 0x3c;
/** message_state (TLV 0x0427) and the stat words of appendix B; what is still on its way is left out. */
const FINAL_STATES: Record<string, "delivered" | "undelivered"> = {
  "2": "delivered",
  "3": "undelivered",
  "4": "undelivered",
  "5": "undelivered",
  "8": "undelivered",
  DELIVRD: "delivered",
  EXPIRED: "undelivered",
  DELETED: "undelivered",
  UNDELIV: "undelivered",
  REJECTD: "undelivered",
};

export interface DeliverSm {
  esm_class?: number;
  short_message?: Buffer | { message: string | Buffer };
  receipted_message_id?: string;
  message_state?: number;
  source_addr?: string;
  data_coding?: number;
}

/** A final receipt, or undefined for anything else that a network may deliver. */
export function readReceipt(pdu: DeliverSm): SmppReceipt | undefined {
  if (((pdu.esm_class ?? 0) & MESSAGE_TYPE) !== IS_RECEIPT) return undefined;
  const text = textOf(pdu.short_message);
  const stat = /\bstat:\s*(\w+)/i.exec(text)?.[1]?.toUpperCase();
  const reference = pdu.receipted_message_id?.replace(/\0+$/, "") || /\bid:\s*(\S+)/i.exec(text)?.[1];
  const receipt = FINAL_STATES[String(pdu.message_state ?? "")] ?? FINAL_STATES[stat ?? ""];
  if (!reference || !receipt) return undefined;
  const fault = /\berr:\s*(\w{1,8})/i.exec(text)?.[1];
  return { reference, receipt, detail: [stat, fault].filter(Boolean).join(" ") || null };
}

function textOf(message: DeliverSm["short_message"]): string {
  if (!message) return "";
  const body = Buffer.isBuffer(message) ? message : message.message;
  return Buffer.isBuffer(body) ? body.toString("latin1") : body;
}

/** What somebody wrote to us. */
export interface SmppReply {
  phone: string;
  text: string;
}

const UCS2 = 8;
const ALPHABET = 0x0f;

/** A text from a handset; undefined for receipts and whatever has no sender. The parts of a long one come one by one. */
export function readReply(pdu: DeliverSm): SmppReply | undefined {
  if (((pdu.esm_class ?? 0) & MESSAGE_TYPE) !== 0) return undefined;
  const phone = toNational(pdu.source_addr ?? "");
  const message = pdu.short_message;
  const body = message && !Buffer.isBuffer(message) ? message.message : message;
  if (!phone || !body) return undefined;
  if (!Buffer.isBuffer(body)) return { phone, text: body };
  return { phone, text: ((pdu.data_coding ?? 0) & ALPHABET) === UCS2 ? fromUcs2(body) : textOf(body) };
}

/** An odd octet at the end is no sign. */
const fromUcs2 = (body: Buffer) =>
  Buffer.from(body.subarray(0, body.length & ~1))
    .swap16()
    .toString("utf16le");

/** 84912345678, +84912345678 or 0912345678 → 0912345678; undefined for anything else. */
export const toNational = (sender: string) => /^(?:\+?84|0)(\d{9,10})$/.exec(sender)?.[1]?.replace(/^/, "0");

/** 0912345678 → 84912345678. */
export const toInternational = (phone: string) => phone.replace(/^0/, "84");
