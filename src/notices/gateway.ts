/**
 * One HTTP gateway for SMS: a request a message, within limits of time. What a gateway wants and answers is
 * its convention (gateway-conventions.ts); here are only the call and what can go wrong with one.
 */

import { type Convention, conventions, type GatewayKeys } from "./gateway-conventions.ts";
import type { Answer } from "./outcome.ts";
import { toInternational } from "./smpp-meaning.ts";

export interface GatewayOptions extends GatewayKeys {
  gateway: keyof typeof conventions;
  url: string;
  /** Registered brand name. */
  sender: string;
  /** Where the gateway reports what became of a message. */
  callback: string;
  answerMs: number;
}

export interface GatewayMessage {
  phone: string;
  text: string;
  /** Names this try: a gateway that gets the same request twice takes it once. */
  requestId: string;
}

export interface GatewayLink {
  submit(message: GatewayMessage): Promise<Answer>;
  stop(): void;
}

export function openGateway(options: GatewayOptions): GatewayLink {
  const convention: Convention = conventions[options.gateway];
  const ending = new AbortController();
  return {
    async submit({ phone, text, requestId }) {
      const { headers, body } = convention.ask(
        { phone: toInternational(phone), text, requestId, sender: options.sender, callback: options.callback },
        options,
      );
      let isOut = false;
      try {
        const request = fetch(options.url, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
          redirect: "error",
          signal: AbortSignal.any([ending.signal, AbortSignal.timeout(options.answerMs)]),
        });
        isOut = true;
        const reply = await request;
        return await meaningOfReply(convention, reply);
      } catch (error) {
        return meaningOfFault(error, isOut);
      }
    },
    stop: () => ending.abort(),
  };
}

const TOO_MANY = 429;
const SERVER_FAULT = 500;

async function meaningOfReply(convention: Convention, reply: Response): Promise<Answer> {
  const error = `http_${reply.status}`;
  if (reply.status === TOO_MANY) return { kind: "throttled", error };
  const text = await reply.text();
  // A fault over there may have come after the message was taken.
  if (reply.status >= SERVER_FAULT) return { kind: "unknown", error };
  if (!reply.ok) return { kind: "later", error, isDown: true };
  try {
    return convention.meaning(JSON.parse(text));
  } catch {
    return { kind: "unknown", error: "http_garbage" };
  }
}

const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Never connected: nothing went out. Cut or silent after that: it may have. */
function meaningOfFault(error: unknown, isOut: boolean): Answer {
  const cause = (error as { cause?: { code?: string } }).cause?.code;
  if (!isOut || (cause && NOT_CONNECTED.has(cause))) return { kind: "later", error: "http_no_line", isDown: true };
  return { kind: "unknown", error: "http_no_answer" };
}
