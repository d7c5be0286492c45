import { dayOf, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import {
  Button,
  Checkboxes,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Pagination,
  Radios,
  Select,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { KINDS, standingOf } from "./rules.ts";
import type { Statement } from "./store.ts";
import { words } from "./words.ts";

interface StatementsProps {
  ask: Ask;
  papers: readonly Statement[];
  older: string | undefined;
  newer: string | undefined;
  years: readonly number[];
  faults: readonly FieldFault[];
}

/** Make a paper, take a table, see which papers are about and how often they were checked. */
export function StatementsPage({ ask, papers, older, newer, years, faults }: StatementsProps) {
  const said = words(ask.lang);
  const ward = ask.actor.kind === "citizen" ? ask.actor.actingFor?.name : undefined;
  const title = ward ? said.titleOf(ward) : said.title;
  // A link from the years or the visits says which paper is meant.
  const form = { ...ask.query, ...ask.form };
  return (
    <Layout ask={ask} face="app" title={title} back="/app/more" nowAt="more">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/app/statements">
        <Radios
          name="kind"
          label={said.kindLabel}
          options={KINDS.map((kind) => ({ value: kind, label: said.kinds[kind] }))}
          value={form.kind ?? "participation"}
          error={textOf(faults, "kind")}
        />
        <Select
          name="year"
          label={said.yearLabel}
          options={years.map((year) => ({ value: String(year), label: String(year) }))}
          value={form.year ?? String(years[0])}
          error={textOf(faults, "year")}
        />
        <Checkboxes
          name="private"
          label={said.privateLabel}
          options={[{ value: "yes", label: said.privateOption, hint: said.privateHint }]}
          values={form.private === "yes" ? ["yes"] : []}
        />
        <Button>{said.make}</Button>
      </Form>
      <h2>{said.csvTitle}</h2>
      <p class="hint">{said.csvHint}</p>
      <ul>
        <li>
          <a href="/app/statements/csv?kind=participation">{said.csvParticipation}</a>
        </li>
        {years.map((year) => (
          <li key={year}>
            <a href={`/app/statements/csv?kind=visits&year=${year}`}>{said.csvVisits(year)}</a>
          </li>
        ))}
      </ul>
      <h2 id="papers">{said.listTitle}</h2>
      <p class="hint">{said.listHint}</p>
      <Papers ask={ask} papers={papers} />
      <Pagination older={older} newer={newer} />
    </Layout>
  );
}

function Papers({ ask, papers }: Pick<StatementsProps, "ask" | "papers">) {
  const { lang, now } = ask;
  const said = words(lang);
  const { columns } = said;
  const kindOf = ({ kind, year }: Statement) => said.kindOf(kind, year);
  return (
    <DataTable
      caption={said.listTitle}
      hideCaption
      rows={papers}
      rowKey={({ statementId }) => statementId}
      empty={<p>{said.listNone}</p>}
      columns={[
        { head: columns.kind, cell: kindOf, isMain: true },
        {
          head: columns.made,
          cell: ({ madeAt, madeBy }) => formatInstant(madeAt, lang) + (madeBy ? ` (${said.byGuardian})` : ""),
        },
        { head: columns.code, cell: ({ codeEnd }) => `…${codeEnd}` },
        {
          head: columns.checks,
          cell: ({ checks, checkedAt }) => said.checks(checks, checkedAt ? formatInstant(checkedAt, lang) : undefined),
        },
        {
          head: columns.state,
          cell: (paper) => {
            const standing = standingOf(paper, dayOf(now));
            if (standing !== "good") return stateText(paper, standing, ask);
            return (
              <>
                {stateText(paper, standing, ask)}
                <Form ask={ask} action={`/app/statements/${paper.statementId}/withdrawal`}>
                  <Button kind="quiet">
                    {said.withdraw}
                    <span class="unseen"> {said.withdrawAbout(kindOf(paper), paper.codeEnd)}</span>
                  </Button>
                </Form>
              </>
            );
          },
        },
      ]}
    />
  );
}

function stateText(paper: Statement, standing: ReturnType<typeof standingOf>, { lang }: Pick<Ask, "lang">): string {
  const day = paper.withdrawnAt ? dayOf(paper.withdrawnAt) : plainDate(paper.expiresOn);
  return words(lang).states[standing](formatDay(day, lang));
}
