import type { House } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";
import { countOpen } from "./store.ts";
import { words } from "./words.ts";

/** Said on top of every page of the office that has somebody to tell. */
export async function unreachedAlarm(
  house: House,
  staff: Staff,
  lang: Lang,
): Promise<{ text: string; href: string; link: string } | undefined> {
  const open = await countOpen(house.db, officesAtWork(staff));
  if (open === 0) return undefined;
  const said = words(lang).alarm;
  return { text: said.text(open), href: "/console/unreached", link: said.link };
}
