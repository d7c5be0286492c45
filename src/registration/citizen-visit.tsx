import { type Ask, type Reply, redirect } from "../web/route.ts";
import { openingCookies, PASS_COOKIE, readPass } from "./file-pass.ts";
import { shownStatus } from "./is-over.ts";
import { nextQuestion } from "./rules-answers.ts";
import { type Declaration, findByCode } from "./store.ts";

/** The code of the file that is open here; undefined without a pass. */
export function openCode(ask: Ask): string | undefined {
  return readPass(ask.house.vault, ask.cookies[PASS_COOKIE], ask.now);
}

/** The file that this visitor's pass opens; undefined without a pass. */
export async function fileOf(ask: Ask): Promise<Declaration | undefined> {
  const code = openCode(ask);
  return code ? findByCode(ask.house.db, code) : undefined;
}

/** A redirect that opens this file on this device for another day; `flash` is shown there once. */
export function openOn(ask: Ask, code: string, to: string, flash?: string): Reply {
  return { ...redirect(to, flash), cookies: openingCookies(ask, code) };
}

/** Where a file is worked on now: its first open question, the check, the receipt, or where it stands. */
export async function placeToGo({ house, now }: Ask, file: Declaration): Promise<string> {
  const status = await shownStatus(house.db, file, now);
  if (status === "confirmed" && !file.batchedAt) return "/register/receipt";
  if (status !== "draft") return "/register/track";
  const next = nextQuestion(file.answers);
  return next ? `/register/${next}` : "/register/check";
}
