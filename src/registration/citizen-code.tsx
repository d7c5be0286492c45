import { codeMinutes } from "../codes/life-now.ts";
import type { Ask, Cookie } from "../web/route.ts";
import type { Contact } from "./rules-proof.ts";
import type { CodeSent } from "./send-code.ts";
import type { Declaration } from "./store.ts";

/**
 * A code that was sent and is waited for: its name stays in this browser, so that a code read out on the
 * telephone is worth nothing on another device.
 */
export const CODE_COOKIE = "vssid_code";
export type CodeKind = Contact | "consent";

/** As long as somebody may still look for the message; the code itself ends earlier and says so. */
const KEPT_SECONDS = 15 * 60;

export function codeCookie(file: Declaration, kind: CodeKind, { requestId }: CodeSent): Cookie {
  return { name: CODE_COOKIE, value: `${file.code}.${kind}.${requestId}`, maxAgeSeconds: KEPT_SECONDS };
}

/** The name of the code that is waited for on this page of this file. */
export function waitedCode(ask: Ask, file: Declaration | undefined, kind: CodeKind): string | undefined {
  const [code, of, requestId] = (ask.cookies[CODE_COOKIE] ?? "").split(".");
  return file && code === file.code && of === kind ? requestId : undefined;
}

/** For how many minutes a code is good, where one is waited for; undefined otherwise. */
export async function waitedMinutes(ask: Ask, file: Declaration, kind: CodeKind): Promise<number | undefined> {
  return waitedCode(ask, file, kind) === undefined ? undefined : codeMinutes(ask.house.db, ask.now);
}
