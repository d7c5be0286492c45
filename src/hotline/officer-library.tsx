import { findUnitByCode, type UnitName } from "../drive/store-person-unit.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, formatDay, formatMoment, plainDate } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import { Conflict, Forbidden, NotFound } from "../kernel/failures.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { approveAnswer, dropAnswer, retireAnswer, writeAnswer } from "./answers.ts";
import { AnswersPage } from "./answers-view.tsx";
import { categoriesNow, categoryNames } from "./categories.ts";
import { faultsOf, HOME } from "./frame.tsx";
import { desk, seatOf, showDesk } from "./officer.tsx";
import { reportByUnit } from "./report.ts";
import type { Cell } from "./rules-themes.ts";
import { countUses, presentAnswers, versionsOf } from "./store-answers.ts";
import { ticketsOfUnits } from "./store-ticket.ts";
import { themesFor } from "./themes.ts";
import { ThemesPage } from "./themes-view.tsx";
import { UnitPage } from "./unit-view.tsx";
import { words } from "./words.ts";
import { answerWords } from "./words-answers.ts";

/** The first page of each role, the library of answers, the themes, and what a unit reports for itself. */
const TICKETS_MOST = 50;
const withUnits = { who: [...desk.who, "coordinator", "leader"], purpose: "hotline" } as const;
const ofUnit = { who: ["coordinator"], purpose: "hotline" } as const;

export const routes: Route[] = [
  pageRoute({ ...withUnits, method: "GET", path: HOME, handle: showHome }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/answers`, handle: postAnswer }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/answers`, handle: () => redirect(`${HOME}?part=answers`) }),
  pageRoute({
    ...{ who: ["supervisor"], purpose: "hotline" },
    method: "POST",
    path: `${HOME}/answers/:key/decision`,
    handle: postDecision,
  }),
  pageRoute({
    ...desk,
    method: "GET",
    path: `${HOME}/answers/:key/decision`,
    handle: (ask) => redirect(answerHref(ask.params.key ?? "")),
  }),
  pageRoute({ ...withUnits, method: "GET", path: `${HOME}/themes`, handle: showThemes }),
  pageRoute({ ...withUnits, method: "GET", path: `${HOME}/themes.csv`, handle: showCsv }),
  pageRoute({ ...ofUnit, method: "POST", path: `${HOME}/unit`, handle: postUnit }),
  pageRoute({ ...ofUnit, method: "GET", path: `${HOME}/unit`, handle: () => redirect(HOME) }),
];

const hasDesk = (staff: Staff) => staff.roles.some(({ role }) => desk.who.some((one) => one === role));
const answerHref = (key: string) => `${HOME}?part=answers&key=${encodeURIComponent(key)}`;

async function showHome(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  if (hasDesk(staff)) return ask.query.part === "answers" ? showAnswers(ask) : showDesk(ask);
  return staff.roles.some(({ role }) => role === "coordinator") ? showUnit(ask) : redirect(`${HOME}/themes`);
}

async function showAnswers(ask: Ask, faults: readonly FieldFault[] = []): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const { db } = ask.house;
  const key = ask.form.key ?? ask.query.key;
  const answers = key ? await versionsOf(db, key) : await presentAnswers(db);
  if (key && answers.length === 0) throw new NotFound("answer");
  const props = {
    ...{ at, answers, faults, typed: ask.form, answerKey: key, staffId: staff.staffId },
    uses: await countUses(db),
    names: await staffNames(db),
    categories: await categoriesNow(db, ask.now),
    isSupervisor: staff.roles.some(({ role }) => role === "supervisor"),
  };
  return page(<AnswersPage {...props} />, faults.length > 0 ? 422 : 200);
}

async function postAnswer(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const said = answerWords(ask.lang);
  try {
    return redirect(answerHref(await writeAnswer(ask.house, staff, ask.form)), said.saved);
  } catch (error) {
    if (error instanceof Conflict) return showAnswers(ask, [{ field: "main", text: said.waits }]);
    return showAnswers(ask, faultsOf(error, ask));
  }
}

async function postDecision(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const key = ask.params.key ?? "";
  const said = answerWords(ask.lang);
  switch (ask.form.act) {
    case "approve":
      await approveAnswer(ask.house, staff, key);
      return redirect(answerHref(key), said.approved);
    case "drop":
      await dropAnswer(ask.house, staff, key);
      return redirect(answerHref(key), said.dropped);
    default:
      await retireAnswer(ask.house, staff, key);
      return redirect(answerHref(key), said.retired);
  }
}

async function showThemes(ask: Ask): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const themes = await themesFor(ask.house, staff);
  const categories = await categoryNames(ask.house.db, ask.lang);
  return page(<ThemesPage {...{ at, themes, categories }} hasDesk={hasDesk(staff)} />);
}

/** The same tables as on the page, with the same cells hidden. */
async function showCsv(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const themes = await themesFor(ask.house, staff);
  const names = await categoryNames(ask.house.db, ask.lang);
  const said = answerWords(ask.lang).themes;
  const text = (cell: Cell) => (cell === "hidden" ? "–" : String(cell));
  const day = (iso: string) => formatDay(plainDate(iso), ask.lang);
  const groupRows = (groups: typeof themes.byUnit, nameOf: (of: string | null, name?: string) => string) =>
    groups.map(({ of, name, count, medianMinutes }) => [
      nameOf(of, name),
      text(count),
      medianMinutes === undefined ? "–" : String(medianMinutes),
    ]);
  const bytes = toCsv([
    [said.what, ...themes.weeks.map((week) => said.week(day(week)))],
    ...themes.rows.map(({ category, cells }) => [names.get(category) ?? category, ...cells.map(text)]),
    [said.total, ...themes.totals.map(text)],
    [],
    [said.what, said.count, said.median],
    ...groupRows(themes.byCategory, (of) => names.get(of ?? "") ?? of ?? ""),
    [],
    [said.unit, said.count, said.median],
    ...groupRows(themes.byUnit, (of, name) => name ?? of ?? said.noUnit),
  ]);
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes, name: "hotline-themes.csv" };
}

/** Of a coordinator their own units, without those below: each reports for itself. */
async function unitsOf(ask: Ask, staff: Staff): Promise<UnitName[]> {
  const codes = staff.roles.flatMap(({ role, unitCode }) => (role === "coordinator" && unitCode ? [unitCode] : []));
  const found = await Promise.all(codes.map((code) => findUnitByCode(ask.house.db, code, dayOf(ask.now).toString())));
  return found.flatMap((unit) => unit ?? []);
}

async function showUnit(ask: Ask, faults: readonly FieldFault[] = []): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const { db } = ask.house;
  const units = await unitsOf(ask, staff);
  const props = {
    ...{ at, units, faults, typed: ask.form },
    tickets: await ticketsOfUnits(
      db,
      units.map(({ code }) => code),
      TICKETS_MOST,
    ),
    categories: await categoriesNow(db, ask.now),
    names: await categoryNames(db, ask.lang),
  };
  return page(<UnitPage {...props} />, faults.length > 0 ? 422 : 200);
}

async function postUnit(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const units = await unitsOf(ask, staff);
  if (units.length === 0) throw new Forbidden();
  const said = words(ask.lang).unit;
  try {
    const opened = await reportByUnit(ask.house, staff, ask.form, units);
    const by = said.by(formatMoment(opened.answerBy, ask.now, ask.lang));
    return redirect(HOME, said.sent(opened.code, by));
  } catch (error) {
    return showUnit(ask, faultsOf(error, ask));
  }
}
