/** /console/data-requests: requests over personal data, answered by the office that accepted the person's file. */
import { recordAll } from "../audit/record.ts";
import { officesAtWork } from "../kernel/actor.ts";
import { dayOf, formatInstant } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import {
  Button,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Panel,
  Radios,
  SummaryList,
  sentencesOf,
  Tag,
  TextArea,
  textOf,
} from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { decideRequest, entryOf, extendRequest, takeRequest } from "./desk.ts";
import { answerWorkingDays, daysLeft, extensionsOf, outcomesOf, type Term } from "./rules.ts";
import { openRequests, type RequestAtDesk } from "./store.ts";
import { termsOn } from "./terms-on.ts";
import { clockText } from "./view.tsx";
import { words } from "./words.ts";

const AT = "/console/data-requests";
const SHOWN_MOST = 100;

function staffOf({ actor }: Ask) {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return actor;
}

async function show(ask: Ask, faults: readonly FieldFault[] = [], status = 200): Promise<Reply> {
  const staff = staffOf(ask);
  const offices = officesAtWork(staff);
  const requests = await openRequests(ask.house.db, offices, SHOWN_MOST);
  await recordAll(
    ask.house.db,
    requests.map((request) => entryOf(staff, request, "rights.look", ask.now)),
  );
  const today = dayOf(ask.now);
  const answerDays = await policyOn(ask.house.db, answerWorkingDays, today);
  const terms = await termsOn(ask.house.db, today);
  const officeName = offices[0] ? (await getOffice(ask.house.db, offices[0]))?.name : undefined;
  const said = words(ask.lang).desk;
  return page(
    <Layout ask={ask} face="console" title={said.title} nowAt="rights" officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead(answerDays)}</p>
      {requests.length === 0 ? <p class="empty">{said.none}</p> : null}
      {requests.map((request) => (
        <OneRequest
          key={request.requestId}
          ask={ask}
          request={request}
          term={terms[request.kind]}
          faults={ask.params.id === request.requestId ? faults : []}
        />
      ))}
    </Layout>,
    status,
  );
}

interface OneProps {
  ask: Ask;
  request: RequestAtDesk;
  term: Term;
  faults: readonly FieldFault[];
}

/** The longer term, folded away: it is the exception. */
function Longer({ ask, request, term, faults }: OneProps) {
  const said = words(ask.lang).desk;
  const open = extensionsOf(request, term);
  if (open.length === 0) return null;
  const own = faults.some(({ field }) => field === "why" || field === "longer");
  const end = request.requestId.slice(0, 8);
  const name = (field: string) => (own ? field : `${field}-${end}`);
  return (
    <Details summary={said.longer} open={own}>
      <Form ask={ask} action={`${AT}/${request.requestId}/extension`}>
        <Radios
          name={name("why")}
          label={said.why}
          options={open.map((one) => ({
            value: one,
            label: said.whys[one](one === "third" ? term.byThird : term.more),
          }))}
          value={own ? ask.form.why : undefined}
          error={textOf(faults, "why")}
        />
        <TextArea
          name={name("longer")}
          label={said.longerSays}
          value={own ? ask.form.longer : undefined}
          error={textOf(faults, "longer")}
          maxLength={1000}
          rows={2}
        />
        <Button kind="quiet">{said.extend}</Button>
      </Form>
    </Details>
  );
}

function OneRequest({ ask, request, term, faults }: OneProps) {
  const { lang } = ask;
  const said = words(lang).desk;
  const today = dayOf(ask.now);
  const isLate = daysLeft(request, today) < 0;
  const typed = faults.length > 0 ? ask.form : {};
  const field = (name: string) => (faults.length > 0 ? name : `${name}-${request.requestId.slice(0, 8)}`);
  const at = `${AT}/${request.requestId}`;
  return (
    <Panel title={request.personName}>
      <SummaryList
        rows={[
          { key: said.kind, value: words(lang).kindNames[request.kind] },
          { key: said.asked, value: formatInstant(request.openedAt, lang) },
          {
            key: said.due,
            value: <Tag tone={isLate ? "danger" : "now"}>{clockText(request, today, lang)}</Tag>,
          },
          { key: said.says, value: request.says || said.saysNothing },
        ]}
      />
      {request.takenAt ? null : (
        <Form ask={ask} action={`${at}/taking`}>
          <Button>{said.take}</Button>
        </Form>
      )}
      <Longer ask={ask} request={request} term={term} faults={faults} />
      <Form ask={ask} action={`${at}/decision`}>
        <Radios
          name={field("outcome")}
          label={said.outcome}
          options={outcomesOf(request.kind).map((one) => ({ value: one, label: said.outcomes[one] }))}
          value={typed.outcome}
          error={textOf(faults, "outcome")}
        />
        <TextArea
          name={field("answer")}
          label={said.answer}
          value={typed.answer}
          error={textOf(faults, "answer")}
          maxLength={1000}
          rows={3}
        />
        <Button kind="danger">{said.decide}</Button>
      </Form>
    </Panel>
  );
}

async function take(ask: Ask): Promise<Reply> {
  return acted(ask, async () => {
    await takeRequest(ask.house, staffOf(ask), ask.params.id ?? "");
    return redirect(AT, words(ask.lang).desk.taken);
  });
}

/** Boxes bear the request's first signs in their names, so that each on the page has a name of its own. */
async function decide(ask: Ask): Promise<Reply> {
  const requestId = ask.params.id ?? "";
  const typed = (name: string) => ask.form[`${name}-${requestId.slice(0, 8)}`] ?? ask.form[name];
  ask.form = { ...ask.form, outcome: typed("outcome") ?? "", answer: typed("answer") ?? "" };
  return acted(ask, async () => {
    await decideRequest(ask.house, staffOf(ask), { requestId, outcome: ask.form.outcome, answer: ask.form.answer });
    return redirect(AT, words(ask.lang).desk.decided);
  });
}

async function extend(ask: Ask): Promise<Reply> {
  const requestId = ask.params.id ?? "";
  const typed = (name: string) => ask.form[`${name}-${requestId.slice(0, 8)}`] ?? ask.form[name] ?? "";
  ask.form = { ...ask.form, why: typed("why"), longer: typed("longer") };
  return acted(ask, async () => {
    await extendRequest(ask.house, staffOf(ask), { requestId, why: ask.form.why, says: ask.form.longer });
    return redirect(AT, words(ask.lang).desk.extended);
  });
}

async function acted(ask: Ask, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Conflict) return redirect(AT, words(ask.lang).desk.others);
    if (!(error instanceof Invalid)) throw error;
    return show(ask, sentencesOf(error.faults, words(ask.lang).faults), error.status);
  }
}

const desk = { who: ["officer", "supervisor"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: AT, handle: (ask) => show(ask) }),
  pageRoute({ ...desk, method: "POST", path: `${AT}/:id/taking`, handle: take }),
  pageRoute({ ...desk, method: "POST", path: `${AT}/:id/decision`, isHeavy: true, handle: decide }),
  pageRoute({ ...desk, method: "POST", path: `${AT}/:id/extension`, handle: extend }),
  ...["taking", "decision", "extension"].map((act) =>
    pageRoute({ ...desk, method: "GET", path: `${AT}/:id/${act}`, handle: () => redirect(AT) }),
  ),
];
