import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { type Birth, isSameBirth, readBirth } from "./rules-answers.ts";
import { boxesOf, type Fields } from "./rules-parse.ts";
import { type Declaration, findByCode, lockByCode, saveResume } from "./store.ts";

export const RESUME_TRIES = 10;
const CLOSED_MS = 3600_000;

/**
 * Code and birth date open a file again, anywhere. An unknown code, a wrong birth date and a file closed by
 * ten wrong dates are answered alike. Of a file whose answers are wiped nothing is left to open: that is said.
 */
export async function resume(house: House, fields: Fields, now: Date): Promise<Declaration> {
  const code = parseFileCode(fields.code ?? "");
  const birth = readBirth(boxesOf("birth", fields));
  if (!code || !birth) throw noMatch();
  const opened = await inTransaction(house.db, (tx) => tryOpen(tx, code, birth, now));
  if (!opened) throw noMatch();
  return opened;
}

async function tryOpen(tx: Tx, code: string, birth: Birth, now: Date): Promise<Declaration | undefined> {
  if (!(await findByCode(tx, code))) return undefined;
  const file = await lockByCode(tx, code);
  if (file.forgottenAt) throw new Invalid([{ field: "code", key: "answers_gone" }]);
  if (file.resumeClosedUntil && now.getTime() < file.resumeClosedUntil.getTime()) return undefined;
  if (isBirthOf(file, birth)) {
    if (file.failedResumes > 0) await saveResume(tx, file.id, 0, null);
    return file;
  }
  const failed = file.failedResumes + 1;
  const isLast = failed >= RESUME_TRIES;
  await saveResume(tx, file.id, isLast ? 0 : failed, isLast ? new Date(now.getTime() + CLOSED_MS) : null);
  return undefined;
}

/** As far as the declaration knows the date, it must be typed: the year alone opens only a file that holds no more. */
function isBirthOf(file: Declaration, typed: Birth): boolean {
  if (!file.birthOn || !file.birthPrecision) return false;
  const declared: Birth = { on: file.birthOn, precision: file.birthPrecision };
  const isShorter = { year: 0, month: 1, day: 2 };
  return isShorter[typed.precision] >= isShorter[declared.precision] && isSameBirth(declared, typed);
}

function noMatch(): Invalid {
  return new Invalid([{ field: "code", key: "no_match" }]);
}
