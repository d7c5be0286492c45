import { staffReviewDays } from "../account/rules-policies.ts";
import { record } from "../audit/record.ts";
import { officesAtWork, officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import { Conflict, Invalid, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { findOffices, getOffice, type Office } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { KeptReviewPage } from "./kept-view.tsx";
import { OfficesPage } from "./list-view.tsx";
import { OfficePage } from "./office-view.tsx";
import { linesOfOffice, standingOfOffices } from "./read-office.ts";
import { reviewOffice } from "./review-office.ts";
import { dueFirst, LINES_AT_ONCE, officesAnswered, readsAll, statesOf } from "./rules.ts";
import { findOfficeReview, linesOfReview, nextReviewNo, reviewsOf } from "./store.ts";
import { factorText, reviewHref, rightText, type Seat } from "./view-parts.tsx";
import { words } from "./words.ts";

/** The review of rights: who may do what at an office, kept or ended by whoever answers for it (TCVN 14423:2026). */
const HOME = "/console/staff-review";
const REVIEWS_SHOWN = 20;

const readers = { who: ["supervisor", "leader", "auditor", "operator"], purpose: "operation" } as const;
const answering = { who: ["supervisor", "leader"], purpose: "operation", isHeavy: true } as const;

export const routes: Route[] = [
  pageRoute({ ...readers, method: "GET", path: HOME, handle: showList }),
  pageRoute({ ...readers, method: "GET", path: `${HOME}/:office`, handle: (ask) => showOffice(ask) }),
  pageRoute({ ...answering, method: "POST", path: `${HOME}/:office`, handle: postReview }),
  pageRoute({ ...readers, method: "GET", path: `${HOME}/:office/:no`, handle: showKept }),
  pageRoute({ ...readers, method: "GET", path: `${HOME}/:office/:no/review.csv`, handle: giveCsv }),
];

function staffOf({ actor }: Ask): Staff {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return actor;
}

async function seatOf(ask: Ask): Promise<Seat> {
  const staff = staffOf(ask);
  const [code] = [...officesAtWork(staff), ...officesOf(staff, "leader")];
  return { ask, officeName: code ? (await getOffice(ask.house.db, code))?.name : undefined };
}

/** The office of the address, where it is theirs to read. That of another does not exist for the asker. */
async function officeOf(ask: Ask): Promise<Office> {
  const staff = staffOf(ask);
  const { office: code = "" } = ask.params;
  const isTheirs = readsAll(staff) || officesAnswered(staff).includes(code);
  const office = isTheirs ? await getOffice(ask.house.db, code) : undefined;
  if (!office) throw new NotFound("office");
  return office;
}

async function showList(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const own = officesAnswered(staff);
  const [only] = own;
  if (!readsAll(staff) && own.length < 2) {
    if (!only) throw new NotFound("office");
    return redirect(reviewHref(only));
  }
  const { db } = ask.house;
  const offices = (await standingOfOffices(db, ask.now)).filter(
    ({ officeCode }) => readsAll(staff) || own.includes(officeCode),
  );
  const names = new Map(
    (await findOffices(db, { on: dayOf(ask.now).toString() })).map(({ code, name }) => [code, name]),
  );
  return page(<OfficesPage {...(await seatOf(ask))} offices={offices} names={names} />);
}

async function showOffice(ask: Ask, faults: readonly FieldFault[] = [], status = 200): Promise<Reply> {
  const staff = staffOf(ask);
  const office = await officeOf(ask);
  const { db } = ask.house;
  const mayDecide = officesAnswered(staff).includes(office.code);
  const held = await linesOfOffice(db, office.code, ask.now);
  const others = dueFirst(held.filter(({ staffId }) => staffId !== staff.staffId));
  // Whoever decides is told of what waits for them: their own rights stand apart.
  const [state] = statesOf((mayDecide ? others : held).map((line) => ({ ...line, officeCode: office.code })));
  return page(
    <OfficePage
      {...(await seatOf(ask))}
      office={office}
      mayDecide={mayDecide}
      days={await policyOn(db, staffReviewDays, dayOf(ask.now))}
      no={await nextReviewNo(db, office.code)}
      lines={mayDecide ? others.slice(0, LINES_AT_ONCE) : others}
      all={others.length}
      own={held.filter(({ staffId }) => staffId === staff.staffId)}
      due={state?.due ?? 0}
      until={state?.until}
      reviews={await reviewsOf(db, office.code, REVIEWS_SHOWN)}
      faults={faults}
    />,
    status,
  );
}

async function postReview(ask: Ask): Promise<Reply> {
  const office = await officeOf(ask);
  const said = words(ask.lang);
  try {
    const no = Number(ask.form.review);
    const { kept, ended } = await reviewOffice(ask.house, staffOf(ask), {
      officeCode: office.code,
      no,
      form: ask.form,
    });
    return redirect(reviewHref(office.code), said.office.done(kept, ended));
  } catch (failure) {
    if (failure instanceof Invalid) return showOffice(ask, sentencesOf(failure.faults, said.faults), failure.status);
    if (!(failure instanceof Conflict) || failure.code !== "reviewed_meanwhile") throw failure;
    return showOffice(ask, [{ field: "main", text: said.faults.reviewed_meanwhile }], failure.status);
  }
}

async function keptOf(ask: Ask) {
  const office = await officeOf(ask);
  const { no = "" } = ask.params;
  const { db } = ask.house;
  const review = /^[1-9]\d{0,6}$/.test(no) ? await findOfficeReview(db, office.code, Number(no)) : undefined;
  if (!review) throw new NotFound("review");
  return { office, review, lines: await linesOfReview(db, office.code, review.no) };
}

async function showKept(ask: Ask): Promise<Reply> {
  const kept = await keptOf(ask);
  return page(<KeptReviewPage {...(await seatOf(ask))} {...kept} />);
}

async function giveCsv(ask: Ask): Promise<Reply> {
  const { office, review, lines } = await keptOf(ask);
  const { lang } = ask;
  const { csv, kept, verdicts } = words(lang);
  await record(ask.house.db, {
    ...{ at: ask.now, actor: staffOf(ask), action: "staff_review_exported", purpose: "operation" },
    ...{ object: { kind: "office", id: office.code }, officeCode: office.code, detail: { review: review.no } },
  });
  const head = [
    ...[csv.office, csv.no, kept.at, kept.by, kept.member, csv.username, kept.right, kept.since],
    ...[kept.lastSeen, kept.factors, kept.looks, kept.verdict, kept.reason],
  ];
  const rows = lines.map((line) => [
    ...[office.code, String(review.no), review.at.toISOString(), review.byName, line.name, line.username],
    ...[rightText(line.held, lang), line.since, line.lastSeenOn ?? "", factorText(line.factors, lang)],
    ...[String(line.looks), verdicts[line.verdict], line.reason ?? ""],
  ]);
  const name = csv.file(office.code, review.no);
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes: toCsv([head, ...rows]), name };
}
