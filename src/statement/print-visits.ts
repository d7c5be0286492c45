import { formatDay, plainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { isInpatient } from "../visits/rules.ts";
import type { VisitHead } from "../visits/store.ts";
import { words as visitWords } from "../visits/words.ts";
import type { Part, Printed } from "./print.ts";
import { illnessOf, type VisitsRecord } from "./rows.ts";
import { words } from "./words-paper.ts";

/** The year in a sentence, then every visit with its four parts. */
export function visitsParts(
  { year, rows, totals }: VisitsRecord,
  { lang, withPrivate, hidesSensitive }: Pick<Printed, "lang" | "withPrivate" | "hidesSensitive">,
): { lead: string; parts: Part[] } {
  const said = words(lang);
  const { payers } = visitWords(lang);
  const money = (whole: bigint) => formatWhole(whole, lang);
  const { costs, own, visits } = totals;
  const lead =
    visits === 0 ? said.noVisits(year) : said.sentence(year, visits, money(costs.total), money(costs.fund), money(own));
  const { day, facility, illness, total } = said.visitColumns;
  const part: Part = {
    title: said.visitsTitle,
    // The amounts take the width that they need; what is left holds place and illness one below the other.
    heads: [day, `${facility}\n${illness}`, payers.fund, payers.co, payers.self, payers.other, total],
    widths: [0, 1, 0, 0, 0, 0, 0],
    aligns: ["left", "left", "right", "right", "right", "right", "right"],
    rows: rows.map(({ visit, costs: one }) => [
      daysOf(visit, lang).replace(/(?<=–) | (?=\d{4})/g, "\n"),
      `${visit.facilityName}\n${illnessOf(visit, { withPrivate, private: said.private }, lang)}`,
      ...[one.fund, one.co, one.self, one.other, one.total].map(money),
    ]),
    none: said.noVisits(year),
    after: hidesSensitive ? said.hidden : "",
  };
  return { lead, parts: [part] };
}

/** The day; of a stay its first and its last. */
export function daysOf(
  visit: Pick<VisitHead, "admittedAt" | "dischargedAt" | "careType">,
  lang: Printed["lang"],
): string {
  const [from, to] = [visit.admittedAt, visit.dischargedAt].map((at) => formatDay(plainDate(at.slice(0, 10)), lang));
  return isInpatient(visit.careType) && from !== to ? `${from} – ${to}` : `${from}`;
}
