import { maskNumber } from "../kernel/numbers.ts";

/** The life of a message: states, what may follow what, and what counts as late. Pure. */
export type NoticeClass = "outcome" | "code" | "reminder" | "campaign";
/** inbox: read in the account alone, there from the first moment. */
export type ChannelName = "sms" | "email" | "push" | "inbox";

/** What officers filter by. late, failing and unconfirmed cut across the states. */
export const shows = ["all", "waiting", "late", "failing", "unconfirmed", "sent", "delivered"] as const;
export type Show = (typeof shows)[number];
/** A waiting message that has failed this often stands among the failing ones. */
export const FAILING_TRIES = 3;

/**
 * queued: waits for its (next) try · sending: under a lease · unknown: went out, no answer came ·
 * sent: the provider took it · delivered: the handset's network said so · failed: ended, a person must look ·
 * overtaken: no longer true when its turn came, so it was never sent.
 */
export const noticeStates = ["queued", "sending", "unknown", "sent", "delivered", "failed", "overtaken"] as const;
export type NoticeState = (typeof noticeStates)[number];

/** Outcomes and codes never wait behind reminders, nor these behind campaigns (the database computes the same). */
export const laneOf: Record<NoticeClass, 1 | 2 | 3> = { outcome: 1, code: 1, reminder: 2, campaign: 3 };
export const URGENT_LANE = 1;

const FOLLOWERS: Record<NoticeState, readonly NoticeState[]> = {
  queued: ["sending", "failed", "delivered"],
  sending: ["queued", "unknown", "sent", "failed", "delivered", "overtaken"],
  unknown: ["sending", "sent", "failed", "delivered"],
  sent: ["delivered", "failed"],
  failed: ["delivered", "queued"],
  delivered: [],
  overtaken: ["delivered"],
};

/** "delivered" is final, whatever comes after it; "failed" gives way only to a receipt or a resend. */
export function mayFollow(from: NoticeState, to: NoticeState): boolean {
  return FOLLOWERS[from].includes(to);
}

export function isWaiting(state: NoticeState): boolean {
  return state === "queued" || state === "sending" || state === "unknown";
}

/** The promise was, or is being, missed: not accepted by a provider by `dueAt`. */
export function isLate(notice: { state: NoticeState; dueAt: Date; sentAt: Date | null }, now: Date): boolean {
  if (notice.state === "overtaken") return false;
  if (notice.sentAt) return notice.sentAt > notice.dueAt;
  return now > notice.dueAt;
}

/** A provider took it and nobody said in time that it reached the handset. */
export function isUnconfirmed(notice: { state: NoticeState; unconfirmedAt: Date | null }): boolean {
  return notice.state === "sent" && notice.unconfirmedAt !== null;
}

/** The message needs a secret that is gone. A notice on a device never holds one. */
export function lacksSecret(notice: { channel: ChannelName; needsSecret: boolean; hasSecret: boolean }): boolean {
  return notice.channel !== "push" && notice.needsSecret && !notice.hasSecret;
}

/** What an officer may do with a message now. A code is not sent again: the person asks for a new one. */
export function allowedActs(notice: { state: NoticeState; class: NoticeClass; lacksSecret: boolean }): "resend"[] {
  return notice.state === "failed" && notice.class !== "code" && !notice.lacksSecret ? ["resend"] : [];
}

/** •••••••678, b•••@example.vn or the end of a device's id: enough to compare, not to write to. */
export function maskRecipient(channel: ChannelName, recipient: string): string {
  if (channel === "sms") return maskNumber(recipient);
  if (channel === "inbox") return "";
  if (channel === "push") return `•••${recipient.slice(-4)}`;
  const [name = "", domain = ""] = recipient.split("@");
  return `${name.slice(0, 1)}•••@${domain}`;
}
