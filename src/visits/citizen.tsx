/** /app/visits: a year in one sentence and one bar, its co-payments, then each visit on a common scale. */
import { noteLook } from "../audit/record.ts";
import { dayOf, formatDay, type Lang } from "../kernel/calendar.ts";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { readerOf } from "../me/reader.ts";
import { Layout } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { CoPaymentPanel, findCoPayment } from "./co-payment.tsx";
import { readCursor } from "./cursor.ts";
import { showHiv } from "./hiv-page.tsx";
import { Narrow, VisitList, YearLinks } from "./list-view.tsx";
import { yearTotals } from "./rules.ts";
import { type Asked, facilitiesOf, longestOf, pageOf } from "./rules-list.ts";
import { readOverview, visitsOfYear } from "./store-year.ts";
import { showVisit } from "./visit-page.tsx";
import style from "./visits.css?inline";
import { words } from "./words.ts";
import { words as listWords } from "./words-list.ts";
import { words as restWords } from "./words-rest.ts";
import { YearSum } from "./year-view.tsx";

const own = { who: ["citizen"], purpose: "own_record", sensitive: true } as const;

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/app/visits", ...own, handle: showVisits }),
  pageRoute({ method: "GET", path: "/app/visits/:id", ...own, handle: showVisit }),
  pageRoute({ method: "GET", path: "/app/visits/:id/private-care", ...own, handle: showHiv }),
];

async function showVisits(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const asked = askedOf(ask.query);
  const [{ years, fresh }, all] = await Promise.all([
    readOverview(house.db, actor),
    visitsOfYear(house.db, actor, asked.year),
  ]);
  noteLook(house, { at: now, actor, action: "read_visits", purpose: "own_record", personId: actor.personId });
  const today = dayOf(now);
  const year = asked.year ?? years[0]?.year ?? today.year;
  const { facility } = asked;
  const visits = facility ? all.filter((visit) => visit.facilityCode === facility) : all;
  const coPayment = await findCoPayment(house, actor, year, today);
  const panel = coPayment ? <CoPaymentPanel year={year} found={coPayment} lang={lang} /> : null;
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="visits">
      <h1>{said.title}</h1>
      {actor.hidesSensitive ? <p class="hint">{said.guardianNote}</p> : null}
      <YearLinks years={years.map((one) => one.year)} now={year} lang={lang} />
      <Narrow year={year} facility={facility} choices={facilitiesOf(all)} lang={lang} />
      {visits.length === 0 ? (
        <>
          <Empty hasVisits={years.length > 0} hasStay={panel !== null} year={year} facility={facility} lang={lang} />
          {panel}
        </>
      ) : (
        <>
          <YearSum
            year={year}
            facility={facility && visits[0]?.facilityName}
            totals={yearTotals(visits.map((visit) => visit.costs))}
            lang={lang}
          />
          {panel}
          <VisitList page={pageOf(visits, asked.after)} longest={longestOf(all)} {...{ year, facility, lang }} />
        </>
      )}
      {visits.length > 0 ? (
        <p>
          <a href={`/app/statements?kind=visits&year=${year}`}>{listWords(lang).paper}</a>
        </p>
      ) : null}
      {fresh ? <p class="hint">{restWords(lang).freshness(fresh.facility, formatDay(dayOf(fresh.at), lang))}</p> : null}
    </Layout>,
  );
}

/** What is no year, no facility or no cursor of ours asks for nothing. */
function askedOf({ year, facility, cursor }: Ask["query"]): Asked {
  return {
    year: year && /^(19|20|21)\d\d$/.test(year) ? Number(year) : undefined,
    facility: parseFacilityCode(facility ?? "") ?? undefined,
    after: cursor ? readCursor(cursor) : undefined,
  };
}

interface EmptyProps {
  hasVisits: boolean;
  /** One of the year before ended in this one. */
  hasStay: boolean;
  year: number;
  facility: Asked["facility"];
  lang: Lang;
}

function Empty({ hasVisits, hasStay, year, facility, lang }: EmptyProps) {
  const said = words(lang);
  const list = listWords(lang);
  return (
    <div class="empty">
      <p class="lead">{facility ? list.emptyFacility(year) : hasVisits ? said.emptyYear(year) : said.emptyNever}</p>
      {hasStay && !facility ? (
        <p>{list.emptyStay}</p>
      ) : (
        <p>
          {facility ? null : said.emptyHelp} {list.emptyAsk}
        </p>
      )}
    </div>
  );
}
