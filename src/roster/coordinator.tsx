import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import { Invalid, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { foldName } from "../kernel/names.ts";
import { openingCookies } from "../registration/file-pass.ts";
import { writeXlsx, XLSX_TYPE } from "../typeset/write-xlsx.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { hideTyped } from "../web/typed-query.ts";
import { hrefOf, ROSTER } from "./frame.tsx";
import { listRows } from "./lines.ts";
import { ListPage, NoUnitPage, SheetPage } from "./list-view.tsx";
import { lookAtPeople, lookAtPerson, takePeople } from "./look.ts";
import { mark, removePerson } from "./mark.ts";
import { PersonPage } from "./person-view.tsx";
import { type RosterUnit, readFilter } from "./rules.ts";
import { unitsOfCoordinator } from "./scope.ts";
import { startDeclaration } from "./start-declaration.ts";
import { figuresOf, helpersOf } from "./store-list.ts";
import { words } from "./words.ts";

/** "My people": the coordinator's own list, what is left to do first. */
const desk = { who: ["coordinator"], purpose: "rollout" } as const;
const A_PAGE = 50;
const ON_PAPER = 1000;
const TAKEN_MOST = 200_000;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: ROSTER, handle: showList }),
  pageRoute({ ...desk, method: "GET", path: `${ROSTER}/list.csv`, handle: sendCsv }),
  pageRoute({ ...desk, method: "GET", path: `${ROSTER}/list.xlsx`, handle: sendXlsx }),
  pageRoute({ ...desk, method: "GET", path: `${ROSTER}/people/:line`, handle: (ask) => showPerson(ask, [], 200) }),
  pageRoute({ ...desk, method: "POST", path: `${ROSTER}/people/:line/help`, handle: postHelp }),
  pageRoute({ ...desk, method: "POST", path: `${ROSTER}/people/:line/leaving`, handle: postLeaving }),
  pageRoute({ ...desk, method: "POST", path: `${ROSTER}/people/:line/declaration`, handle: postDeclaration }),
  ...["help", "leaving", "declaration"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `${ROSTER}/people/:line/${act}`,
      handle: (ask) => redirect(`${ROSTER}/people/${encodeURIComponent(ask.params.line ?? "")}`),
    }),
  ),
];

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

async function unitOf(ask: Ask): Promise<{ units: RosterUnit[]; unit: RosterUnit | undefined }> {
  const units = await unitsOfCoordinator(ask.house.db, staffOf(ask), ask.now);
  const wanted = ask.query.unit;
  const unit = wanted ? units.find(({ code }) => code === wanted) : units[0];
  if (wanted && !unit) throw new NotFound("unit");
  return { units, unit };
}

/** What the page was asked to show: a filter, and words of a name or digits of a number. */
function wantedOf({ query }: Ask) {
  const search = (query.q ?? "").slice(0, 100);
  const digits = search.replace(/[\s.\-–]/gu, "");
  return { filter: readFilter(query.show), search, folded: /^\d{3,}$/.test(digits) ? digits : foldName(search) };
}

async function showList(ask: Ask): Promise<Reply> {
  const { units, unit } = await unitOf(ask);
  if (!unit) return page(<NoUnitPage at={{ ask, unit }} />);
  const { house } = ask;
  const { filter, search, folded } = wantedOf(ask);
  const at = { ask, unit };
  if (ask.query.as === "print") {
    const people = await takePeople(house, staffOf(ask), unit, { filter, search: folded, limit: ON_PAPER }, "print");
    return page(<SheetPage {...{ at, people }} />);
  }
  const from = /^\d{1,6}$/.test(ask.query.from ?? "") ? Number(ask.query.from) : 0;
  const wanted = { filter, search: folded, from, limit: A_PAGE };
  const { people, hasMore } = await lookAtPeople(house, staffOf(ask), unit, wanted);
  const figures = await figuresOf(house.db, unit.code);
  const href = (start: number) =>
    hideTyped(
      ask,
      hrefOf(ROSTER, { unit: unit.code, show: filter, q: search, from: start > 0 ? String(start) : undefined }),
    );
  return page(
    <ListPage
      {...{ at, units, figures, filter, search, people }}
      older={hasMore ? href(from + A_PAGE) : undefined}
      newer={from > 0 ? href(Math.max(0, from - A_PAGE)) : undefined}
    />,
  );
}

async function takenRows(ask: Ask, as: string): Promise<{ rows: string[][]; name: string }> {
  const { unit } = await unitOf(ask);
  if (!unit) throw new NotFound("unit");
  const { filter, folded } = wantedOf(ask);
  const wanted = { filter, search: folded, limit: TAKEN_MOST };
  const people = await takePeople(ask.house, staffOf(ask), unit, wanted, as);
  return { rows: listRows(people, ask.lang), name: words(ask.lang).sheet.file };
}

async function sendCsv(ask: Ask): Promise<Reply> {
  const { rows, name } = await takenRows(ask, "csv");
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes: toCsv(rows), name: `${name}.csv` };
}

async function sendXlsx(ask: Ask): Promise<Reply> {
  const { rows, name } = await takenRows(ask, "xlsx");
  return { kind: "bytes", type: XLSX_TYPE, bytes: writeXlsx(words(ask.lang).title, rows), name: `${name}.xlsx` };
}

async function showPerson(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const { house } = ask;
  const { unit, person } = await lookAtPerson(house, staffOf(ask), ask.params.line ?? "");
  const codes = [unit.code, ...(unit.parentCode ? [unit.parentCode] : [])];
  const helpers = await helpersOf(house.db, codes, dayOf(ask.now).toString());
  return page(<PersonPage {...{ at: { ask, unit }, person, helpers, faults }} typed={ask.form} />, status);
}

async function postHelp(ask: Ask): Promise<Reply> {
  const line = ask.params.line ?? "";
  const said = words(ask.lang);
  try {
    await mark(ask.house, staffOf(ask), line, ask.form);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const sentences: Record<string, string> = said.faults;
    const faults = failure.faults.map(({ field, key }) => ({ field, text: sentences[key] ?? key }));
    return showPerson(ask, faults, 422);
  }
  return redirect(`${ROSTER}/people/${line}`, said.person.saved);
}

async function postLeaving(ask: Ask): Promise<Reply> {
  const { unit, person } = await removePerson(ask.house, staffOf(ask), ask.params.line ?? "");
  return redirect(hrefOf(ROSTER, { unit }), words(ask.lang).person.left(person));
}

/** The form opens in this browser, for the person who sits beside the coordinator. */
async function postDeclaration(ask: Ask): Promise<Reply> {
  const { code, next } = await startDeclaration(ask.house, staffOf(ask), ask.params.line ?? "", ask.lang);
  return { ...redirect(`/register/${next}`), cookies: openingCookies(ask, code) };
}
