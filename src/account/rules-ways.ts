/**
 * The ways back into an account whose password is forgotten, in the order in which they are offered: one
 * list for the page that names them, the verbs behind them and what each is trusted for.
 */
export type WayName = "sms" | "email" | "counter";

export interface Way {
  name: WayName;
  /** code: we send one and it is typed with the new password · own_page: begins on a page of its own · in_person. */
  how: "code" | "own_page" | "in_person";
  /** Where an own page begins. */
  at?: string;
  /** A SIM can be stolen or moved: what this way opens stays limited for some days (T17). */
  isLimiting: boolean;
}

export const ways: readonly Way[] = [
  { name: "sms", how: "code", isLimiting: true },
  { name: "email", how: "code", isLimiting: false },
  { name: "counter", how: "in_person", isLimiting: false },
];

/** Ways in which we send a code. */
export type CodeWay = "sms" | "email";

export const contactKindOf: Record<CodeWay, "phone" | "email"> = { sms: "phone", email: "email" };

export function codeWay(text: string): CodeWay | undefined {
  return text === "sms" || text === "email" ? text : undefined;
}

/** What a code of recovery is bound to: the request that asked, kept in the asker's browser. */
export function boundToRequest(requestId: string): string {
  return `recovery:${requestId}`;
}
