import { desksOf } from "../campaign/store.ts";
import { isoDay } from "../drive/rules.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import { NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseEmail } from "../kernel/numbers.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { type Cell, writeXlsx, XLSX_TYPE } from "../typeset/write-xlsx.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { DefinitionsPage } from "./definitions-view.tsx";
import { keepReader } from "./keep-readers.ts";
import { LeaderPage } from "./leader-view.tsx";
import { KINDS, type Look, lookAt, nobody } from "./look.ts";
import { makeReport } from "./make-report.ts";
import { OverviewPage, VIEWS } from "./overview-view.tsx";
import { BASES, leastShown, reportTime } from "./rules.ts";
import { MOMENTS } from "./rules-moments.ts";
import { parseTarget } from "./rules-target.ts";
import { ownUnits, type Sight, seesTerritory, sightOf, unitsUnder } from "./scopes.ts";
import { setTarget } from "./set-target.ts";
import { countsOn, rolledAt, targetsOf } from "./store.ts";
import { findReport, readersOf, reportsOf } from "./store-report.ts";
import { asTexts, tableOf, weeksTable } from "./table.ts";
import { trendOf, type UnitTrend } from "./trend.ts";
import { UnitPage } from "./unit-view.tsx";
import { words } from "./words.ts";

/** Coverage of the roll-out (letter 330, items 1 to 3): counts only, never a name. */
const HOME = "/console/coverage";
const territory = { who: ["officer", "supervisor", "leader"], purpose: "rollout" } as const;
const withCoordinators = { who: [...territory.who, "coordinator"], purpose: "rollout" } as const;
const acting = { who: ["supervisor", "leader"], purpose: "rollout" } as const;
const REPORTS_SHOWN = 12;
const DESKS_SHOWN = 8;

export const routes: Route[] = [
  pageRoute({ ...withCoordinators, method: "GET", path: HOME, handle: showOverview }),
  pageRoute({ ...withCoordinators, method: "GET", path: `${HOME}.csv`, handle: giveCsv }),
  pageRoute({ ...withCoordinators, method: "GET", path: `${HOME}.xlsx`, handle: giveXlsx }),
  pageRoute({ ...territory, method: "GET", path: `${HOME}/leader`, handle: (ask) => leaderPage(ask, []) }),
  pageRoute({ ...acting, method: "POST", path: `${HOME}/leader`, handle: postLeader }),
  pageRoute({ ...withCoordinators, method: "GET", path: `${HOME}/definitions`, handle: showDefinitions }),
  pageRoute({ ...territory, method: "GET", path: `${HOME}/reports/:report`, handle: giveReport }),
  pageRoute({ ...withCoordinators, method: "GET", path: `${HOME}/units/:code`, handle: (ask) => unitPage(ask, []) }),
  pageRoute({ ...acting, method: "POST", path: `${HOME}/units/:code`, handle: postUnit }),
];

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

const sight = (ask: Ask, day = dayOf(ask.now)) => sightOf(ask.house, staffOf(ask), day.toString());
const mayAct = (staff: Staff) => staff.roles.some(({ role }) => role === "leader" || role === "supervisor");
const momentOf = (ask: Ask) => MOMENTS.find((one) => one === ask.query.moment) ?? "approved";
const baseOf = (ask: Ask) => BASES.find((one) => one === ask.query.base) ?? "roster";

/** As of which day a territory is asked for: with the tree and the counts of that day. Undefined: it is none, or lies ahead. */
function dayAsked(ask: Ask): PlainDate | undefined {
  const today = dayOf(ask.now);
  const typed = ask.query.on?.trim();
  if (!typed) return today;
  const day = isoDay(typed);
  return day && day <= today.toString() ? plainDate(day) : undefined;
}

function look(ask: Ask, seen: Sight, day = dayOf(ask.now), rowsAtMost?: number): Promise<Look> {
  const asked = {
    rowsAtMost,
    territory: ask.query.territory,
    moment: momentOf(ask),
    base: baseOf(ask),
    kind: KINDS.find((one) => one === ask.query.kind),
  };
  return lookAt(ask.house, seen, asked, day);
}

/** A coordinator has one unit to look at, and is led there. */
async function showOverview(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const [own] = ownUnits(staff);
  if (!seesTerritory(staff)) {
    if (!own) throw new NotFound("unit");
    return redirect(`${HOME}/units/${own}`);
  }
  const day = dayAsked(ask);
  const seen = await sight(ask, day);
  const view = VIEWS.find((one) => one === ask.query.view) ?? "list";
  const faults = day ? [] : [{ field: "on", text: words(ask.lang).faults.on }];
  const mayPlaceTiles = mayAct(staff);
  const props = { ask, view, faults, look: await look(ask, seen, day), territories: seen.territories, mayPlaceTiles };
  return page(<OverviewPage {...props} />, day ? 200 : 422);
}

/** The rows of the view that was asked for: of one unit by week, or of a territory's units. */
async function tableFor(ask: Ask): Promise<Cell[][]> {
  const { unit } = ask.query;
  if (unit) return weeksTable(await unitTrend(ask, unit), ask.lang);
  if (!seesTerritory(staffOf(ask))) throw new NotFound("territory");
  const day = dayAsked(ask);
  return tableOf(await look(ask, await sight(ask, day), day, Number.POSITIVE_INFINITY), ask.lang);
}

async function giveCsv(ask: Ask): Promise<Reply> {
  const bytes = toCsv(asTexts(await tableFor(ask), ask.lang));
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes, name: `coverage-${dayOf(ask.now)}.csv` };
}

async function giveXlsx(ask: Ask): Promise<Reply> {
  const bytes = writeXlsx(words(ask.lang).title, await tableFor(ask));
  return { kind: "bytes", type: XLSX_TYPE, bytes, name: `coverage-${dayOf(ask.now)}.xlsx` };
}

async function showDefinitions(ask: Ask): Promise<Reply> {
  const { db } = ask.house;
  const least = await policyOn(db, leastShown, dayOf(ask.now));
  return page(<DefinitionsPage ask={ask} rolledAt={await rolledAt(db)} least={least} />);
}

async function giveReport(ask: Ask): Promise<Reply> {
  const { territories } = await sight(ask);
  const id = ask.params.report ?? "";
  const report = isUuid(id) ? await findReport(ask.house.db, id) : undefined;
  if (!report || !territories.some(({ code }) => code === report.scopeCode)) throw new NotFound("report");
  return { kind: "bytes", type: "application/pdf", bytes: report.pdf, name: `coverage-${report.weekOn}.pdf` };
}

async function leaderPage(ask: Ask, faults: readonly FieldFault[]): Promise<Reply> {
  const { db } = ask.house;
  const seen = await sight(ask);
  const found = await look(ask, seen);
  const { code } = found.territory;
  const units = unitsUnder(seen, code);
  const weekBefore = found.today.subtract({ days: 7 }).toString();
  const codes = [code, ...units.map((unit) => unit.code)];
  const [counts, targets, reports, time, readers, planned] = await Promise.all([
    countsOn(db, [code], [weekBefore]),
    targetsOf(db, [code]),
    reportsOf(db, code, REPORTS_SHOWN),
    policyOn(db, reportTime, dayOf(ask.now)),
    readersOf(db, code),
    desksOf(db, codes, found.today.toString(), DESKS_SHOWN),
  ]);
  const names = new Map(seen.units.map((unit) => [unit.code, unit.name]));
  const desks = planned.map((desk) => ({ ...desk, unitName: names.get(desk.unitCode) ?? desk.unitCode }));
  const before = counts.get(`${code} ${weekBefore}`) ?? nobody;
  const may = mayAct(staffOf(ask));
  const props = { ask, look: found, before, targets, reports, reportTime: time, readers, desks, mayAct: may, faults };
  return page(<LeaderPage {...props} />, faults.length > 0 ? 422 : 200);
}

async function postLeader(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const { house, form } = ask;
  const said = words(ask.lang);
  const { territory: to } = await look(ask, await sight(ask));
  const here = `${HOME}/leader?territory=${encodeURIComponent(to.code)}`;
  if (form.act === "report") {
    await makeReport(house, staff, to.code);
    return redirect(here, said.report.made);
  }
  if (form.act === "target") return postTarget(ask, to.code, here, (faults) => leaderPage(ask, faults));
  const email = parseEmail(form.email ?? "");
  if (!email) return leaderPage(ask, [{ field: "email", text: said.faults.email }]);
  const isLeaving = form.act === "reader_leaves";
  await keepReader(house, staff, { scopeCode: to.code, email, isLeaving });
  return redirect(here, isLeaving ? said.report.removed : said.report.added);
}

async function unitPage(ask: Ask, faults: readonly FieldFault[]): Promise<Reply> {
  const staff = staffOf(ask);
  const trend = await unitTrend(ask, ask.params.code ?? "");
  const props = { ask, trend, maySetTargets: mayAct(staff), seesTerritory: seesTerritory(staff), faults };
  return page(<UnitPage {...props} />, faults.length > 0 ? 422 : 200);
}

/** Of a unit in sight; for a coordinator of the own one alone, not those under it. */
async function unitTrend(ask: Ask, code: string): Promise<UnitTrend> {
  const staff = staffOf(ask);
  if (!seesTerritory(staff) && !ownUnits(staff).includes(code)) throw new NotFound("unit");
  const asked = { code, moment: momentOf(ask), base: baseOf(ask) };
  return trendOf(ask.house, await sight(ask), asked, dayOf(ask.now));
}

async function postUnit(ask: Ask): Promise<Reply> {
  const code = ask.params.code ?? "";
  const { units } = await sight(ask);
  if (!units.some((unit) => unit.code === code)) throw new NotFound("unit");
  return postTarget(ask, code, `${HOME}/units/${code}?moment=${momentOf(ask)}`, (faults) => unitPage(ask, faults));
}

async function postTarget(
  ask: Ask,
  scopeCode: string,
  here: string,
  again: (faults: readonly FieldFault[]) => Promise<Reply>,
): Promise<Reply> {
  const said = words(ask.lang);
  const parsed = parseTarget(ask.form, dayOf(ask.now));
  if (!parsed.ok) {
    const texts: Record<string, string> = said.faults;
    return again(parsed.faults.map(({ field, key }) => ({ field, text: texts[key] ?? key })));
  }
  await setTarget(ask.house, staffOf(ask), scopeCode, parsed.value);
  return redirect(here, said.targets.done);
}
