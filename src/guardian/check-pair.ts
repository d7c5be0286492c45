import { findAccount } from "../account/store.ts";
import type { Tx } from "../db/house.ts";
import { dayOf, daysBetween, type PlainDate } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import { policyOn } from "../policy/store.ts";
import { findPersonByKey, getPerson, type Person } from "../register/store.ts";
import { holdsToday } from "./holding.ts";
import { type Born, endOf, hasTurned, type PaperKind } from "./rules.ts";
import type { PersonNumber } from "./rules-parse.ts";
import { endsAtAge } from "./rules-policies.ts";
import { linksOfWard } from "./store.ts";
import { paperRule } from "./store-paper.ts";

/** Whether two people may be linked on a paper; what stands in the way is told by field. */
export interface Pair {
  guardian: PersonNumber | { personId: string };
  /** As the register knows the ward; as declared, when it does not yet. */
  ward: Born & { personId?: string | undefined; diedOn?: string | null };
  paperKind: PaperKind;
  fromOn: PlainDate;
  lastOn: PlainDate | undefined;
}

export type Checked = { ok: true; guardian: Person; endsByAge: boolean } | { ok: false; faults: [Fault] };

const no = (field: string, key: string): Checked => ({ ok: false, faults: [{ field, key }] });

export async function checkPair(tx: Tx, pair: Pair, now: Date): Promise<Checked> {
  const today = dayOf(now);
  const { ward, lastOn } = pair;
  const years = await policyOn(tx, endsAtAge, today);
  const rule = await paperRule(tx, pair.paperKind, today.toString());
  if (!rule) return no("paper_kind", "paper_other");
  if (ward.diedOn) return no("number", "ward_died");
  if (rule.endsByAge && hasTurned(ward, years, today)) return no("paper_kind", "ward_of_age");
  const end = endOf({ lastOn: lastOn?.toString() ?? null, endsByAge: rule.endsByAge }, ward, years);
  if (end && daysBetween(end.on, today) >= 0) return no("last", "last_passed");
  const guardian =
    "personId" in pair.guardian
      ? await getPerson(tx, pair.guardian.personId)
      : await findPersonByKey(tx, pair.guardian.kind, pair.guardian.number);
  const account = guardian && (await findAccount(tx, guardian.personId));
  // Who is unknown, who has no account and who cannot sign in are one answer: no account that could hold the link.
  if (!guardian || account?.status !== "active" || account.password_kind === "none") {
    return no("number", "guardian_without_account");
  }
  if (guardian.personId === ward.personId) return no("number", "guardian_is_self");
  if (guardian.diedOn !== null) return no("number", "guardian_without_account");
  if (!hasTurned(guardian, years, today)) return no("number", "guardian_minor");
  if (await isWardToday(tx, guardian.personId, now)) return no("number", "guardian_is_ward");
  return { ok: true, guardian, endsByAge: rule.endsByAge };
}

/** Whoever needs a guardian is none; so no two people can be each other's. */
async function isWardToday(tx: Tx, personId: string, now: Date): Promise<boolean> {
  for (const link of await linksOfWard(tx, personId)) if (await holdsToday(tx, link, now)) return true;
  return false;
}
