import type { House } from "../db/house.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { dayOf, formatDay, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import type { Fact, FactKind } from "./rules.ts";
import { type Dispute, disputesAbout } from "./store.ts";
import { words } from "./words.ts";

export interface BesideFact {
  kind: "info" | "good";
  title: string;
  text: string;
}

/** What stands beside each fact of one kind that was reported, by its id: that it is being checked, or the answer. */
export async function besideFacts(
  house: House,
  { personId }: Pick<RecordOwner, "personId">,
  kind: FactKind,
  lang: Lang,
): Promise<Map<string, BesideFact>> {
  const found = await disputesAbout(house.db, personId, kind);
  return new Map([...found].map(([id, dispute]) => [id, besideOf(dispute, lang)]));
}

/** The same of one fact; undefined: never reported. */
export async function besideFact(
  house: House,
  owner: Pick<RecordOwner, "personId">,
  { kind, id }: Fact,
  lang: Lang,
): Promise<BesideFact | undefined> {
  return (await besideFacts(house, owner, kind, lang)).get(id);
}

function besideOf({ outcome, answer, answerDueOn, createdAt }: Dispute, lang: Lang): BesideFact {
  const said = words(lang);
  if (answer) return { kind: "good", title: outcome ? said.outcomes[outcome] : said.answer, text: answer };
  const due = answerDueOn ? said.due(formatDay(plainDate(answerDueOn), lang)) : said.sentNoDay;
  return { kind: "info", title: said.beside(formatDay(dayOf(createdAt), lang)), text: `${due}.` };
}
