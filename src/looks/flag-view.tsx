import { formatDay, formatInstant, type Lang, plainDate } from "../kernel/calendar.ts";
import { words as meWords } from "../me/words.ts";
import {
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Pagination,
  Panel,
  Pills,
  Radios,
  SummaryList,
  Tag,
  TextArea,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Evidence } from "./judge.ts";
import { type GlassReason, URGENT, VERDICTS } from "./rules.ts";
import type { Flag } from "./store.ts";
import { words } from "./words.ts";

export interface Seat {
  ask: Ask;
  officeName: string | undefined;
  /** Staff id → name. */
  names: ReadonlyMap<string, string>;
}

export const flagHref = (id: string, act = "") => `/console/looks/${id}${act ? `/${act}` : ""}`;

interface ListProps extends Seat {
  isJudged: boolean;
  flags: readonly Flag[];
  today: string;
  older: string | undefined;
  newer: string | undefined;
}

export function FlagsPage({ ask, officeName, names, isJudged, flags, today, older, newer }: ListProps) {
  const said = words(ask.lang).list;
  const { lang } = ask;
  const pill = (text: string, href: string, isCurrent: boolean) => ({ text, href, isCurrent });
  return (
    <Layout ask={quiet(ask)} face="console" nowAt="looks" title={said.title} wide {...{ officeName }}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Pills
        label={said.shows}
        links={[
          pill(said.open, "/console/looks", !isJudged),
          pill(said.judged, "/console/looks?show=judged", isJudged),
        ]}
      />
      <DataTable
        caption={said.title}
        hideCaption
        rows={flags}
        rowKey={({ id }) => id}
        empty={<p>{said.none}</p>}
        columns={[
          {
            head: said.what,
            isMain: true,
            cell: ({ id, kind }) => <a href={flagHref(id)}>{words(lang).kinds[kind]}</a>,
          },
          { head: said.who, cell: ({ staffId }) => names.get(staffId) ?? said.unknown },
          { head: said.when, cell: ({ lastAt }) => formatInstant(lastAt, lang) },
          { head: said.times, cell: ({ times }) => String(times) },
          { head: said.state, cell: (flag) => <State {...{ flag, today, lang }} /> },
        ]}
      />
      <Pagination {...{ older, newer }} />
      <ButtonLink href="/console/looks/flags.csv" kind="quiet">
        {said.csv}
      </ButtonLink>
    </Layout>
  );
}

/** On its own page the alarm says nothing new. */
const quiet = (ask: Ask): Ask => (ask.alarm?.href === "/console/looks" ? { ...ask, alarm: undefined } : ask);

function State({ flag, today, lang }: { flag: Flag; today: string; lang: Lang }) {
  const said = words(lang);
  if (flag.verdict) return <span>{said.one.verdicts[flag.verdict]}</span>;
  if (flag.dueOn && flag.dueOn < today) return <Tag tone="danger">{said.list.late}</Tag>;
  if (flag.dueOn) return <Tag tone="warning">{said.list.due(formatDay(plainDate(flag.dueOn), lang))}</Tag>;
  return URGENT.includes(flag.kind) ? <Tag tone="danger">{said.list.urgent}</Tag> : <span>{said.list.open}</span>;
}

interface OneProps extends Seat {
  flag: Flag;
  rows: readonly Evidence[];
  /** Person id → name, for whoever may read names; others count the persons. */
  persons: ReadonlyMap<string, string>;
  glass: { reason: string; says: string; until_at: Date } | undefined;
  lift: { lifted_by: string; until_at: Date } | undefined;
  isOwn: boolean;
  mayLift: boolean;
  faults: readonly FieldFault[];
}

export function FlagPage(props: OneProps) {
  const { ask, officeName, names, flag, glass, isOwn, faults } = props;
  const { lang } = ask;
  const said = words(lang);
  const { one } = said;
  const title = said.kinds[flag.kind];
  const glassRows = glass
    ? [
        { key: one.reason, value: said.closed.glass.reasons[glass.reason as GlassReason] },
        { key: one.says, value: glass.says },
        { key: one.lasted, value: formatInstant(glass.until_at, lang) },
      ]
    : [];
  const judged = flag.verdict
    ? [
        { key: one.verdict, value: one.verdicts[flag.verdict] },
        { key: one.note, value: `${flag.note} · ${judgedLine(props)}` },
      ]
    : [];
  return (
    <Layout ask={quiet(ask)} face="console" nowAt="looks" title={title} back="/console/looks" wide {...{ officeName }}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{title}</h1>
      <p>{said.why[flag.kind]}</p>
      <SummaryList
        rows={[
          { key: said.list.who, value: names.get(flag.staffId) ?? said.list.unknown },
          { key: said.list.when, value: formatInstant(flag.lastAt, lang) },
          { key: said.list.times, value: String(flag.times) },
          ...glassRows,
          ...judged,
        ]}
      />
      <EvidenceTable {...props} />
      {isOwn ? <Notice kind="info">{one.own}</Notice> : null}
      {!isOwn && !flag.verdict ? <VerdictForm {...{ ask, flag, faults }} /> : null}
      {flag.kind === "ceiling" && !isOwn ? <Lift {...props} /> : null}
    </Layout>
  );
}

function judgedLine({ ask, names, flag }: OneProps): string {
  if (!flag.judgedAt) return "";
  const name = names.get(flag.judgedBy ?? "") ?? words(ask.lang).list.unknown;
  return words(ask.lang).one.judgedBy(name, formatInstant(flag.judgedAt, ask.lang));
}

function EvidenceTable({ ask, rows, persons, flag }: OneProps) {
  const { lang } = ask;
  const said = words(lang).one;
  const actions: Record<string, string> = meWords(lang).actions;
  const nth = new Map([...new Set(rows.map((row) => row.person_id ?? ""))].map((id, at) => [id, at + 1]));
  return (
    <>
      <DataTable
        caption={said.evidence}
        rows={rows}
        rowKey={({ event_id }) => event_id}
        columns={[
          { head: said.at, isMain: true, cell: ({ at }) => formatInstant(at, lang) },
          { head: said.action, cell: (row) => actions[askedOf(row)] ?? meWords(lang).actionOther },
          {
            head: said.person,
            cell: ({ person_id }) =>
              person_id ? (persons.get(person_id) ?? said.letter(nth.get(person_id) ?? 0)) : "–",
          },
          { head: said.grounds, cell: (row) => groundsOf(row, lang) },
        ]}
      />
      {rows.length < flag.times && rows.length >= 100 ? <p class="hint">{said.cut}</p> : null}
    </>
  );
}

interface Detail {
  case?: string;
  why?: string;
  asked?: string;
}
const detailOf = ({ detail }: Evidence) => detail as Detail;
const askedOf = (row: Evidence) => detailOf(row).asked ?? row.action;

function groundsOf(row: Evidence, lang: Lang): string {
  const cases: Record<string, string> = words(lang).one.cases;
  const { why, case: kind } = detailOf(row);
  if (row.object_kind && row.object_kind !== "break_glass" && !why && !kind) {
    const ofObject: Record<string, string> = {
      declaration: "file",
      dispute: "dispute",
      merge: "merge",
      ticket: "ticket",
    };
    return cases[ofObject[row.object_kind] ?? ""] ?? "–";
  }
  return cases[why ?? kind ?? "none"] ?? "–";
}

function VerdictForm({ ask, flag, faults }: { ask: Ask; flag: Flag; faults: readonly FieldFault[] }) {
  const said = words(ask.lang).one;
  const error = (field: string) => faults.find((one) => one.field === field)?.text;
  return (
    <Panel title={said.verdict}>
      <Form ask={ask} action={flagHref(flag.id, "verdict")}>
        <Radios
          name="verdict"
          label={said.verdict}
          value={ask.form.verdict}
          options={VERDICTS.map((value) => ({ value, label: said.verdicts[value] }))}
          error={error("verdict")}
        />
        <TextArea
          name="note"
          label={said.note}
          hint={said.noteHint}
          value={ask.form.note}
          maxLength={300}
          error={error("note")}
        />
        <Button>{said.submit}</Button>
      </Form>
    </Panel>
  );
}

function Lift({ ask, flag, lift, mayLift, names, faults }: OneProps) {
  const said = words(ask.lang).one;
  if (lift) {
    const name = names.get(lift.lifted_by) ?? words(ask.lang).list.unknown;
    return <Notice kind="info">{said.lifted(name, formatInstant(lift.until_at, ask.lang))}</Notice>;
  }
  if (!mayLift) return null;
  return (
    <Panel title={said.lift}>
      <Form ask={ask} action={flagHref(flag.id, "lift")}>
        <p>{said.liftLead}</p>
        <TextArea
          name="lift_reason"
          label={said.liftReason}
          value={ask.form.lift_reason}
          maxLength={300}
          error={faults.find(({ field }) => field === "lift_reason")?.text}
        />
        <Button kind="quiet">{said.liftSubmit}</Button>
      </Form>
    </Panel>
  );
}
