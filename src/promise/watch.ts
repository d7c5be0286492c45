import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";
import { PERIODS, shareKept } from "./rules.ts";
import { firstOf, lastDayAndNight, lastDays, officesSeen } from "./scope.ts";
import { countPromises, inDanger } from "./store.ts";
import { words } from "./words.ts";

/** The alarm counts no file that the page it leads to cannot show. */
const LONGEST = 30;

/** The sweep of every minute: cries out before a file is late, and as long as a late one has not been told. */
export async function watchPromise(house: House): Promise<{ endangered: number; overdue: number }> {
  const offices = await inDanger(house.db, await lastDays(house, undefined, LONGEST));
  const sum = (of: "endangered" | "overdue") => offices.reduce((total, office) => total + office[of], 0);
  const told = { endangered: sum("endangered"), overdue: sum("overdue") };
  if (told.endangered > 0) {
    house.log.error({ alarm: "promise_endangered", ...told, offices }, "the fifteen minutes of a file are nearly over");
  }
  if (told.overdue > 0)
    house.log.error({ alarm: "promise_broken", ...told, offices }, "a file is over its fifteen minutes");
  return told;
}

/** For /metrics and /readyz: how the promise was kept in the last 24 hours. */
export async function promiseNumbers(house: House): Promise<Record<string, number>> {
  const { all, kept, late, open, endangered } = await countPromises(house.db, await lastDayAndNight(house, undefined));
  return { shareWithin15Minutes: shareKept({ kept, late }) ?? 1, files: all, kept, late, open, endangered };
}

/** What every page of the console says on top, to those whose files they are; undefined when all is well. */
export async function promiseAlarm(
  house: House,
  staff: Staff,
  lang: Lang,
): Promise<{ text: string; href: string; link: string } | undefined> {
  const seen = officesSeen(staff);
  if (seen?.length === 0) return undefined;
  const offices = await inDanger(house.db, await lastDays(house, seen, LONGEST));
  if (offices.length === 0) return undefined;
  const said = words(lang).alarm;
  const endangered = offices.reduce((total, office) => total + office.endangered, 0);
  const overdue = offices.reduce((total, office) => total + office.overdue, 0);
  const text = [overdue > 0 ? said.overdue(overdue) : "", endangered > 0 ? said.endangered(endangered) : ""];
  const show = overdue > 0 ? "late" : "endangered";
  const oldestMs = Math.min(...offices.map(({ oldestAt }) => oldestAt.getTime()));
  const days = PERIODS.find((one) => firstOf(house, one).getTime() <= oldestMs) ?? LONGEST;
  return { text: text.filter(Boolean).join(" "), href: `/console/promise?days=${days}&show=${show}`, link: said.link };
}
