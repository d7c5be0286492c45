import { record } from "../audit/record.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotSignedIn } from "../kernel/failures.ts";
import { messageFigures } from "../notices/store-figures.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { PromisePage } from "./promise-view.tsx";
import { PERIODS, SHOWS } from "./rules.ts";
import { lastDays, officesSeen } from "./scope.ts";
import { countPromises, listPromises, promisesByDay } from "./store.ts";
import { figureScope, lookAround } from "./watchdog.ts";

/** How the fifteen minutes are kept: for the offices in which one works; operators see all. */
const FILES_AT_MOST = 200;
/** A week of one office, or the newest days of all: each office of the country would be thousands of rows. */
const DAYS_AT_MOST = 300;

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/console/promise",
    who: ["officer", "supervisor", "operator"],
    purpose: "notices",
    handle: showPromise,
  }),
];

async function showPromise(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const { db } = ask.house;
  const days = PERIODS.find((one) => String(one) === ask.query.days) ?? 7;
  const show = SHOWS.find((one) => one === ask.query.show) ?? "late";
  const offices = officesSeen(staff);
  const scope = await lastDays(ask.house, offices, days);
  const counts = await countPromises(db, scope);
  const foundDays = await promisesByDay(db, scope, DAYS_AT_MOST + 1);
  const byDay = foundDays.slice(0, DAYS_AT_MOST);
  const found = await listPromises(db, scope, show, FILES_AT_MOST + 1);
  const files = found.slice(0, FILES_AT_MOST);
  const asked = await figureScope(ask.house, offices, scope.from);
  const byProvider = await messageFigures(db, "provider", asked);
  const byOffice = await messageFigures(db, "office", asked);
  const alarms = await lookAround(ask.house, offices);
  await record(db, {
    at: ask.now,
    actor: staff,
    action: "promise.list",
    purpose: "notices",
    officeCode: offices?.[0],
    detail: { days, show, files: files.length },
  });
  const named = byOffice.map(({ of: officeCode }) => ({ officeCode }));
  const names = await officeNames(ask, [...byDay, ...files, ...named]);
  const officeName = offices?.[0] ? (await getOffice(db, offices[0]))?.name : undefined;
  const isCut = found.length > FILES_AT_MOST;
  const areDaysCut = foundDays.length > DAYS_AT_MOST;
  const watched = { alarms, byProvider, byOffice };
  return page(
    <PromisePage {...{ ask, officeName, days, show, counts, byDay, areDaysCut, files, names, isCut }} {...watched} />,
  );
}

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

async function officeNames(ask: Ask, of: readonly { officeCode: string | null }[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const code of new Set(of.flatMap(({ officeCode }) => officeCode ?? []))) {
    names.set(code, (await getOffice(ask.house.db, code))?.name ?? code);
  }
  return names;
}
