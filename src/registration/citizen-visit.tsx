import { type Ask, type Reply, redirect } from "../web/route.ts";
import { issuePass, PASS_COOKIE, PASS_COOKIE_SECONDS, readPass } from "./file-pass.ts";
import { isOverdue, type Status } from "./rules.ts";
import { nextQuestion } from "./rules-answers.ts";
import { type Declaration, findByCode } from "./store.ts";

/** The file that this visitor's pass opens; undefined without a pass. */
export async function fileOf(ask: Ask): Promise<Declaration | undefined> {
  const code = readPass(ask.house.vault, ask.cookies[PASS_COOKIE], ask.now);
  return code ? findByCode(ask.house.db, code) : undefined;
}

/** A redirect that opens this file on this device for another day; `flash` is shown there once. */
export function openOn(ask: Ask, code: string, to: string, flash?: string): Reply {
  const value = issuePass(ask.house.vault, code, ask.now, PASS_COOKIE_SECONDS);
  return { ...redirect(to, flash), cookies: [{ name: PASS_COOKIE, value, maxAgeSeconds: PASS_COOKIE_SECONDS }] };
}

/** What people see: a file whose days are over has lapsed, whether or not the sweep has come by. */
export function shownStatus(file: Declaration, now: Date): Status {
  return isOverdue(file, now) ? "lapsed" : file.status;
}

/** Where a file is worked on now: its first open question, the check, the receipt, or where it stands. */
export function placeToGo(file: Declaration, now: Date): string {
  const status = shownStatus(file, now);
  if (status === "confirmed" && !file.batchedAt) return "/register/receipt";
  if (status !== "draft") return "/register/track";
  const next = nextQuestion(file.answers);
  return next ? `/register/${next}` : "/register/check";
}
