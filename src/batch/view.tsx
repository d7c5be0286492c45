import type { ComponentChildren } from "preact";
import { formatInstant } from "../kernel/calendar.ts";
import reviewStyle from "../review/review.css?inline";
import { undrawnIn } from "../typeset/undrawn.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Panel,
  Tag,
  TextField,
  type Tone,
  UndrawnNote,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./batch.css?inline";
import type { BatchLine, ListedBatch } from "./read.ts";
import type { Progress, Stand } from "./rules.ts";
import { nameOf } from "./slip.ts";
import type { Batch } from "./store.ts";
import { words } from "./words.ts";

export interface Desk {
  ask: Ask;
  officeName: string | undefined;
}

function Frame({ at, title, back, children }: { at: Desk; title: string; back: string; children: ComponentChildren }) {
  const { ask, officeName } = at;
  return (
    <Layout
      ask={ask}
      face="console"
      nowAt="batches"
      styles={[reviewStyle, style]}
      wide
      {...{ title, back, officeName }}
    >
      {children}
    </Layout>
  );
}

export const batchHref = (id: string, act = "") => `/console/batches/${id}${act ? `/${act}` : ""}`;
const errorOf = (faults: readonly FieldFault[], field: string) => faults.find((one) => one.field === field)?.text;

interface ListProps {
  at: Desk;
  batches: readonly ListedBatch[];
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function BatchesPage({ at, batches, typed, faults }: ListProps) {
  const said = words(at.ask.lang).list;
  return (
    <Frame at={at} title={said.title} back="/console">
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Panel title={said.open} tone="tinted">
        <Form ask={at.ask} action="/console/batches">
          <div class="pair">
            <TextField
              name="unit_code"
              label={said.unitCode}
              hint={said.unitCodeHint}
              value={typed.unit_code}
              error={errorOf(faults, "unit_code")}
              autoComplete="off"
              maxLength={15}
            />
            <TextField
              name="unit_name"
              label={said.unitName}
              hint={said.unitNameHint}
              value={typed.unit_name}
              error={errorOf(faults, "unit_name")}
              autoComplete="off"
              maxLength={200}
            />
          </div>
          <Button>{said.submit}</Button>
        </Form>
      </Panel>
      <DataTable
        caption={said.caption}
        rows={batches}
        rowKey={({ id }) => id}
        empty={<p>{said.empty}</p>}
        columns={[
          { head: said.unit, isMain: true, cell: ({ id, unitName }) => <a href={batchHref(id)}>{unitName}</a> },
          { head: said.opened, cell: ({ openedAt }) => formatInstant(openedAt, at.ask.lang) },
          { head: said.progress, cell: ({ done, of }) => `${done}/${of}` },
          { head: said.state, cell: ({ closedAt }) => (closedAt ? said.closed : said.isOpen) },
        ]}
      />
    </Frame>
  );
}

interface BatchProps {
  at: Desk;
  batch: Batch;
  lines: readonly BatchLine[];
  progress: Progress;
  openedBy: string;
  /** What was typed and could not be read stays in the box. */
  typed: string;
  faults: readonly FieldFault[];
}

export function BatchPage({ at, batch, lines, progress, openedBy, typed, faults }: BatchProps) {
  const { lang } = at.ask;
  const said = words(lang).batch;
  const isOpen = batch.closedAt === null;
  return (
    <Frame at={at} title={said.title(batch.unitName)} back="/console/batches">
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title(batch.unitName)}</h1>
      <p class="muted">
        {said.number(batch.id)} · {said.by(openedBy, formatInstant(batch.openedAt, lang))}
      </p>
      <UndrawnNote letters={undrawnIn(batch.unitName)} />
      {isOpen ? <ScanForm at={at} batch={batch} typed={typed} faults={faults} /> : null}
      <Way at={at} batch={batch} progress={progress} />
      <Lines at={at} batch={batch} lines={lines} />
      {isOpen && progress.of > 0 && progress.done === progress.of ? (
        <Form ask={at.ask} action={batchHref(batch.id, "closing")}>
          <Button kind="quiet">{said.close}</Button>
        </Form>
      ) : null}
    </Frame>
  );
}

/** One box: the cursor waits in it, a scanner types into it and presses Enter. */
function ScanForm({ at, batch, typed, faults }: Pick<BatchProps, "at" | "batch" | "typed" | "faults">) {
  const said = words(at.ask.lang).batch;
  return (
    <Form ask={at.ask} action={batchHref(batch.id, "lines")} class="find">
      <TextField
        name="codes"
        label={said.scan}
        hint={said.scanHint}
        value={typed}
        error={errorOf(faults, "codes")}
        autoComplete="off"
      />
      <Button>{said.add}</Button>
    </Form>
  );
}

function Way({ at, batch, progress }: Pick<BatchProps, "at" | "batch" | "progress">) {
  const said = words(at.ask.lang).batch;
  const { done, of } = progress;
  if (of === 0) return null;
  return (
    <>
      <p class="batch-progress">
        <b>{said.progress(done, of)}</b>
        <progress max={of} value={done} aria-label={said.progress(done, of)} />
      </p>
      {done < of ? <Notice kind="info">{said.inTime}</Notice> : <Notice kind="good">{said.allDone}</Notice>}
      <Acts>
        {done < of ? <ButtonLink href={batchHref(batch.id, "next")}>{said.next}</ButtonLink> : null}
        <ButtonLink href={batchHref(batch.id, "slip.pdf")} kind="quiet">
          {said.slip}
        </ButtonLink>
        <ButtonLink href={batchHref(batch.id, "outcome.csv")} kind="quiet">
          {said.outcome}
        </ButtonLink>
      </Acts>
      <p class="hint">{said.outcomeHint}</p>
    </>
  );
}

const tones: Record<Stand, Tone> = {
  waiting: "plain",
  received: "now",
  accepted: "good",
  refused: "danger",
  withdrawn: "plain",
  lapsed: "plain",
  gone: "plain",
};

function Lines({ at, batch, lines }: Pick<BatchProps, "at" | "batch" | "lines">) {
  const said = words(at.ask.lang).batch;
  return (
    <DataTable
      caption={said.lines}
      rows={lines.toReversed()}
      rowKey={({ no }) => String(no)}
      empty={<p>{said.noLines}</p>}
      columns={[
        { head: said.line, cell: ({ no }) => String(no) },
        { head: said.person, isMain: true, cell: (line) => <Who line={line} /> },
        { head: said.result, cell: (line) => <Result at={at} batch={batch} line={line} /> },
      ]}
    />
  );
}

function Who({ line: { entry, code } }: { line: BatchLine }) {
  if (!entry) return <span class="code">{code ?? "–"}</span>;
  const { file, stand } = entry;
  if (stand === "gone") return <span class="code">{file.code}</span>;
  return (
    <a class="person" href={`/console/files/${file.code}`}>
      <span class="person-name">{nameOf(file, stand)}</span> <span class="code">{file.code}</span>
    </a>
  );
}

function Result({ at, batch, line }: { at: Desk; batch: Batch; line: BatchLine }) {
  const all = words(at.ask.lang);
  const said = all.batch;
  if (line.removedAt) return <span class="muted">{said.removed}</span>;
  if (!line.entry) {
    return (
      <span class="batch-missed">
        {all.scans[line.outcome]}
        {line.outcome === "elsewhere" && line.code ? (
          <>
            {" · "}
            <a href={`/console/bring/${line.code}`}>{said.bring}</a>
          </>
        ) : null}
      </span>
    );
  }
  const { file, stand } = line.entry;
  return (
    <span class="batch-stand">
      <Tag tone={tones[stand]}>{all.stands[stand]}</Tag>
      {stand === "waiting" && !batch.closedAt ? (
        <Form ask={at.ask} action={batchHref(batch.id, "removal")} class="inline">
          <input type="hidden" name="code" value={file.code} />
          <button type="submit" class="plain-button">
            {said.remove} <span class="unseen">{file.code}</span>
          </button>
        </Form>
      ) : null}
    </span>
  );
}
