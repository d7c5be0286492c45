import type { Db, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { codeList } from "../units/store-lists.ts";
import { type Category, categoriesOn } from "./rules-ticket.ts";

const LIST = "ticket_category";

/** The kinds of difficulty in force now. An operator adds, ends or rewords them as rows with dates. */
export async function categoriesNow(db: Db | Tx, now: Date): Promise<Category[]> {
  return categoriesOn(await codeList(db, LIST), dayOf(now).toString());
}

/** What kinds are called, ended ones too. */
export async function categoryNames(db: Db | Tx, lang: Lang): Promise<Map<string, string>> {
  const entries = await codeList(db, LIST);
  return new Map(entries.map(({ code, nameVi, nameEn }) => [code, lang === "vi" ? nameVi : nameEn]));
}
