import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { scopeOf } from "./judge.ts";
import { countOpenFlags } from "./store.ts";
import { linksBehind } from "./store-sweep.ts";
import { words } from "./words.ts";

/** Said on top of every page of the desk of whoever judges flags, while an urgent one waits. */
export async function looksAlarm(
  house: House,
  staff: Staff,
  lang: Lang,
): Promise<{ text: string; href: string; link: string } | undefined> {
  const scope = scopeOf(staff);
  if (scope !== "all" && scope.length === 0) return undefined;
  const { urgent } = await countOpenFlags(house.db, scope, dayOf(house.clock.now()).toString());
  if (urgent === 0) return undefined;
  const said = words(lang).alarm;
  return { text: said.text(urgent), href: "/console/looks", link: said.link };
}

/** For /metrics and /readyz: flags that wait, the urgent ones, reviews that are late, links not read yet. */
export async function looksNumbers(house: House): Promise<Record<string, number>> {
  const counts = await countOpenFlags(house.db, "all", dayOf(house.clock.now()).toString());
  return { ...counts, behind: await linksBehind(house.db) };
}
