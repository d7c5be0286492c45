import { dayOf, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Person } from "../register/store.ts";
import {
  Acts,
  Button,
  DataTable,
  Details,
  ErrorSummary,
  Form,
  Layout,
  Notice,
  Panel,
  Radios,
  SummaryList,
  TextArea,
} from "../ui/index.ts";
import { daysText } from "./describe.ts";
import { PaperFields, textsOf } from "./link-form.tsx";
import type { GuardianDesk } from "./officer.tsx";
import { END_REASONS, standingOn } from "./rules.ts";
import { REASON_AT_MOST } from "./rules-parse.ts";
import type { Link, LinkEvent } from "./store.ts";
import type { Paper } from "./store-paper.ts";
import { counterWords } from "./words-counter.ts";

interface LinkPageProps extends GuardianDesk {
  link: Link;
  guardian: Person;
  paper: Paper;
  hasCopy: boolean;
  events: readonly LinkEvent[];
  names: ReadonlyMap<string, string>;
  mayDecide: boolean;
  faults: readonly Fault[];
}

/** One link: who, on which paper, how long, every step; and what may be done with it now. */
export function LinkPage(props: LinkPageProps) {
  const { ask, officeName, link, faults } = props;
  const said = counterWords(ask.lang);
  const back = `/console/guardians/${link.ward.publicId}`;
  return (
    <Layout ask={ask} face="console" nowAt="guardians" officeName={officeName} title={said.link.title} back={back}>
      <ErrorSummary ask={ask} faults={textsOf(faults, ask.lang)} />
      <h1>{said.link.title}</h1>
      <About {...props} />
      {link.askedBy !== null ? <Asked {...props} /> : null}
      {link.status === "active" ? <BlockForm {...props} /> : null}
      {link.status === "blocked" && link.askedBy === null ? <UnblockForm {...props} /> : null}
      {link.status === "active" || link.status === "blocked" ? <EndForm {...props} /> : null}
      <Steps {...props} />
    </Layout>
  );
}

function About({ ask, years, link, guardian, paper, hasCopy }: LinkPageProps) {
  const said = counterWords(ask.lang);
  const standing = said.standings[standingOn(link, link.ward, years, dayOf(ask.now))];
  const reasons: Record<string, string> = said.endReasons;
  const why = link.endReason ? `: ${reasons[link.endReason]}` : "";
  return (
    <SummaryList
      rows={[
        { key: said.link.guardian, value: person(guardian.publicId, guardian.fullName) },
        { key: said.link.ward, value: person(link.ward.publicId, link.ward.fullName) },
        { key: said.link.relation, value: said.relations[link.relation] },
        { key: said.link.state, value: `${standing}${why}` },
        { key: said.link.days, value: daysText(link, years, ask.lang) },
        {
          key: said.link.paper,
          value: (
            <>
              {said.panel.paper(said.papers[paper.kind], paper.number, formatDay(plainDate(paper.issuedOn), ask.lang))}
              {hasCopy ? (
                <>
                  {" "}
                  <a href={`/console/guardians/links/${link.linkId}/paper`}>{said.link.copy}</a>
                </>
              ) : null}
            </>
          ),
        },
        { key: said.link.issuer, value: paper.issuedBy },
      ]}
    />
  );
}

const person = (publicId: string, name: string) => <a href={`/console/guardians/${publicId}`}>{name}</a>;

/** What a colleague asked, and the two buttons of the second person. */
function Asked({ ask, staff, link, names, mayDecide }: LinkPageProps) {
  const said = counterWords(ask.lang).link;
  const isOwn = link.askedBy === staff.staffId;
  return (
    <Panel title={counterWords(ask.lang).find.asked} tone="tinted">
      <p>{said.asked(names.get(link.askedBy ?? "") ?? "–")}</p>
      {mayDecide ? (
        <Form ask={ask} action={`/console/guardians/links/${link.linkId}/decision`}>
          <Acts>
            <Button name="decision" value="yes">
              {said.confirm}
            </Button>
            <Button name="decision" value="no" kind="quiet">
              {said.reject}
            </Button>
          </Acts>
        </Form>
      ) : (
        <Notice kind="info">
          <p>{isOwn ? said.ownAsk : said.forSupervisor}</p>
        </Notice>
      )}
    </Panel>
  );
}

/** The faults belong to the form that was posted, which stays open. */
const isPosted = ({ ask, faults }: LinkPageProps, act: string) => faults.length > 0 && ask.here.endsWith(`/${act}`);

function BlockForm(props: LinkPageProps) {
  const { ask, link, faults } = props;
  const said = counterWords(ask.lang).link;
  const isOpen = isPosted(props, "block");
  return (
    <Details summary={said.block} open={isOpen}>
      <p>{said.blockLead}</p>
      <Form ask={ask} action={`/console/guardians/links/${link.linkId}/block`}>
        <Reason {...props} act="block" />
        <PaperFields ask={ask} faults={isOpen ? faults : []} label={said.blockPaper} optional />
        <input type="hidden" name="paper_seen" value="yes" />
        <Button kind="danger">{said.block}</Button>
      </Form>
    </Details>
  );
}

function UnblockForm(props: LinkPageProps) {
  const { ask, link } = props;
  const said = counterWords(ask.lang).link;
  return (
    <Details summary={said.unblock} open={isPosted(props, "unblock")}>
      <Form ask={ask} action={`/console/guardians/links/${link.linkId}/unblock`}>
        <Reason {...props} act="unblock" />
        <Button>{said.unblock}</Button>
      </Form>
    </Details>
  );
}

function EndForm(props: LinkPageProps) {
  const { ask, link, faults } = props;
  const said = counterWords(ask.lang);
  const isOpen = isPosted(props, "end");
  const wrong = isOpen ? textsOf(faults, ask.lang).find(({ field }) => field === "end_reason")?.text : undefined;
  return (
    <Details summary={said.link.end} open={isOpen}>
      <Form ask={ask} action={`/console/guardians/links/${link.linkId}/end`}>
        <Radios
          name="end_reason"
          label={said.link.endWhy}
          options={END_REASONS.map((value) => ({ value, label: said.endReasons[value] }))}
          value={ask.form.end_reason}
          error={wrong}
        />
        <Reason {...props} act="end" />
        <Button kind="danger">{said.link.end}</Button>
      </Form>
    </Details>
  );
}

/** Several forms of one page ask for a reason: each box has a name of its own. */
function Reason(props: LinkPageProps & { act: string }) {
  const { ask, faults, act } = props;
  const said = counterWords(ask.lang).link;
  const name = `reason_${act}`;
  return (
    <TextArea
      name={name}
      label={said.reason}
      hint={said.reasonHint}
      rows={2}
      maxLength={REASON_AT_MOST}
      value={ask.form[name]}
      error={textsOf(faults, ask.lang).find(({ field }) => field === name)?.text}
    />
  );
}

function Steps({ ask, events, names }: LinkPageProps) {
  const said = counterWords(ask.lang);
  const { steps } = said.link;
  return (
    <>
      <h2>{said.link.history}</h2>
      <DataTable
        caption={said.link.history}
        hideCaption
        rows={events.toReversed()}
        columns={[
          { head: steps.what, isMain: true, cell: (event) => said.events[event.kind] },
          { head: steps.at, cell: (event) => formatInstant(event.at, ask.lang) },
          { head: steps.who, cell: (event) => (event.staffId ? (names.get(event.staffId) ?? "–") : said.system) },
          { head: said.link.reason, cell: (event) => event.reason || "–" },
        ]}
      />
    </>
  );
}
