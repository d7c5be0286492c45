import { formatInstant } from "../kernel/calendar.ts";
import { formatCount } from "../kernel/money.ts";
import type { MailingCounts } from "../notices/store-mailing.ts";
import {
  Acts,
  Button,
  DataTable,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Panel,
  SummaryList,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { HOME } from "./list-view.tsx";
import { type Mailing, type MailingAct, stateOf } from "./rules.ts";
import type { Preview } from "./rules-audience.ts";
import type { Results } from "./store.ts";
import { words } from "./words.ts";

export interface MailingPageProps {
  ask: Ask;
  officeName: string | undefined;
  mailing: Mailing;
  unitName: string | undefined;
  /** Names of staff. */
  names: ReadonlyMap<string, string>;
  acts: readonly MailingAct[];
  isAuthor: boolean;
  text: { sms: string | undefined; septets: number; subject: string; paragraphs: readonly string[] };
  /** While nothing was written yet. */
  preview: Preview | undefined;
  counts: (MailingCounts & { results: Results; refusedAfter: number }) | undefined;
  faults: readonly FieldFault[];
}

/** One campaign: what it says, whom it reaches, what became of it, and what may be done now. */
export function MailingPage(props: MailingPageProps) {
  const { ask, officeName, mailing, preview, counts, faults } = props;
  const said = words(ask.lang);
  return (
    <Layout face="console" nowAt="campaign" wide back={HOME} ask={ask} title={said.title} officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.purposes[mailing.purpose]}</h1>
      <Head {...props} />
      {counts ? <Outcome {...{ ask, counts }} /> : null}
      <Text {...props} />
      {preview ? <Ahead {...{ ask, preview }} /> : null}
      <WhatNow {...props} />
    </Layout>
  );
}

function Head({ ask, mailing, unitName, names }: MailingPageProps) {
  const { lang } = ask;
  const said = words(lang);
  const by = (key: string, staffId: string | null, at: Date | null) =>
    staffId && at ? [{ key, value: `${names.get(staffId) ?? ""}, ${formatInstant(at, lang)}` }] : [];
  return (
    <SummaryList
      rows={[
        { key: said.state, value: said.states[stateOf(mailing, ask.now)] },
        { key: said.unit, value: mailing.unitCode === null ? said.unitAll : (unitName ?? mailing.unitCode) },
        { key: said.audience, value: mailing.audience.map((one) => said.audiences[one]).join("; ") },
        { key: said.starts, value: formatInstant(mailing.startsAt, lang) },
        { key: said.ends, value: formatInstant(mailing.endsAt, lang) },
        ...by(said.writtenBy, mailing.writtenBy, mailing.writtenAt),
        ...by(said.decidedBy, mailing.decidedBy, mailing.decidedAt),
        ...(mailing.reason ? [{ key: said.reason, value: mailing.reason }] : []),
        ...by(said.stoppedBy, mailing.stoppedBy, mailing.stoppedAt),
      ]}
    />
  );
}

function Text({ ask, text }: MailingPageProps) {
  const said = words(ask.lang).text;
  return (
    <Panel title={said.title}>
      {text.sms === undefined ? (
        <Notice kind="warning">
          <p>{said.noSms}</p>
        </Notice>
      ) : (
        <>
          <h3>{said.sms}</h3>
          <p>{text.sms}</p>
          <p class="hint">{said.septets(text.septets)}</p>
        </>
      )}
      <Details summary={`${said.mail}: ${text.subject}`}>
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </Details>
    </Panel>
  );
}

function Ahead({ ask, preview }: { ask: Ask; preview: Preview }) {
  const said = words(ask.lang).preview;
  const show = (count: number) => formatCount(count, ask.lang);
  return (
    <Panel title={said.title} tone="tinted">
      <SummaryList
        rows={[
          { key: said.people, value: show(preview.people) },
          { key: said.sms, value: show(preview.sms) },
          { key: said.email, value: show(preview.email) },
          { key: said.noChannel, value: show(preview.noChannel) },
          { key: said.refused, value: show(preview.refused) },
          { key: said.repeated, value: show(preview.repeated) },
          { key: said.cost, value: said.segments(show(preview.sms)) },
        ]}
      />
      <p class="hint">{said.hint}</p>
    </Panel>
  );
}

function Outcome({ ask, counts }: { ask: Ask; counts: NonNullable<MailingPageProps["counts"]> }) {
  const said = words(ask.lang).results;
  const { results } = counts;
  const table = (caption: string, rows: readonly (readonly [string, number])[]) => (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={([what]) => what}
      columns={[
        { head: said.what, isMain: true, cell: ([what]) => what },
        { head: said.count, isNumber: true, cell: ([, count]) => formatCount(count, ask.lang) },
      ]}
    />
  );
  return (
    <section>
      <h2>{said.title}</h2>
      {table(said.caption, [
        [said.written, counts.written],
        [said.submitted, counts.submitted],
        [said.delivered, counts.delivered],
        [said.failed, counts.failed],
        [said.waiting, counts.waiting],
      ])}
      <p class="hint">{said.hint}</p>
      {table(said.refusalsTitle, [
        [said.refusedBefore, results.refused],
        [said.refusedInTime, counts.refusedInTime],
        [said.refusedAfter, counts.refusedAfter],
      ])}
      {table(said.notSentTitle, [
        [said.withdrawn, counts.withdrawn],
        [said.cameFurther, counts.cameFurther],
        [said.over, counts.over],
        [said.noChannel, results.no_channel],
        [said.repeated, results.repeated],
      ])}
    </section>
  );
}

function WhatNow({ ask, mailing, acts, isAuthor, faults }: MailingPageProps) {
  const said = words(ask.lang).acts;
  const hrefOf = (act: MailingAct) => `${HOME}/${mailing.id}/${act}`;
  const isWaiting = stateOf(mailing, ask.now) === "waiting";
  return (
    <>
      {acts.includes("approve") ? (
        <Form ask={ask} action={hrefOf("approve")}>
          <p class="hint">{said.approveHint}</p>
          <Acts>
            <Button>{said.approve}</Button>
          </Acts>
        </Form>
      ) : null}
      {acts.includes("refuse") ? (
        <Details summary={said.refuse} open={textOf(faults, "reason") !== undefined}>
          <Form ask={ask} action={hrefOf("refuse")}>
            <TextField
              name="reason"
              label={said.reason}
              value={ask.form.reason}
              error={textOf(faults, "reason")}
              maxLength={300}
              autoComplete="off"
            />
            <Button kind="quiet">{said.refuse}</Button>
          </Form>
        </Details>
      ) : null}
      {isWaiting && isAuthor ? <p>{said.own}</p> : null}
      {acts.includes("stop") ? (
        <Form ask={ask} action={hrefOf("stop")}>
          <Acts>
            <Button kind={isWaiting ? "quiet" : "danger"}>{isWaiting ? said.drop : said.stop}</Button>
          </Acts>
        </Form>
      ) : null}
    </>
  );
}
