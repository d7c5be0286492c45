/** What two Vietnamese SMS gateways want, answer and report, by their own documents. Pure. */
import type { Answer } from "./outcome.ts";

export interface GatewayKeys {
  key: string;
  secret: string;
}

interface Message {
  /** 84912345678 */
  phone: string;
  text: string;
  sender: string;
  requestId: string;
  /** Where reports of delivery are to be sent. */
  callback: string;
}

export interface Report {
  reference: string;
  receipt: "delivered" | "undelivered";
  detail: string | null;
}

export interface Convention {
  ask(message: Message, keys: GatewayKeys): { headers: Record<string, string>; body: unknown };
  /** What an answer of status 200 means. Throws on what is not such an answer. */
  meaning(reply: unknown): Answer;
  /** A final report of delivery, or undefined for anything else that is sent to the callback. */
  report(fields: Record<string, unknown>): Report | undefined;
}

type Fields = Record<string, unknown>;
const text = (value: unknown) => (value === undefined || value === null ? "" : String(value));

/** The gateway says so itself: the message was not taken; it is not down for that. */
const notTaken = (error: string): Answer => ({ kind: "later", error, isDown: false });

const ESMS_TAKEN = "100";
/** A number that cannot be one. */
const ESMS_BAD_PHONE = "108";
/** Keys, price list, balance or address list: nothing goes through until somebody sees to it. */
const ESMS_DOWN = new Set(["101", "102", "103", "140"]);
/** This very request was there before: what became of it is not told. */
const ESMS_KNOWN = "124";
const ESMS_REJECTED = "4";
const ESMS_ENDED = "5";

const esms: Convention = {
  ask: (message, { key, secret }) => ({
    headers: {},
    body: {
      ApiKey: key,
      SecretKey: secret,
      Phone: message.phone,
      Content: message.text,
      Brandname: message.sender,
      SmsType: "2",
      IsUnicode: "0",
      RequestId: message.requestId,
      CallbackUrl: message.callback,
    },
  }),
  meaning(reply) {
    const { CodeResult, SMSID } = reply as Fields;
    const code = text(CodeResult);
    if (!code) throw new TypeError("no CodeResult");
    if (code === ESMS_TAKEN) return { kind: "accepted", references: SMSID ? [text(SMSID)] : [] };
    const error = `esms_${code}`;
    if (code === ESMS_KNOWN) return { kind: "unknown", error };
    if (code === ESMS_BAD_PHONE) return { kind: "refused", error };
    return ESMS_DOWN.has(code) ? { kind: "later", error, isDown: true } : notTaken(error);
  },
  report({ SMSID, SendStatus, SendSuccess }) {
    const status = text(SendStatus);
    if (!SMSID || (status !== ESMS_ENDED && status !== ESMS_REJECTED)) return undefined;
    const isDelivered = status === ESMS_ENDED && Number(SendSuccess) > 0;
    const receipt = isDelivered ? "delivered" : "undelivered";
    return { reference: text(SMSID), receipt, detail: `SendStatus ${status}` };
  },
};

const SPEEDSMS_TAKEN = "00";
const SPEEDSMS_DOWN = new Set(["007", "008", "300"]);
const BRANDNAME = 3;
const SPEEDSMS_DELIVERED = "0";

const speedsms: Convention = {
  ask: (message, { key }) => ({
    headers: { authorization: `Basic ${Buffer.from(`${key}:x`).toString("base64")}` },
    body: { to: [message.phone], content: message.text, sms_type: BRANDNAME, sender: message.sender },
  }),
  meaning(reply) {
    const { status, code, data, invalidPhone } = reply as Fields & { data?: Fields };
    if (!status) throw new TypeError("no status");
    const invalid = [data?.invalidPhone, invalidPhone].flatMap((list) => (Array.isArray(list) ? list : []));
    if (invalid.length > 0) return { kind: "refused", error: "speedsms_invalid_phone" };
    if (status === "success" && text(code) === SPEEDSMS_TAKEN) {
      return { kind: "accepted", references: data?.tranId ? [text(data.tranId)] : [] };
    }
    const error = `speedsms_${text(code) || "error"}`;
    return SPEEDSMS_DOWN.has(text(code)) ? { kind: "later", error, isDown: true } : notTaken(error);
  },
  report({ type, tranId, status }) {
    if (type !== "report" || !tranId || status === undefined) return undefined;
    const receipt = text(status) === SPEEDSMS_DELIVERED ? "delivered" : "undelivered";
    return { reference: text(tranId), receipt, detail: `status ${text(status)}` };
  },
};

export const conventions = { esms, speedsms } satisfies Record<string, Convention>;
