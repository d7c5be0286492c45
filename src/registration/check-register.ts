import type { Db, Tx } from "../db/house.ts";
import type { Fault } from "../kernel/outcome.ts";
import { findPersonByKey, type Person } from "../register/store.ts";
import type { Answers } from "./rules-answers.ts";
import { keyKindOf } from "./rules-match.ts";

/** The persons to whom the declared numbers lead; none, one, or two different ones. */
export async function personsDeclared(db: Db | Tx, answers: Answers): Promise<Person[]> {
  const { insurance, paper } = answers;
  const found = [
    insurance?.number ? await findPersonByKey(db, "bhxh", insurance.number) : undefined,
    paper ? await findPersonByKey(db, keyKindOf[paper.kind], paper.number) : undefined,
  ];
  return found.filter((person) => person !== undefined);
}

/**
 * One phone serves one adult account. A child's file may carry the phone of its guardian; whose the phone is
 * is never told.
 */
export async function phoneFault(db: Db | Tx, answers: Answers, phone: string): Promise<Fault | undefined> {
  if (answers.who?.forWhom === "child") return undefined;
  const holder = await findPersonByKey(db, "account_phone", phone);
  if (!holder) return undefined;
  const declared = await personsDeclared(db, answers);
  const isOwn = declared.some(({ personId }) => personId === holder.personId);
  return isOwn ? undefined : { field: "phone", key: "phone_of_another" };
}
