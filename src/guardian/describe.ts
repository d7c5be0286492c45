import type { Db } from "../db/house.ts";
import { formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { getPerson, type Person } from "../register/store.ts";
import { endOf } from "./rules.ts";
import type { Link } from "./store.ts";
import { findNamed, getPaper, type Paper } from "./store-paper.ts";
import { counterWords } from "./words-counter.ts";

/** From when to when a link holds, in words. */
export function daysText(link: Link, years: number, lang: Lang): string {
  const said = counterWords(lang);
  const end = endOf(link, link.ward, years);
  const to = end ? said.to(formatDay(end.on.subtract({ days: 1 }), lang)) : said.open;
  return `${said.from(formatDay(plainDate(link.fromOn), lang))} ${to}`;
}

export interface ShownGuardian {
  person: Person;
  relation: string;
  paper: Paper;
}

/** The guardian named on a file, for the page of the file; undefined when none is. */
export async function namedGuardian(db: Db, declarationId: string): Promise<ShownGuardian | undefined> {
  const named = await findNamed(db, declarationId);
  if (!named) return undefined;
  const [person, paper] = await Promise.all([getPerson(db, named.guardianId), getPaper(db, named.paperId)]);
  return { person, relation: named.relation, paper };
}
