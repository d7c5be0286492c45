import { findAccount } from "../account/store.ts";
import type { House } from "../db/house.ts";
import type { Fault } from "../kernel/outcome.ts";
import { findPersonByKey } from "../register/store.ts";
import { judge } from "./confirm.ts";
import { isComplete } from "./rules-answers.ts";
import type { Declaration } from "./store.ts";

/**
 * What stands in the way of a declaration because of its numbers, and who may be told which. A stranger can
 * type anybody's numbers: only who has proved the very phone of that open file, or of that account, is told
 * that it is there. To everybody else the three cases look alike.
 */
export type Standing =
  | { kind: "clear" }
  | { kind: "unclear" }
  | { kind: "account" }
  | { kind: "open"; lapsesAt: Date | null; officeCode: string | null; isReceived: boolean };

const KEYS = ["open_for_number", "open_for_paper", "open_for_person", "account_active"];

/** Faults of a confirmation that concern other files or accounts: they have a page of their own. */
export function isStanding(faults: readonly Fault[]): boolean {
  return faults.some(({ key }) => KEYS.includes(key));
}

export async function standingOf({ db }: House, draft: Declaration, now: Date): Promise<Standing> {
  const { answers, phone, phoneProvedAt } = draft;
  if (!isComplete(answers)) return { kind: "clear" };
  const { person, rivals, faults } = await judge(db, draft, answers, now);
  if (!isStanding(faults)) return { kind: "clear" };
  const own = rivals.find((rival) => rival.phone === phone);
  const holder = await findPersonByKey(db, "account_phone", phone ?? "");
  const account = await findAccount(db, person?.personId ?? NOBODY);
  if (!phoneProvedAt) return { kind: "unclear" };
  if (account && holder?.personId === account.person_id) return { kind: "account" };
  if (!own) return { kind: "unclear" };
  const { lapsesAt, officeCode, status } = own;
  return { kind: "open", lapsesAt, officeCode, isReceived: status === "received" };
}

const NOBODY = "0";
