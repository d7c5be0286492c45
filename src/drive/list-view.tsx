import { formatDay, plainDate } from "../kernel/calendar.ts";
import { formatCount } from "../kernel/money.ts";
import { Button, DataTable, Details, ErrorSummary, type FieldFault, Form, TextField, textOf } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { Frame, unitHref } from "./frame.tsx";
import type { TreeLine, Unit, UnitForm } from "./rules.ts";
import { UnitFields } from "./unit-form.tsx";
import { words } from "./words.ts";

export interface UnitsPageProps {
  ask: Ask;
  officeName: string | undefined;
  /** ISO day of the list, and what was typed for it. */
  day: string;
  named: string;
  lines: readonly TreeLine<Unit>[];
  total: number;
  coordinators: ReadonlyMap<string, number>;
  mayAdd: boolean;
  typed: UnitForm;
  faults: readonly FieldFault[];
}

const DEEPEST = 3;
const LAST_OLD_DAY = "30/06/2025";

export function UnitsPage(props: UnitsPageProps) {
  const { ask, officeName, lines, total, faults } = props;
  const { lang } = ask;
  const said = words(lang).list;
  const day = formatDay(plainDate(props.day), lang);
  return (
    <Frame ask={ask} title={said.title} officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <DayForm {...props} />
      <DataTable
        caption={said.caption(total, day)}
        rows={lines}
        rowKey={({ unit }) => unit.code}
        empty={<p>{said.empty}</p>}
        columns={[
          { head: said.unit, isMain: true, cell: (line) => <Name {...line} lang={lang} /> },
          { head: said.kind, cell: ({ unit }) => words(lang).kinds[unit.kind] },
          { head: said.headcount, isNumber: true, cell: ({ unit }) => <Headcount unit={unit} lang={lang} /> },
          {
            head: said.coordinators,
            isNumber: true,
            cell: ({ unit }) => props.coordinators.get(unit.code) ?? said.nobody,
          },
        ]}
      />
      {lines.length < total ? <p>{said.more(lines.length)}</p> : null}
      {props.mayAdd ? <AddForm {...props} /> : null}
    </Frame>
  );
}

function Name({ unit, depth, lang }: TreeLine<Unit> & { lang: Ask["lang"] }) {
  const said = words(lang).list;
  return (
    <span class={`unit-${Math.min(depth, DEEPEST)}`}>
      <a href={unitHref(unit.code)}>{unit.name}</a>
      {unit.validTo ? <span class="muted">{said.until(formatDay(plainDate(unit.validTo), lang))}</span> : null}
    </span>
  );
}

/** With its source: a figure without one is not kept. */
export function Headcount({ unit, lang }: { unit: Unit; lang: Ask["lang"] }) {
  if (unit.headcount === null) return <>–</>;
  return (
    <>
      {formatCount(unit.headcount, lang)}
      <span class="muted">{words(lang).list.source(unit.headcountSource ?? "")}</span>
    </>
  );
}

function DayForm({ ask, day, named, faults }: UnitsPageProps) {
  const said = words(ask.lang).list;
  return (
    <>
      <form method="get" action="/console/units" class="form find">
        <TextField
          name="on"
          label={said.on}
          value={ask.query.on ?? formatDay(plainDate(day))}
          error={textOf(faults, "on")}
          autoComplete="off"
          maxLength={10}
        />
        <TextField name="q" label={said.named} value={named} autoComplete="off" maxLength={100} />
        <Button kind="quiet">{said.show}</Button>
      </form>
      <p class="hint">
        {said.onHint} <a href="/console/units">{said.today}</a> ·{" "}
        <a href={`/console/units?on=${LAST_OLD_DAY}`}>{said.before}</a>
      </p>
    </>
  );
}

function AddForm({ ask, typed, faults }: UnitsPageProps) {
  const said = words(ask.lang).list;
  return (
    <Details summary={said.add} open={faults.length > 0}>
      <Form ask={ask} action="/console/units">
        <UnitFields lang={ask.lang} typed={typed} faults={faults} isNew />
        <Button>{said.submit}</Button>
      </Form>
      <p class="hint">{said.many}</p>
    </Details>
  );
}
