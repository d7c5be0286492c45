/** /app/visits: a year in one sentence and one bar, then each visit on a common scale. */
import { noteLook } from "../audit/record.ts";
import { dayOf, formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { readerOf } from "../me/reader.ts";
import { Layout, Panel, Tag } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { CostBar } from "./bars.tsx";
import { CoPaymentPanel, findCoPayment } from "./co-payment.tsx";
import { showHiv } from "./hiv-page.tsx";
import { illnessInWords } from "./illness.ts";
import { type ShownCosts, shownCosts, type YearTotals, yearTotals } from "./rules.ts";
import { type VisitHead, visitsOfYear, yearsWithVisits } from "./store.ts";
import { freshness } from "./store-rest.ts";
import { showVisit } from "./visit-page.tsx";
import style from "./visits.css?inline";
import { words } from "./words.ts";
import { words as restWords } from "./words-rest.ts";

const own = { who: ["citizen"], purpose: "own_record", sensitive: true } as const;

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/app/visits", ...own, handle: showVisits }),
  pageRoute({ method: "GET", path: "/app/visits/:id", ...own, handle: showVisit }),
  pageRoute({ method: "GET", path: "/app/visits/:id/hiv", ...own, handle: showHiv }),
];

async function showVisits(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const years = await yearsWithVisits(house.db, actor);
  const year = askedYear(ask.query.year) ?? years[0]?.year ?? dayOf(now).year;
  const [visits, fresh] = await Promise.all([visitsOfYear(house.db, actor, year), freshness(house.db, actor)]);
  const coPayment = await findCoPayment(house, actor, visits, plainDate(`${year}-01-01`), dayOf(now));
  noteLook(house, { at: now, actor, action: "read_visits", purpose: "own_record", personId: actor.personId });
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="visits">
      <h1>{said.title}</h1>
      {actor.hidesSensitive ? <p class="hint">{said.guardianNote}</p> : null}
      <YearLinks years={years.map((one) => one.year)} now={year} lang={lang} />
      {visits.length === 0 ? (
        <div class="empty">
          <p class="lead">{years.length === 0 ? said.emptyNever : said.emptyYear(year)}</p>
          <p>{said.emptyHelp}</p>
        </div>
      ) : (
        <>
          <YearSum year={year} totals={yearTotals(visits.map((visit) => visit.costs))} lang={lang} />
          {coPayment ? <CoPaymentPanel year={year} found={coPayment} lang={lang} /> : null}
          <VisitList visits={visits} lang={lang} />
        </>
      )}
      {fresh ? <p class="hint">{restWords(lang).freshness(fresh.facility, formatDay(dayOf(fresh.at), lang))}</p> : null}
    </Layout>,
  );
}

function askedYear(text: string | undefined): number | undefined {
  return text && /^(19|20|21)\d\d$/.test(text) ? Number(text) : undefined;
}

function YearLinks({ years, now, lang }: { years: readonly number[]; now: number; lang: Lang }) {
  const said = words(lang);
  const all = years.includes(now) ? years : [now, ...years].toSorted((a, b) => b - a);
  if (all.length < 2) return null;
  return (
    <nav class="main-years" aria-label={said.years}>
      <ul class="year-links">
        {all.map((year) => (
          <li key={year}>
            <a href={`/app/visits?year=${year}`} aria-current={year === now ? "page" : undefined}>
              {year}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function YearSum({ year, totals, lang }: { year: number; totals: YearTotals; lang: Lang }) {
  const said = words(lang);
  const { costs } = totals;
  const money = (whole: bigint) => formatWhole(whole, lang);
  return (
    <Panel>
      <div class="year-sum">
        <p class="lead">
          <strong>{said.sentence(year, totals.visits, money(costs.total))}</strong>{" "}
          {said.paid(money(costs.fund), money(totals.own))}
          {costs.other > 0n ? ` ${said.paidOther(money(costs.other))}` : null}
        </p>
        <CostBar costs={costs} longest={costs.total} height={28} />
        <BarLabels costs={costs} lang={lang} />
        <p class="hint">{said.notBill}</p>
      </div>
    </Panel>
  );
}

/** Each label under its own end of the bar. */
function BarLabels({ costs, lang }: { costs: ShownCosts; lang: Lang }) {
  const said = words(lang);
  const parts = [
    { kind: "fund", name: said.fund, amount: costs.fund },
    ...(costs.other > 0n ? [{ kind: "other", name: said.otherPaid, amount: costs.other }] : []),
    { kind: "own", name: said.own, amount: costs.co + costs.self },
  ];
  return (
    <dl class="bar-labels">
      {parts.map(({ kind, name, amount }) => (
        <div key={kind} class={kind}>
          <dt>{name}</dt>
          <dd>{formatWhole(amount, lang)}</dd>
        </div>
      ))}
    </dl>
  );
}

function VisitList({ visits, lang }: { visits: readonly VisitHead[]; lang: Lang }) {
  const said = words(lang);
  const shown = visits.map((visit) => ({ visit, costs: shownCosts(visit.costs) }));
  const longest = shown.map(({ costs }) => costs.total).toSorted((a, b) => (a < b ? 1 : -1))[0] ?? 0n;
  return (
    <>
      <p class="hint">{said.scale}</p>
      <ul class="visit-list">
        {shown.map(({ visit, costs }) => (
          <li key={visit.visitId}>
            <h2>
              <a href={`/app/visits/${visit.visitId}`}>{formatDay(plainDate(visit.admittedAt.slice(0, 10)), lang)}</a>
            </h2>
            <p>{visit.facilityName}</p>
            <p>{visit.isSensitive ? <Tag>{said.sensitive}</Tag> : illnessText(visit, lang)}</p>
            <CostBar costs={costs} longest={longest} height={14} />
            <p class="visit-line">
              <span class="visit-total">{formatWhole(costs.total, lang)}</span>
              <span>
                {said.own} {formatWhole(costs.co + costs.self, lang)}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** In plain words where the code has them, else as the doctor wrote it. */
function illnessText(visit: VisitHead, lang: Lang): string {
  return illnessInWords(visit.mainCode, lang) ?? visit.diagnosis;
}
