import { formatInstant } from "../kernel/calendar.ts";
import {
  Acts,
  Button,
  DataTable,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Notice,
  Panel,
  Radios,
  SummaryList,
  Tag,
  TextArea,
  type Tone,
} from "../ui/index.ts";
import type { ShownRecord } from "./load-record.ts";
import { numbersLine } from "./person-view.tsx";
import { comparePair, type PairRow } from "./rules-compare.ts";
import { type MergeAct, REASON_AT_MOST } from "./rules-merge.ts";
import type { Merge } from "./store-merge.ts";
import { type Desk, errorOf, Frame, factsIn, mergeHref, personHref } from "./view-parts.tsx";
import { words } from "./words.ts";

interface Sides {
  at: Desk;
  left: ShownRecord;
  right: ShownRecord;
  heads: readonly [string, string];
}

/** Label, left, right, kind of difference; below it how much stands in each record. */
function Pair({ at, left, right, heads }: Sides) {
  const said = words(at.ask.lang);
  const rows = comparePair(left.side, right.side, at.ask.lang);
  const facts = factsIn(at, left).map((fact, nth) => ({ ...fact, other: factsIn(at, right)[nth]?.value ?? "–" }));
  return (
    <section class="compare">
      <DataTable
        caption={said.pair.title}
        hideCaption
        rows={rows}
        rowKey={({ field }) => field}
        columns={[
          { head: said.pair.field, isMain: true, cell: ({ field }) => said.fields[field] },
          { head: heads[0], cell: (row) => sideOf(at, row, row.left) },
          { head: heads[1], cell: (row) => sideOf(at, row, row.right) },
          {
            head: said.pair.difference,
            cell: ({ difference }) => <Tag tone={toneOf(difference)}>{said.differences[difference]}</Tag>,
          },
        ]}
      />
      <h2>{said.pair.facts}</h2>
      <p class="hint">{said.pair.factsHint}</p>
      <DataTable
        caption={said.pair.facts}
        hideCaption
        rows={facts}
        rowKey={({ key }) => key}
        columns={[
          { head: said.pair.field, isMain: true, cell: ({ key }) => key },
          { head: heads[0], cell: ({ value }) => value },
          { head: heads[1], cell: ({ other }) => other },
        ]}
      />
    </section>
  );
}

function toneOf(difference: PairRow["difference"]): Tone {
  if (difference === "equal") return "good";
  return difference === "real" ? "danger" : "warning";
}

function sideOf(at: Desk, { field }: PairRow, values: readonly string[]) {
  const sexes: Record<string, string> = words(at.ask.lang).sexes;
  if (values.length === 0) return <span class="muted">–</span>;
  return values.map((value) => (field === "sex" ? (sexes[value] ?? value) : value)).join(", ");
}

interface PairProps {
  at: Desk;
  left: ShownRecord;
  right: ShownRecord;
  standing: Merge | undefined;
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function PairPage({ at, left, right, standing, typed, faults }: PairProps) {
  const said = words(at.ask.lang).pair;
  const action = personHref(left.person.publicId, `with/${right.person.publicId}`);
  return (
    <Frame at={at} title={said.title} back={personHref(left.person.publicId)} wide>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <Pair at={at} left={left} right={right} heads={[said.left, said.right]} />
      {standing ? (
        <Notice kind="info" title={said.standing}>
          <a href={mergeHref(standing.id)}>{said.standingLink}</a>
        </Notice>
      ) : (
        <Panel title={said.propose} tone="tinted">
          <p>{said.proposeLead}</p>
          <Form ask={at.ask} action={action}>
            <Radios
              name="keep"
              label={said.keep}
              value={typed.keep}
              options={[
                { value: "left", label: said.left, hint: numbersLine(left) },
                { value: "right", label: said.right, hint: numbersLine(right) },
              ]}
              error={errorOf(faults, "keep")}
            />
            <Why label={said.reason} hint={said.reasonHint} typed={typed.reason} faults={faults} />
            <Button>{said.submit}</Button>
          </Form>
        </Panel>
      )}
    </Frame>
  );
}

interface WhyProps {
  label: string;
  hint?: string;
  typed: string | undefined;
  faults: readonly FieldFault[];
}

function Why({ label, hint, typed, faults }: WhyProps) {
  const error = errorOf(faults, "reason");
  return <TextArea name="reason" rows={2} maxLength={REASON_AT_MOST} value={typed} {...{ label, hint, error }} />;
}

interface MergeProps {
  at: Desk;
  merge: Merge;
  kept: ShownRecord;
  gone: ShownRecord;
  acts: readonly MergeAct[];
  names: ReadonlyMap<string, string>;
  faults: readonly FieldFault[];
}

export function MergePage(props: MergeProps) {
  const { at, merge, kept, gone, acts, faults } = props;
  const said = words(at.ask.lang).merge;
  return (
    <Frame at={at} title={said.title(merge.id)} back="/console/merges" wide>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title(merge.id)}</h1>
      <p>
        <Tag tone={merge.status === "merged" ? "good" : "plain"}>{said.states[merge.status]}</Tag>
      </p>
      <Story {...props} />
      <Pair at={at} left={kept} right={gone} heads={[said.kept, said.gone]} />
      {merge.status === "proposed" && !acts.includes("confirm") ? <Notice kind="info">{said.second}</Notice> : null}
      {merge.status === "proposed" && acts.length > 0 ? (
        <Panel tone="tinted">
          {acts.includes("confirm") ? <p>{said.confirmLead}</p> : null}
          <Acts>
            {acts.includes("confirm") ? (
              <Form ask={at.ask} action={mergeHref(merge.id, "confirmation")}>
                <Button>{said.confirm}</Button>
              </Form>
            ) : null}
            <Form ask={at.ask} action={mergeHref(merge.id, "rejection")}>
              <Button kind="quiet">{said.reject}</Button>
            </Form>
          </Acts>
        </Panel>
      ) : null}
      {acts.includes("undo") ? (
        <Details summary={said.undo} open={faults.length > 0}>
          <p>{said.undoLead}</p>
          <Form ask={at.ask} action={mergeHref(merge.id, "undoing")}>
            <Why label={said.undoWhy} typed={at.ask.form.reason} faults={faults} />
            <Button kind="danger">{said.undo}</Button>
          </Form>
        </Details>
      ) : null}
    </Frame>
  );
}

/** Who proposed, decided and undid it, when and why. */
function Story({ at, merge, names }: MergeProps) {
  const said = words(at.ask.lang).merge;
  const by = (id: string | null, when: Date | null) =>
    id && when ? said.by(names.get(id) ?? "–", formatInstant(when, at.ask.lang)) : "–";
  return (
    <>
      <SummaryList
        rows={[
          { key: said.who, value: by(merge.proposedBy, merge.proposedAt) },
          { key: said.reason, value: merge.reason },
          ...(merge.decidedAt ? [{ key: said.decided, value: by(merge.decidedBy, merge.decidedAt) }] : []),
          ...(merge.undoneAt
            ? [
                { key: said.undone, value: by(merge.undoneBy, merge.undoneAt) },
                { key: said.undoReason, value: merge.undoReason ?? "–" },
              ]
            : []),
        ]}
      />
      {merge.stayed ? <Notice kind="warning">{said.stayed(merge.stayed)}</Notice> : null}
    </>
  );
}

interface ListProps {
  at: Desk;
  merges: readonly (Merge & { survivorName: string })[];
  names: ReadonlyMap<string, string>;
}

export function MergesPage({ at, merges, names }: ListProps) {
  const said = words(at.ask.lang).merge;
  return (
    <Frame at={at} title={said.list} back="/console/persons" wide>
      <h1>{said.list}</h1>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={merges}
        rowKey={({ id }) => id}
        empty={<p>{said.empty}</p>}
        columns={[
          {
            head: said.people,
            isMain: true,
            cell: ({ id, survivorName }) => <a href={mergeHref(id)}>{survivorName}</a>,
          },
          { head: said.state, cell: ({ status }) => said.states[status] },
          { head: said.when, cell: ({ proposedAt }) => formatInstant(proposedAt, at.ask.lang) },
          { head: said.who, cell: ({ proposedBy }) => names.get(proposedBy) ?? "–" },
        ]}
      />
    </Frame>
  );
}
