/** The list of one year: which year and facility, each visit with its bar, older and newer pages. */
import { formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { Button, Details, Pagination, Select, Tag } from "../ui/index.ts";
import { CostBar } from "./bars.tsx";
import { writeCursor } from "./cursor.ts";
import { illnessInWords } from "./illness.ts";
import { shownCosts } from "./rules.ts";
import type { Asked, FacilityChoice, ListPage } from "./rules-list.ts";
import type { VisitHead } from "./store.ts";
import { words } from "./words.ts";
import { words as listWords } from "./words-list.ts";

/** The list's own address with what is asked of it, less what is empty. */
function listHref({ year, facility, cursor }: { year: number; facility?: string | undefined; cursor?: string }) {
  const asked = new URLSearchParams({ year: String(year) });
  if (facility) asked.set("facility", facility);
  if (cursor) asked.set("cursor", cursor);
  return `/app/visits?${asked}`;
}

export function YearLinks({ years, now, lang }: { years: readonly number[]; now: number; lang: Lang }) {
  const said = words(lang);
  const all = years.includes(now) ? years : [now, ...years].toSorted((a, b) => b - a);
  if (all.length < 2) return null;
  return (
    <nav class="main-years" aria-label={said.years}>
      <ul class="year-links">
        {all.map((year) => (
          <li key={year}>
            <a href={listHref({ year })} aria-current={year === now ? "page" : undefined}>
              {year}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface NarrowProps {
  year: number;
  facility: Asked["facility"];
  choices: readonly FacilityChoice[];
  lang: Lang;
}

export function Narrow({ year, facility, choices, lang }: NarrowProps) {
  const said = listWords(lang);
  return (
    <Details summary={said.narrow} open={facility !== undefined}>
      {choices.length > 1 || facility ? (
        <form class="form" method="get" action="/app/visits">
          <input type="hidden" name="year" value={year} />
          <Select
            name="facility"
            label={said.facility}
            placeholder={said.allFacilities}
            options={choices.map(({ code, name, visits }) => ({
              value: code,
              label: said.facilityChoice(name, visits),
            }))}
            value={facility}
          />
          <Button kind="quiet">{said.show}</Button>
        </form>
      ) : null}
      {facility ? (
        <p>
          <a href={listHref({ year })}>{said.clear}</a>
        </p>
      ) : null}
      <p>
        <a href="/app/family?to=visits">{said.others}</a>
      </p>
    </Details>
  );
}

interface VisitListProps {
  page: ListPage<VisitHead>;
  longest: bigint;
  year: number;
  facility: Asked["facility"];
  lang: Lang;
}

export function VisitList({ page, longest, year, facility, lang }: VisitListProps) {
  const said = words(lang);
  const list = listWords(lang);
  const { older, newer, first, total, visits } = page;
  const at = (visit: VisitHead) => listHref({ year, facility, cursor: writeCursor(visit) });
  return (
    <>
      <h2>{list.list}</h2>
      {total > 1 ? (
        <p class="hint">
          {visits.length < total ? `${list.part(first, first + visits.length - 1, total)} ` : null}
          {said.scale}
        </p>
      ) : null}
      <ul class="visit-list">
        {visits.map((visit) => (
          <VisitRow key={visit.visitId} visit={visit} longest={longest} lang={lang} />
        ))}
      </ul>
      <Pagination
        older={older && at(older)}
        newer={newer && (newer === "start" ? listHref({ year, facility }) : at(newer))}
      />
    </>
  );
}

/** A private visit says its day and its cost: neither illness nor place. */
function VisitRow({ visit, longest, lang }: { visit: VisitHead; longest: bigint; lang: Lang }) {
  const said = words(lang);
  const costs = shownCosts(visit.costs);
  return (
    <li>
      <h3>
        <a href={`/app/visits/${visit.visitId}`}>{formatDay(plainDate(visit.admittedAt.slice(0, 10)), lang)}</a>
      </h3>
      {visit.isSensitive ? (
        <p>
          <Tag>{said.sensitive}</Tag>
        </p>
      ) : (
        <p>
          {illnessInWords(visit.mainCode, lang) ?? visit.diagnosis}
          <br />
          <span class="visit-place">{visit.facilityName}</span>
        </p>
      )}
      <CostBar costs={costs} longest={longest} height={14} />
      <p class="visit-line">
        <span class="visit-total">{formatWhole(costs.total, lang)}</span>
        <span>
          {said.own} {formatWhole(costs.co + costs.self, lang)}
        </span>
      </p>
    </li>
  );
}
