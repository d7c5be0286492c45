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

interface Visit {
  house: { vault: Vault };
  cookies: Readonly<Record<string, string | undefined>>;
  now: Date;
}

/** What opens this file on this device for another day, and keeps the others that were opened here. */
export function openingCookies(visit: Visit, code: string) {
  const { vault } = visit.house;
  const pass = issuePass(vault, code, visit.now, PASS_COOKIE_SECONDS);
  const others = passesOf(visit).filter((one) => readPass(vault, one, visit.now) !== code);
  const passes = [pass, ...others].slice(0, PASSES_AT_MOST).join(BETWEEN);
  return [passCookie(pass), passCookie(passes, PASSES_COOKIE)];
}

export const passCookie = (value: string, name = PASS_COOKIE) => ({ name, value, maxAgeSeconds: PASS_COOKIE_SECONDS });

/**
 * Passes of the files that were opened on this device, the last one first: two tabs may work on two of them. The open
 * one is among them, also where the version before wrote its cookie alone.
 */
export function passesOf({ house, cookies, now }: Visit): string[] {
  const passes = [cookies[PASS_COOKIE] ?? "", ...(cookies[PASSES_COOKIE] ?? "").split(BETWEEN)];
  return passes.filter((one, at) => passes.indexOf(one) === at && readPass(house.vault, one, now));
}

const PASSES_AT_MOST = 6;
const BETWEEN = "~";

export function drawFileCode(): string {
  return makeFileCode(randomBytes(8));
}
