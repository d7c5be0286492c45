import { record } from "../audit/record.ts";
import { officesAtWork, officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import { Invalid, NotAllowed, NotSignedIn } from "../kernel/failures.ts";
import { getPerson } from "../register/store.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { FlagPage, FlagsPage, flagHref, type Seat } from "./flag-view.tsx";
import { judge, liftCeilings, openFlag, scopeOf, seesNames } from "./judge.ts";
import { findGlass, findLift, flagsIn, flagsSince } from "./store.ts";
import { words } from "./words.ts";

/** The flags of unusual looking with their evidence and verdicts. */
const HOME = "/console/looks";
const A_PAGE = 50;
const CSV_DAYS = 30;
const CSV_AT_MOST = 5000;

const flags = { who: ["supervisor", "auditor", "operator"], purpose: "looks" } as const;
const flagOf = (ask: Ask) => flagHref(ask.params.id ?? "");

export const routes: Route[] = [
  pageRoute({ ...flags, method: "GET", path: HOME, handle: showList }),
  pageRoute({ ...flags, method: "GET", path: `${HOME}/flags.csv`, handle: giveCsv }),
  pageRoute({ ...flags, method: "GET", path: `${HOME}/:id`, handle: (ask) => showFlag(ask, [], 200) }),
  pageRoute({ ...flags, method: "POST", path: `${HOME}/:id/verdict`, handle: postVerdict }),
  pageRoute({
    ...flags,
    method: "POST",
    path: `${HOME}/:id/lift`,
    who: ["supervisor"],
    isHeavy: true,
    handle: postLift,
  }),
  ...["verdict", "lift"].map((act) =>
    pageRoute({ ...flags, method: "GET", path: `${HOME}/:id/${act}`, handle: (ask) => redirect(flagOf(ask)) }),
  ),
];

function staffOf({ actor }: Ask): Staff {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return actor;
}

async function seatOf(ask: Ask): Promise<Seat> {
  const [code] = officesAtWork(staffOf(ask));
  const officeName = code ? (await getOffice(ask.house.db, code))?.name : undefined;
  return { ask, officeName, names: await staffNames(ask.house.db) };
}

/** What is refused stands on the same page, with what was typed. */
function faultsOf({ faults }: Invalid, ask: Ask): FieldFault[] {
  const said: Record<string, string> = words(ask.lang).faults;
  return faults.map(({ field, key }) => ({ field, text: said[key] ?? key }));
}

async function showList(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const isJudged = ask.query.show === "judged";
  const before = /^\d{1,18}$/.test(ask.query.before ?? "") ? ask.query.before : undefined;
  const found = await flagsIn(ask.house.db, scopeOf(staff), { isJudged, before, limit: A_PAGE + 1 });
  const shown = found.slice(0, A_PAGE);
  await noteList(ask, staff, "look.flags", shown.length);
  const href = (last?: string) =>
    `${HOME}?${new URLSearchParams({ ...(isJudged ? { show: "judged" } : {}), ...(last ? { before: last } : {}) })}`;
  const older =
    found.length > A_PAGE ? href(shown.reduce((low, { id }) => smaller(low, id), shown[0]?.id ?? "")) : undefined;
  const today = dayOf(ask.now).toString();
  const seat = await seatOf(ask);
  return page(
    <FlagsPage {...seat} {...{ isJudged, today, older }} flags={shown} newer={before ? href() : undefined} />,
  );
}

const smaller = (one: string, other: string) => (BigInt(one) < BigInt(other) ? one : other);

async function noteList(ask: Ask, staff: Staff, action: string, count: number): Promise<void> {
  const officeCode = officesOf(staff, "supervisor")[0];
  const look = { at: ask.now, actor: staff, action, purpose: "looks", officeCode };
  await record(ask.house.db, { ...look, detail: { flags: count } });
}

/** Who, what, when and the verdict: nobody who was looked at, and no note. */
async function giveCsv(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const said = words(ask.lang);
  const from = startOf(dayOf(ask.now).subtract({ days: CSV_DAYS }));
  const found = await flagsSince(ask.house.db, scopeOf(staff), from, CSV_AT_MOST);
  await noteList(ask, staff, "look.export", found.length);
  const names = await staffNames(ask.house.db);
  const rows = found.map((flag) => [
    flag.id,
    said.kinds[flag.kind],
    names.get(flag.staffId) ?? "",
    flag.officeCode ?? "",
    flag.firstAt.toISOString(),
    flag.lastAt.toISOString(),
    String(flag.times),
    flag.verdict ? said.one.verdicts[flag.verdict] : "",
    flag.judgedAt?.toISOString() ?? "",
  ]);
  const bytes = toCsv([said.list.csvHead, ...rows]);
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes, name: `looks-${dayOf(ask.now)}.csv` };
}

async function showFlag(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const staff = staffOf(ask);
  const { db } = ask.house;
  const { flag, rows } = await openFlag(ask.house, staff, ask.params.id ?? "");
  const ids = seesNames(staff, flag) ? [...new Set(rows.flatMap((row) => row.person_id ?? []))] : [];
  const people = await Promise.all(ids.map(async (id) => [id, (await getPerson(db, id)).fullName] as const));
  const glass = flag.glassId ? await findGlass(db, flag.glassId) : undefined;
  const lift = await findLift(db, flag.staffId, ask.now);
  const facts = { flag, rows, faults, isOwn: flag.staffId === staff.staffId, mayLift: seesNames(staff, flag) };
  // What somebody wrote of a person in an emergency may name an illness.
  const told = glass && !seesNames(staff, flag) ? { ...glass, says: "–" } : glass;
  const seat = await seatOf(ask);
  return page(<FlagPage {...seat} {...facts} persons={new Map(people)} glass={told} lift={lift} />, status);
}

async function postVerdict(ask: Ask): Promise<Reply> {
  return decided(ask, words(ask.lang).one.flash, () => {
    const { verdict, note } = ask.form;
    return judge(ask.house, staffOf(ask), { id: ask.params.id ?? "", verdict, note });
  });
}

async function postLift(ask: Ask): Promise<Reply> {
  return decided(ask, words(ask.lang).one.liftFlash, () =>
    liftCeilings(ask.house, staffOf(ask), { id: ask.params.id ?? "", reason: ask.form.lift_reason }),
  );
}

async function decided(ask: Ask, flash: string, work: () => Promise<void>): Promise<Reply> {
  try {
    await work();
    return redirect(flagOf(ask), flash);
  } catch (failure) {
    if (failure instanceof Invalid) return showFlag(ask, faultsOf(failure, ask), failure.status);
    if (!(failure instanceof NotAllowed)) throw failure;
    return showFlag(ask, [{ field: "main", text: words(ask.lang).faults.judged }], failure.status);
  }
}
