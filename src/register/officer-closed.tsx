import type { Staff } from "../kernel/actor.ts";
import { dayOf, formatInstant } from "../kernel/calendar.ts";
import { Forbidden, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { openInEmergency } from "../looks/break-glass.ts";
import { openMatter } from "../looks/open-matter.ts";
import { breakGlass } from "../looks/rules-policies.ts";
import { words } from "../looks/words.ts";
import { policyOn } from "../policy/store.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { ClosedPage } from "./closed-view.tsx";
import { officeAtWork } from "./merge-desk.ts";
import { personHref } from "./view-parts.tsx";

/** A record without a case of the office, and the two ways into it. */
const desk = { who: ["officer", "supervisor"], purpose: "review" } as const;
const personOf = (ask: Ask) => personHref(ask.params.person ?? "");

export const closedRoutes: Route[] = [
  pageRoute({ ...desk, method: "POST", path: "/console/persons/:person/matter", rate: "guess", handle: postMatter }),
  pageRoute({ ...desk, method: "POST", path: "/console/persons/:person/emergency", isHeavy: true, handle: postGlass }),
  ...["matter", "emergency"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `/console/persons/:person/${act}`,
      handle: (ask) => redirect(personOf(ask)),
    }),
  ),
];

/** Without a case of the office the record stays shut: the page says so, and how to go on. */
export async function orClosed(ask: Ask, show: () => Promise<Reply>): Promise<Reply> {
  try {
    return await show();
  } catch (failure) {
    if (!(failure instanceof Forbidden) || failure.code !== "looks_no_case") throw failure;
    return closedPage(ask, [], failure.status);
  }
}

/** The same for a form that changes the record. */
export const closing = (handle: (ask: Ask) => Promise<Reply>) => (ask: Ask) => orClosed(ask, () => handle(ask));

async function closedPage(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const code = officeAtWork(staffOf(ask));
  const officeName = code ? (await getOffice(ask.house.db, code))?.name : undefined;
  const { minutes } = await policyOn(ask.house.db, breakGlass, dayOf(ask.now));
  return page(<ClosedPage {...{ ask, officeName, minutes, faults }} person={ask.params.person ?? ""} />, status);
}

function staffOf({ actor }: Ask): Staff {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return actor;
}

async function postMatter(ask: Ask): Promise<Reply> {
  return openedBy(ask, async () => {
    await openMatter(ask.house, staffOf(ask), { person: ask.params.person ?? "", form: ask.form });
    return words(ask.lang).closed.matter.flash;
  });
}

async function postGlass(ask: Ask): Promise<Reply> {
  return openedBy(ask, async () => {
    const { glass_reason: reason, glass_says: says } = ask.form;
    const person = ask.params.person ?? "";
    const { until, isTold } = await openInEmergency(ask.house, staffOf(ask), { person, reason, says });
    const said = words(ask.lang).closed.glass;
    return (isTold ? said.flash : said.flashUntold)(formatInstant(until, ask.lang));
  });
}

async function openedBy(ask: Ask, open: () => Promise<string>): Promise<Reply> {
  try {
    return redirect(personOf(ask), await open());
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const said: Record<string, string> = words(ask.lang).faults;
    const faults = failure.faults.map(({ field, key }) => ({ field, text: said[key] ?? key }));
    return closedPage(ask, faults, failure.status);
  }
}
