import type { House } from "../db/house.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { dayOf, formatDay, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import type { Fact } from "./rules.ts";
import { disputeOn } from "./store.ts";
import { words } from "./words.ts";

export interface BesideFact {
  kind: "info" | "good";
  title: string;
  text: string;
}

/** What stands beside a fact that was reported: that it is being checked, or the answer; undefined: never reported. */
export async function besideFact(
  house: House,
  { personId }: Pick<RecordOwner, "personId">,
  fact: Fact,
  lang: Lang,
): Promise<BesideFact | undefined> {
  const found = await disputeOn(house.db, personId, fact);
  if (!found) return undefined;
  const said = words(lang);
  const { outcome, answer, answerDueOn } = found;
  if (answer) return { kind: "good", title: outcome ? said.outcomes[outcome] : said.answer, text: answer };
  const due = answerDueOn ? said.due(formatDay(plainDate(answerDueOn), lang)) : said.sentNoDay;
  return { kind: "info", title: said.beside(formatDay(dayOf(found.createdAt), lang)), text: `${due}.` };
}
