import type { Db, Tx } from "../db/house.ts";
import type { PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import type { SubmissionMethod } from "./rules-paper-policies.ts";
import { codeOfMethod, submissionMethods, usualMethod } from "./rules-paper-policies.ts";

/** The ways to hand in that are open on a day. */
export function methodsOn(db: Db | Tx, on: PlainDate): Promise<readonly SubmissionMethod[]> {
  return policyOn(db, submissionMethods, on);
}

/** The one that was asked for; the usual one when nothing was; undefined when it is not open on that day. */
export async function findMethod(
  db: Db | Tx,
  code: string | undefined,
  on: PlainDate,
): Promise<SubmissionMethod | undefined> {
  const methods = await methodsOn(db, on);
  return code ? methods.find((method) => codeOfMethod(method) === code) : usualMethod(methods);
}
