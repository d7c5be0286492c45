import { dayOf, formatDay } from "../kernel/calendar.ts";
import { formatCount } from "../kernel/money.ts";
import { Acts, ButtonLink, DataTable, Pagination, Pills, Select, Tag, TextField, type Tone } from "../ui/index.ts";
import { hideTyped } from "../web/typed-query.ts";
import { Frame, hrefOf, ROSTER, type Seat } from "./frame.tsx";
import { birthText, matchText } from "./lines.ts";
import { FILTERS, type Filter, MOMENTS, type RosterUnit, type Stage, stageOf } from "./rules.ts";
import type { Figures, ListedPerson } from "./store-list.ts";
import { words } from "./words.ts";

export interface ListProps {
  at: Seat & { unit: RosterUnit };
  units: readonly RosterUnit[];
  figures: Figures;
  people: readonly ListedPerson[];
  filter: Filter | undefined;
  search: string;
  older: string | undefined;
  newer: string | undefined;
}

export function ListPage(props: ListProps) {
  const { at, units, figures, people, filter, search, older, newer } = props;
  const said = words(at.ask.lang);
  const unit = at.unit.code;
  const here = (query: Record<string, string | undefined>) => hrefOf(ROSTER, { unit, ...query });
  return (
    <Frame at={at} title={said.title}>
      <h1>{said.title}</h1>
      <p class="hint">{said.lead}</p>
      {units.length > 1 ? <UnitForm {...props} /> : null}
      <FigureRow {...props} />
      <Acts>
        <ButtonLink href={hrefOf(`${ROSTER}/upload`, { unit })}>{said.send}</ButtonLink>
        <ButtonLink kind="quiet" href={hrefOf(`${ROSTER}/appointments`, { unit })}>
          {said.appointments}
        </ButtonLink>
        {figures.all > 0 ? <TakeAway {...props} /> : null}
      </Acts>
      {figures.all === 0 ? (
        <p class="empty">{said.empty}</p>
      ) : (
        <>
          <Pills
            label={said.filters}
            links={[
              { href: here({}), text: said.everybody, count: figures.all, isCurrent: !filter },
              ...FILTERS.filter((one) => one === filter || countOf(figures, one) > 0).map((one) => ({
                href: here({ show: one }),
                text: said.filter[one],
                count: countOf(figures, one),
                isCurrent: one === filter,
              })),
            ]}
          />
          <form method="post" action="/console/search" class="roster-find">
            <input type="hidden" name="_token" value={at.ask.formToken} />
            <input type="hidden" name="to" value={ROSTER} />
            <input type="hidden" name="unit" value={unit} />
            {filter ? <input type="hidden" name="show" value={filter} /> : null}
            <TextField name="q" label={said.search} value={search} type="search" autoComplete="off" maxLength={100} />
            <button type="submit" class="button quiet">
              {said.find}
            </button>
          </form>
          <PeopleTable at={at} people={people} />
          <Pagination {...{ older, newer }} />
        </>
      )}
    </Frame>
  );
}

const countOf = (figures: Figures, filter: Filter) => (filter === "unclear" ? figures.unclear : figures.stages[filter]);

function UnitForm({ at, units }: ListProps) {
  const said = words(at.ask.lang);
  return (
    <form method="get" action={ROSTER} class="roster-find">
      <Select
        name="unit"
        label={said.unit}
        value={at.unit.code}
        options={units.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <button type="submit" class="button quiet">
        {said.choose}
      </button>
    </form>
  );
}

function FigureRow({ at, figures }: ListProps) {
  const { lang } = at.ask;
  const said = words(lang);
  return (
    <dl class="roster-figures" aria-label={said.figures}>
      {MOMENTS.map((moment) => (
        <div key={moment}>
          <dt>{said.moments[moment]}</dt>
          <dd>
            <b>{formatCount(figures.moments[moment], lang)}</b> / {formatCount(figures.all, lang)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function TakeAway({ at, filter, search }: ListProps) {
  const said = words(at.ask.lang);
  const chosen = { unit: at.unit.code, show: filter, q: search };
  const hrefTo = (path: string, as?: string) => hideTyped(at.ask, hrefOf(path, { ...chosen, as }));
  return (
    <>
      <ButtonLink kind="quiet" href={hrefTo(ROSTER, "print")}>
        {said.print}
      </ButtonLink>
      <ButtonLink kind="quiet" href={hrefTo(`${ROSTER}/list.xlsx`)}>
        {said.xlsx}
      </ButtonLink>
      <ButtonLink kind="quiet" href={hrefTo(`${ROSTER}/list.csv`)}>
        {said.csv}
      </ButtonLink>
    </>
  );
}

export const stageTones: Record<Stage, Tone> = {
  to_declare: "warning",
  to_hand_in: "warning",
  to_approve: "now",
  to_sign_in: "warning",
  to_install: "plain",
  done: "good",
};

function PeopleTable({ at, people }: Pick<ListProps, "at" | "people">) {
  const { lang } = at.ask;
  const said = words(lang);
  return (
    <DataTable
      caption={said.caption}
      rows={people}
      rowKey={({ lineId }) => lineId}
      empty={<p>{said.emptyFilter}</p>}
      columns={[
        {
          head: said.columns.name,
          isMain: true,
          cell: ({ lineId, fullName }) => <a href={`${ROSTER}/people/${lineId}`}>{fullName}</a>,
        },
        { head: said.columns.birth, cell: (one) => <span class="roster-birth">{birthText(one, lang) || "–"}</span> },
        { head: said.columns.stage, cell: (one) => <StageOf person={one} at={at} /> },
        {
          head: said.columns.register,
          cell: (one) =>
            one.match === "found" ? (
              matchText(one, lang)
            ) : (
              <span class="roster-match">
                <Tag tone="warning">{matchText(one, lang)}</Tag>
              </span>
            ),
        },
        {
          head: said.columns.helper,
          cell: ({ helperName, notYetReason }) => (
            <>
              {helperName ?? (notYetReason ? "" : "–")}
              {notYetReason ? <span class="roster-more">{notYetReason}</span> : null}
            </>
          ),
        },
      ]}
    />
  );
}

function StageOf({ person, at }: { person: ListedPerson; at: Seat }) {
  const stage = stageOf(person.moments);
  const last = MOMENTS.findLast((moment) => person.moments[moment] !== null);
  const since = last ? person.moments[last] : null;
  return (
    <span class="roster-stage">
      <Tag tone={stageTones[stage]}>{words(at.ask.lang).filter[stage]}</Tag>
      {since ? <span class="roster-more">{formatDay(dayOf(since), at.ask.lang)}</span> : null}
    </span>
  );
}

/** For the wall or the desk of the unit: names, what is left, and room for a signature. */
export function SheetPage({ at, people }: { at: Seat & { unit: RosterUnit }; people: readonly ListedPerson[] }) {
  const { lang, now } = at.ask;
  const said = words(lang);
  const rows = people.map((person, at) => ({ person, no: at + 1 }));
  return (
    <Frame at={at} title={said.sheet.title(at.unit.name)} back={hrefOf(ROSTER, { unit: at.unit.code })}>
      <div class="roster-sheet">
        <h1>{said.sheet.title(at.unit.name)}</h1>
        <p>{said.sheet.day(formatDay(dayOf(now), lang))}</p>
        <DataTable
          caption={said.caption}
          hideCaption
          rows={rows}
          rowKey={({ person }) => person.lineId}
          empty={<p>{said.emptyFilter}</p>}
          columns={[
            { head: said.columns.no, isNumber: true, cell: ({ no }) => no },
            { head: said.columns.name, isMain: true, cell: ({ person }) => person.fullName },
            { head: said.columns.birth, cell: ({ person }) => birthText(person, lang) },
            { head: said.columns.stage, cell: ({ person }) => said.filter[stageOf(person.moments)] },
            { head: said.columns.helper, cell: ({ person }) => person.helperName ?? "" },
            { head: said.columns.signature, cell: () => "" },
          ]}
        />
      </div>
    </Frame>
  );
}

export function NoUnitPage({ at }: { at: Seat }) {
  const said = words(at.ask.lang);
  return (
    <Frame at={at} title={said.title}>
      <h1>{said.title}</h1>
      <p>{said.noUnit}</p>
    </Frame>
  );
}
