import { randomBytes } from "node:crypto";
import { makeFileCode, parseFileCode } from "../kernel/file-code.ts";
import type { Vault } from "../vault/vault.ts";

/**
 * What opens one file to the person who declares: its code, an end, and a keyed mark over both. Nothing is
 * kept on the server, and nobody without it sees an answer.
 */
const PURPOSE = "file-pass";
export const PASS_COOKIE = "vssid_file";
/** All that were opened on this device; the one above says which of them is open. */
export const PASSES_COOKIE = "vssid_files";
export const PASS_COOKIE_SECONDS = 24 * 3600;
/** For a program that declares: the window, its roll-over and the decision fit in. */
export const PASS_TOKEN_SECONDS = 45 * 24 * 3600;

export function issuePass(vault: Vault, code: string, now: Date, seconds: number): string {
  const end = Math.floor(now.getTime() / 1000) + seconds;
  return `${code}.${end}.${vault.mark(PURPOSE, `${code}.${end}`).toString("base64url")}`;
}

/** The code that this pass opens now; undefined when it was not made by us or has ended. */
export function readPass(vault: Vault, pass: string | undefined, now: Date): string | undefined {
  const [code, end, mark] = (pass ?? "").split(".");
  if (!code || !end || !mark || parseFileCode(code) !== code || !/^\d{1,12}$/.test(end)) return undefined;
  if (!vault.isMark(PURPOSE, `${code}.${Number(end)}`, Buffer.from(mark, "base64url"))) return undefined;
  return now.getTime() < Number(end) * 1000 ? code : undefined;
}

export function drawFileCode(): string {
  return makeFileCode(randomBytes(8));
}
