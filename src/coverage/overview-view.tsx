import { dayOf, formatDay, formatInstant } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { DataTable, Details, ErrorSummary, type FieldFault, Layout, Notice, Pills } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { answerOf } from "./answer.ts";
import { percentText, wholeText } from "./figures.ts";
import { DotLegend, DotList } from "./list-view.tsx";
import type { Look, RowLook } from "./look.ts";
import { Funnel } from "./plots-view.tsx";
import { BASES } from "./rules.ts";
import { MOMENTS } from "./rules-moments.ts";
import type { Sight } from "./scopes.ts";
import { styles } from "./styles.ts";
import { Tiles } from "./tiles-view.tsx";
import { words } from "./words.ts";
import { tileWords } from "./words-tiles.ts";

export const VIEWS = ["list", "funnel", "tiles"] as const;
export type View = (typeof VIEWS)[number];

interface OverviewProps {
  ask: Ask;
  look: Look;
  view: View;
  territories: Sight["territories"];
  faults: readonly FieldFault[];
  mayPlaceTiles: boolean;
}

/** How a territory stands: the answer in one sentence, then its units fairly compared. */
export function OverviewPage({ ask, look, view, territories, faults, mayPlaceTiles }: OverviewProps) {
  const { lang } = ask;
  const said = words(lang);
  const isPast = !look.today.equals(dayOf(ask.now));
  const href = hrefTo(look, view, isPast ? { on: formatDay(look.today) } : {});
  return (
    <Layout
      ask={ask}
      face="console"
      title={said.title}
      nowAt="coverage"
      wide
      styles={styles}
      officeName={look.territory.name}
    >
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <PrintHead ask={ask} title={said.title} look={look} />
      {isPast ? <Notice kind="info">{said.ofDay(formatDay(look.today, lang))}</Notice> : null}
      <p class="answer">{answerOf(look, lang)}</p>
      <Facts ask={ask} look={look} query={href({}).split("?")[1] ?? ""} />
      <Choices {...{ ask, look, view, territories, faults }} />
      <Pills
        label={said.views}
        links={VIEWS.map((one) => ({ href: href({ view: one }), text: said.view[one], isCurrent: one === view }))}
      />
      {look.units.length === 0 ? (
        <Notice kind="info">
          {look.isTooSmall && look.counts.people > 0 ? said.tooSmall(look.least) : said.nothingYet}
        </Notice>
      ) : (
        <Plot ask={ask} look={look} view={view} />
      )}
      {mayPlaceTiles && view === "tiles" ? (
        <p class="no-print">
          <a
            href={`/console/coverage/tiles?${new URLSearchParams({ territory: look.territory.code, kind: look.kind ?? "" })}`}
          >
            {tileWords(lang).edit}
          </a>
        </p>
      ) : null}
      {look.hidden > 0 ? <p class="hint">{said.hidden(look.hidden)}</p> : null}
      {look.empty > 0 ? <p class="hint">{said.empty(look.empty)}</p> : null}
    </Layout>
  );
}

/** Where the same look is had with something else chosen. */
function hrefTo(look: Look, view: View, on: { on?: string }) {
  return (other: Record<string, string>) => {
    const asked = {
      territory: look.territory.code,
      moment: look.moment,
      base: look.base,
      kind: look.kind ?? "",
      view,
      ...on,
    };
    return `/console/coverage?${new URLSearchParams({ ...asked, ...other })}`;
  };
}

/** Seen on paper only: what this is, of whom, of which day. */
export function PrintHead({ ask, title, look }: { ask: Ask; title: string; look: Pick<Look, "territory" | "today"> }) {
  return (
    <p class="print-head">
      <span>{`VssID · ${title} · ${look.territory.name}`}</span>
      <span>{words(ask.lang).asOf(formatDay(look.today, ask.lang))}</span>
    </p>
  );
}

/** How many have come, of how many, and as of when; of too few people nothing. */
export function PeopleOf({ look, lang }: { look: Look; lang: Lang }) {
  const said = words(lang);
  if (look.isTooSmall) return null;
  return (
    <p class="hint">
      {`${said.shortMoments[look.moment]}: ${said.people(wholeText(look.now.come, lang), wholeText(look.now.of, lang))} (${said.bases[look.base]}). `}
      {look.rolledAt ? said.updated(formatInstant(look.rolledAt, lang)) : said.neverUpdated}
    </p>
  );
}

function Facts({ ask, look, query }: { ask: Ask; look: Look; query: string }) {
  const said = words(ask.lang);
  return (
    <>
      <PeopleOf look={look} lang={ask.lang} />
      <p class="coverage-facts">
        <a href="/console/coverage/leader">{said.leaderPage}</a>
        <a href={`/console/coverage.csv?${query}`}>{said.exportCsv}</a>
        <a href={`/console/coverage.xlsx?${query}`}>{said.exportXlsx}</a>
        <a href="/console/coverage/definitions">{said.definitions}</a>
      </p>
    </>
  );
}

function Choices({ ask, look, view, territories, faults }: Omit<OverviewProps, "mayPlaceTiles">) {
  const said = words(ask.lang);
  const pick = (name: string, label: string, options: readonly (readonly [string, string])[], chosen: string) => (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <form method="get" action="/console/coverage" class="coverage-choices">
      <input type="hidden" name="view" value={view} />
      {territories.length > 1
        ? pick(
            "territory",
            said.territory,
            territories.map(({ code, name }) => [code, name]),
            look.territory.code,
          )
        : null}
      {pick(
        "moment",
        said.moments,
        MOMENTS.map((one) => [one, said.shortMoments[one]]),
        look.moment,
      )}
      {pick(
        "kind",
        said.kinds,
        look.kinds.map(({ kind, count }) => [kind, `${said.kind[kind]} (${count})`]),
        look.kind ?? "",
      )}
      {pick(
        "base",
        said.base,
        BASES.map((one) => [one, said.bases[one]]),
        look.base,
      )}
      <div>
        <label for="on">{said.on}</label>
        <input
          id="on"
          name="on"
          value={ask.query.on}
          placeholder={formatDay(look.today, ask.lang)}
          maxLength={10}
          autocomplete="off"
          aria-invalid={faults.length > 0 ? "true" : undefined}
        />
      </div>
      <button type="submit" class="button quiet">
        {said.show}
      </button>
    </form>
  );
}

function Plot({ ask, look, view }: Pick<OverviewProps, "ask" | "look" | "view">) {
  const { lang } = ask;
  const said = words(lang);
  const shown = look.rows;
  const cut = shown.length < look.units.length ? <p class="hint">{said.cut(shown.length, look.units.length)}</p> : null;
  if (view === "list") {
    const hasTarget = Boolean(look.target) || look.units.some(({ target }) => target);
    return (
      <>
        <DotLegend lang={lang} hasTarget={hasTarget} />
        <DotList look={look} units={shown} lang={lang} />
        <p class="hint">{said.listHint}</p>
        {cut}
      </>
    );
  }
  return (
    <>
      <p class="hint">{view === "funnel" ? said.funnelHint : said.tilesHint}</p>
      {view === "funnel" ? <Funnel look={look} lang={lang} /> : <Tiles look={look} lang={lang} />}
      <div class="figures-fold">
        <Details summary={said.table}>
          <Figures units={shown} lang={lang} />
          {cut}
        </Details>
      </div>
    </>
  );
}

function Figures({ units, lang }: { units: readonly RowLook[]; lang: Lang }) {
  const said = words(lang);
  const { columns } = said;
  return (
    <DataTable
      caption={said.table}
      hideCaption
      rows={units}
      rowKey={({ code }) => code}
      columns={[
        { head: columns.unit, isMain: true, cell: ({ name }) => name },
        { head: columns.share, isNumber: true, cell: ({ now }) => `${percentText(now.share, lang)}\u00a0%` },
        {
          head: columns.people,
          isNumber: true,
          cell: ({ now }) => said.people(wholeText(now.come, lang), wholeText(now.of, lang)),
        },
        { head: columns.month, isNumber: true, cell: ({ monthAgo }) => `${percentText(monthAgo.share, lang)}\u00a0%` },
        { head: columns.standing, cell: ({ standing }) => said.standing[standing] },
      ]}
    />
  );
}
