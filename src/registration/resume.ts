import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { type Birth, isSameBirth, readBirth } from "./rules-answers.ts";
import { boxesOf, type Fields } from "./rules-parse.ts";
import { type Declaration, findByCode } from "./store.ts";
import { lockResumes, saveResumes } from "./store-resume.ts";

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
  const opened = await inTransaction(house.db, (tx) => tryOpen(tx, house, { code, birth, now }));
  if (!opened) throw noMatch();
  return opened;
}

interface Asked {
  code: string;
  birth: Birth;
  now: Date;
}

/** Every try takes the same statements, whether the code is a file's or nobody's. */
async function tryOpen(tx: Tx, house: House, { code, birth, now }: Asked): Promise<Declaration | undefined> {
  const marks = house.vault.everyMark("resume-code", code);
  const window = await lockResumes(tx, marks, now);
  const file = await findByCode(tx, code);
  if (file?.forgottenAt) throw new Invalid([{ field: "code", key: "answers_gone" }]);
  if (window.closedUntil && now.getTime() < window.closedUntil.getTime()) return undefined;
  const isRight = file !== undefined && isBirthOf(file, birth);
  const failed = isRight ? 0 : (window.closedUntil ? 0 : window.failed) + 1;
  const closedUntil = failed >= RESUME_TRIES ? new Date(now.getTime() + CLOSED_MS) : null;
  await saveResumes(tx, marks[0], { failed, closedUntil });
  return isRight ? file : undefined;
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
