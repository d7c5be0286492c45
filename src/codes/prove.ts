import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { boundMarks, isCode } from "./marks.ts";
import { type CodePurpose, DIGITS, parseCode, wrongMost } from "./rules.ts";
import { countWrong, markProved, takeTry } from "./store.ts";

export interface Proof {
  codeId: string;
  purpose: CodePurpose;
  /** The same text as when it was issued. */
  boundTo: string;
  /** As typed. */
  code: string;
  now: Date;
}

/**
 * Checks a code; the caller then does what it is for and calls `useCode` in that transaction. A code that
 * never was, has ended, was used or belongs to another request is answered alike. Throws Invalid (code_shape,
 * code_wrong with the tries left, code_ended).
 */
export async function proveCode(house: House, proof: Proof): Promise<void> {
  const { codeId, purpose, now } = proof;
  const code = parseCode(proof.code, purpose);
  if (!code) throw new Invalid([{ field: "code", key: "code_shape", values: { digits: DIGITS[purpose] } }]);
  const which = { codeId, purpose, boundTo: boundMarks(house, proof.boundTo) };
  const held = isUuid(codeId) ? await takeTry(house.db, which, now, await isGuessing(house, now)) : undefined;
  if (!held) throw codeEnded();
  if (isCode(house, codeId, code, held.code_mark)) return markProved(house.db, codeId, now);
  if (held.tries_left === 0) throw codeEnded();
  throw new Invalid([{ field: "code", key: "code_wrong", values: { left: held.tries_left } }]);
}

/** Guessing spread over very many codes shows only in all of them together. */
async function isGuessing(house: House, now: Date): Promise<boolean> {
  const most = await policyOn(house.db, wrongMost, dayOf(now));
  const wrong = await countWrong(house.db, now);
  if (wrong < most) return false;
  house.log.error(
    { alarm: "codes_are_guessed", wrong },
    "wrong codes have spent their budget: one try each from now on",
  );
  return true;
}

export const codeEnded = () => new Invalid([{ field: "code", key: "code_ended" }]);
