/**
 * The ways back into an account whose password is forgotten, in the order in which they are offered: one
 * list for the page that names them, the verbs behind them and what each is trusted for.
 */
export type WayName = "sms" | "email" | "authenticator" | "passkey" | "counter";

export type Way =
  /** A code that we send is typed with the new password. */
  | { name: CodeWay; how: "code"; isLimiting: boolean }
  /** Begins on a page of its own. */
  | { name: "authenticator" | "passkey"; how: "own_page"; at: string; isLimiting: boolean }
  | { name: "counter"; how: "in_person"; isLimiting: boolean };

/** `isLimiting`: a SIM can be stolen or moved; what this way opens stays limited for some days (T17). */
export const ways: readonly Way[] = [
  { name: "sms", how: "code", isLimiting: true },
  { name: "email", how: "code", isLimiting: false },
  { name: "authenticator", how: "own_page", at: "/account/recovery/authenticator", isLimiting: false },
  { name: "passkey", how: "own_page", at: "/account/recovery/passkey", isLimiting: false },
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

/** A child's account has no password to set anew: it is answered like a number that nobody has. */
export function isRecoverable(account: { status: string; password_kind: string }): boolean {
  return account.status === "active" && account.password_kind !== "none";
}
