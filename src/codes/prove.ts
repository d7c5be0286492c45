import { timingSafeEqual } from "node:crypto";
import type { House } from "../db/house.ts";
import { Invalid } from "../kernel/failures.ts";
import { boundMark, codeMark } from "./marks.ts";
import { type CodePurpose, DIGITS, parseCode } from "./rules.ts";
import { markProved, takeTry } from "./store.ts";

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
  const held = isUuid(codeId)
    ? await takeTry(house.db, { codeId, purpose, boundTo: boundMark(house, proof.boundTo) }, now)
    : undefined;
  if (!held) throw codeEnded();
  if (timingSafeEqual(held.code_mark, codeMark(house, codeId, code))) return markProved(house.db, codeId, now);
  if (held.tries_left === 0) throw codeEnded();
  throw new Invalid([{ field: "code", key: "code_wrong", values: { left: held.tries_left } }]);
}

export const codeEnded = () => new Invalid([{ field: "code", key: "code_ended" }]);

const isUuid = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
