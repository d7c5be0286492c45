/**
 * One message to one device through its push service (RFC 8030), sealed for the device alone (RFC 8291), signed as ours
 * (RFC 8292). A service that fails or asks for a pause is left alone for a while; the others go on.
 */
import webPush from "web-push";
import type { PushKeys } from "../push/keys.ts";
import type { Subscription } from "../push/rules.ts";
import { createHealth, type Health, type HealthPace } from "./health.ts";
import type { Answer } from "./outcome.ts";

export interface PushOptions {
  keys: PushKeys;
  /** Where a push service reaches us: mailto: or https:. */
  contact: string;
  answerMs: number;
  healthPace: HealthPace;
  now(): Date;
}

export interface PushMessage {
  subscription: Subscription;
  payload: string;
  /** Seconds for which the service keeps it for a device that is off. */
  keepSeconds: number;
  urgency: "high" | "normal" | "low";
  topic: string;
}

export interface PushLink {
  /** `refused` with "push_gone": the device will never take anything again at this address. */
  send(message: PushMessage): Promise<Answer>;
  stop(): void;
}

interface Host {
  health: Health;
  /** It asked for a pause until then, on the house's clock. */
  pausedUntil: Date | undefined;
}

export function openPush(options: PushOptions): PushLink {
  const ending = new AbortController();
  const hosts = new Map<string, Host>();
  const hostOf = (endpoint: string): Host => {
    const { host } = new URL(endpoint);
    const known = hosts.get(host) ?? { health: createHealth(1, options.healthPace), pausedUntil: undefined };
    hosts.set(host, known);
    return known;
  };
  return {
    async send(message) {
      const host = hostOf(message.subscription.endpoint);
      const held = holdOf(host, options.now());
      if (held) return held;
      const startedMs = Date.now();
      const { answer, pausedUntil } = await call(message, options, ending.signal);
      host.health.note(answer, Date.now() - startedMs, Date.now());
      host.pausedUntil = pausedUntil;
      return answer;
    },
    stop: () => ending.abort(),
  };
}

/** What a message is told without a call. */
function holdOf({ health, pausedUntil }: Host, now: Date): Answer | undefined {
  if (pausedUntil && pausedUntil > now) {
    return { kind: "later", error: "push_host_out", isDown: false, notBefore: pausedUntil };
  }
  return health.allowance(1, Date.now()) > 0 ? undefined : { kind: "later", error: "push_host_out", isDown: false };
}

interface Called {
  answer: Answer;
  pausedUntil: Date | undefined;
}

async function call(message: PushMessage, options: PushOptions, ending: AbortSignal): Promise<Called> {
  const { endpoint, method, headers, body } = webPush.generateRequestDetails(message.subscription, message.payload, {
    vapidDetails: { subject: options.contact, ...options.keys },
    TTL: message.keepSeconds,
    urgency: message.urgency,
    topic: message.topic,
    contentEncoding: "aes128gcm",
  });
  try {
    const reply = await fetch(endpoint, {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
      body: new Uint8Array(body ?? []),
      redirect: "manual",
      signal: AbortSignal.any([ending, AbortSignal.timeout(options.answerMs)]),
    });
    await reply.body?.cancel();
    const pausedUntil = pauseOf(reply, options.now());
    return { answer: meaningOf(reply.status, pausedUntil), pausedUntil };
  } catch (error) {
    return { answer: meaningOfFault(error), pausedUntil: undefined };
  }
}

const GONE = [404, 410];
/** Our own clock or signature, haste, and their faults: none of them says anything about the device. */
const LATER = [401, 408, 425, 429];
const SERVER_FAULT = 500;
const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

export function meaningOf(status: number, notBefore: Date | undefined): Answer {
  if (status >= 200 && status < 300) return { kind: "accepted", references: [] };
  if (GONE.includes(status)) return { kind: "refused", error: "push_gone" };
  const error = `push_${status}`;
  if (!LATER.includes(status) && status < SERVER_FAULT) return { kind: "refused", error };
  const isDown = status >= SERVER_FAULT;
  return { kind: "later", error, isDown, ...(notBefore ? { notBefore } : {}) };
}

/** Retry-After (RFC 9110, 10.2.3): seconds, or a day and hour; never longer than a day. */
function pauseOf(reply: Response, now: Date): Date | undefined {
  const given = reply.ok ? null : reply.headers.get("retry-after")?.trim();
  if (!given) return undefined;
  const ms = /^\d{1,9}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return ms > 0 ? new Date(now.getTime() + Math.min(ms, LONGEST_PAUSE_MS)) : undefined;
}

const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function meaningOfFault(error: unknown): Answer {
  const code = (error as { cause?: { code?: string } }).cause?.code;
  if (code && NOT_CONNECTED.has(code)) return { kind: "later", error: "push_no_line", isDown: true };
  return { kind: "unknown", error: "push_no_answer" };
}
