/** /app/disputes: report a fact as wrong, and see what came of it. */
import { noteLook } from "../audit/record.ts";
import type { Reader } from "../kernel/actor.ts";
import { dayOf, formatDay, formatInstant, type Lang, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { isUuid } from "../kernel/uuid.ts";
import { readerOf } from "../me/reader.ts";
import {
  Button,
  ErrorSummary,
  Form,
  Layout,
  Notice,
  Pagination,
  Panel,
  Radios,
  SummaryList,
  Tag,
  TextArea,
} from "../ui/index.ts";
import { workingCalendar } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { besideFact } from "./beside.ts";
import { factText } from "./fact-text.ts";
import { needOwnFact, openDispute } from "./open.ts";
import { answerDueOn, type Fact, kindsFor, parseDispute, parseFact, SAYS_MAX, type TypedDispute } from "./rules.ts";
import { type Dispute, disputesOf } from "./store.ts";
import { type CaseEvent, eventsOfPerson } from "./store-desk.ts";
import { kindText, words } from "./words.ts";

const own = { who: ["citizen"], purpose: "own_record" } as const;
const PAGE = 20;

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/app/disputes", ...own, handle: showDisputes }),
  pageRoute({ method: "GET", path: "/app/disputes/new", ...own, handle: (ask) => showForm(ask, ask.query, []) }),
  pageRoute({ method: "POST", path: "/app/disputes", ...own, handle: sendDispute }),
];

/** Reports tell of facts, the form of one: a guardian's look at either is told to the ward. */
function noteReports({ house, now }: Ask, actor: Reader): void {
  noteLook(house, { at: now, actor, action: "read_disputes", purpose: "own_record", personId: actor.personId });
}

async function showForm(ask: Ask, typed: TypedDispute, faults: readonly Fault[]): Promise<Reply> {
  const { house, lang } = ask;
  const actor = readerOf(ask.actor);
  const fact = parseFact(typed.about, typed.fact);
  if (!fact) throw new NotFound("fact");
  await needOwnFact(house, actor, fact, ask.now);
  noteReports(ask, actor);
  const said = words(lang);
  const about = await factText(house, actor, fact, lang);
  const beside = await besideFact(house, actor, fact, lang);
  const isOpen = beside?.kind === "info";
  const dueOn = isOpen ? undefined : answerDueOn(dayOf(ask.now), await workingCalendar(house.db));
  const formPage = `/app/disputes/new?${new URLSearchParams({ about: fact.kind, fact: fact.id })}`;
  return page(
    <Layout
      ask={ask.answersForm ? { ...ask, seenAt: formPage } : ask}
      face="app"
      title={said.newTitle}
      back={backOf(fact)}
      nowAt="more"
    >
      <ErrorSummary ask={ask} faults={faults.map((fault) => ({ field: fault.field, text: faultText(fault, lang) }))} />
      <h1>{said.newTitle}</h1>
      {beside ? (
        <Notice kind={beside.kind} title={beside.title}>
          <p>{beside.text}</p>
        </Notice>
      ) : null}
      <p>{said.lead}</p>
      <SummaryList rows={[{ key: said.about, value: about }]} />
      {isOpen ? null : <DisputeForm {...{ ask, dueOn, fact, typed, faults }} />}
    </Layout>,
    faults.length > 0 ? 422 : 200,
  );
}

interface DisputeFormProps {
  ask: Ask;
  /** Last day for the answer when it is sent today; undefined where the table of holidays ends. */
  dueOn: PlainDate | undefined;
  fact: Fact;
  typed: TypedDispute;
  faults: readonly Fault[];
}

function DisputeForm({ ask, dueOn, fact, typed, faults }: DisputeFormProps) {
  const said = words(ask.lang);
  const kinds = kindsFor(fact);
  const errorOf = (field: string) => {
    const fault = faults.find((one) => one.field === field);
    return fault && faultText(fault, ask.lang);
  };
  return (
    <Form ask={ask} action="/app/disputes" holds>
      {dueOn ? <p>{said.promise(formatDay(dueOn, ask.lang))}</p> : null}
      <input type="hidden" name="about" value={fact.kind} />
      <input type="hidden" name="fact" value={fact.id} />
      {kinds.length === 1 ? (
        <input type="hidden" name="kind" value={kinds[0]} />
      ) : (
        <Radios
          name="kind"
          label={said.kind}
          options={kinds.map((kind) => ({ value: kind, label: kindText(fact, kind, ask.lang) }))}
          value={typed.kind}
          error={errorOf("kind")}
        />
      )}
      <TextArea
        name="says"
        label={said.says}
        hint={typed.kind === "not_mine" ? said.saysOptional : said.saysHint}
        value={typed.says}
        error={errorOf("says")}
        maxLength={SAYS_MAX}
      />
      <Button>{said.send}</Button>
    </Form>
  );
}

async function sendDispute(ask: Ask): Promise<Reply> {
  const { house, lang, now, form } = ask;
  const said = words(lang);
  const parsed = parseDispute(form);
  if (!parsed.ok) return showForm(ask, form, parsed.faults);
  try {
    const opened = await openDispute(house, { actor: readerOf(ask.actor), answers: parsed.value, now });
    const { answerDueOn } = opened;
    const told = answerDueOn ? said.sent(formatDay(plainDate(answerDueOn), lang)) : said.sentNoDay;
    return redirect("/app/disputes", told);
  } catch (error) {
    if (error instanceof Conflict && error.code === "dispute_open") return redirect("/app/disputes", said.alreadyOpen);
    if (error instanceof Invalid) return showForm(ask, form, error.faults);
    throw error;
  }
}

async function showDisputes(ask: Ask): Promise<Reply> {
  const { house, lang } = ask;
  const reader = readerOf(ask.actor);
  noteReports(ask, reader);
  const { after } = ask.query;
  if (after !== undefined && !isUuid(after)) throw new NotFound("page");
  const { disputes, next } = await disputesOf(house.db, reader, { after, limit: PAGE });
  const told = await Promise.all(
    disputes.map(async (dispute) => ({ dispute, about: await factText(house, reader, dispute.fact, lang) })),
  );
  const events = await eventsOfPerson(house.db, reader.personId);
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.listTitle} back="/app/more" nowAt="more">
      <h1>{said.listTitle}</h1>
      {told.length === 0 ? (
        <div class="empty">
          <p class="lead">{said.none}</p>
          <p>{said.noneHelp}</p>
        </div>
      ) : (
        told.map(({ dispute, about }) => (
          <Case
            key={dispute.disputeId}
            {...{ dispute, about, lang }}
            events={events.filter(({ disputeId }) => disputeId === dispute.disputeId)}
          />
        ))
      )}
      <Pagination
        older={next && `/app/disputes?after=${next}`}
        newer={after === undefined ? undefined : "/app/disputes"}
      />
    </Layout>,
  );
}

interface CaseProps {
  dispute: Dispute;
  about: string;
  events: readonly CaseEvent[];
  lang: Lang;
}

function Case({ dispute, about, events, lang }: CaseProps) {
  const said = words(lang);
  const { status, answerDueOn, answer, createdAt, outcome } = dispute;
  return (
    <Panel title={about}>
      <p>
        <Tag tone={status === "open" ? "now" : "good"}>{said.status[status]}</Tag>{" "}
        {kindText(dispute.fact, dispute.kind, lang)}
      </p>
      {dispute.says ? <p>{dispute.says}</p> : null}
      <p class="hint">
        {said.opened(formatInstant(createdAt, lang))}
        {status === "open" && answerDueOn ? `. ${said.due(formatDay(plainDate(answerDueOn), lang))}.` : "."}
      </p>
      {events.map(({ kind, at, says }) =>
        kind === "asked" ? (
          <p key={at.getTime()}>
            {said.asked}, {formatInstant(at, lang)}: {says}
          </p>
        ) : null,
      )}
      {answer ? (
        <>
          <h3>{outcome ? said.outcomes[outcome] : said.answer}</h3>
          <p>{answer}</p>
        </>
      ) : null}
    </Panel>
  );
}

function faultText(fault: Fault, lang: Lang): string {
  const texts: Record<string, string> = words(lang).faults;
  return texts[fault.key] ?? fault.key;
}

/** The page on which the report button was. */
function backOf({ kind, id }: Fact): string {
  if (kind === "visit") return `/app/visits/${id}`;
  if (kind === "card") return "/app/card";
  if (kind === "benefit") return "/app/benefits";
  if (kind === "paper") return "/app/benefits/papers";
  if (kind === "person") return "/app#numbers";
  if (kind === "household") return "/app/card#household";
  const [fund, month] = id.split(".");
  return month ? `/app/participation/${fund}/${month}` : `/app/participation?fund=${fund}`;
}
