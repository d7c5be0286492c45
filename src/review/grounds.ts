import type { Db, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { codeList } from "../units/store-lists.ts";
import { type Ground, groundLabels, groundsOn } from "./rules-grounds.ts";

const LIST = "refusal_ground";

/** The grounds of refusal in force now. An operator adds, ends or rewords them as rows with dates. */
export async function groundsNow(db: Db | Tx, now: Date): Promise<Ground[]> {
  return groundsOn(await codeList(db, LIST), dayOf(now).toString());
}

/** What grounds are called, those of earlier years too. */
export async function groundNames(db: Db | Tx, lang: Lang): Promise<Map<string, string>> {
  return groundLabels(await codeList(db, LIST), lang);
}
