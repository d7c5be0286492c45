import { dayOf, formatDay, formatInstant, type PlainDate, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import {
  Acts,
  Button,
  ButtonLink,
  Checkboxes,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Radios,
  TextArea,
  TickList,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { StaleProofNote } from "../web/stale-proof.tsx";
import { daysLeft, RIGHTS, type Right, stateOf, type Term } from "./rules.ts";
import type { DataRequest } from "./store.ts";
import { words } from "./words.ts";

export interface MineProps {
  ask: Ask;
  requests: readonly DataRequest[];
  /** Working days to the first answer. */
  answerDays: number;
  terms: Record<Right, Term>;
  faults: readonly FieldFault[];
  /** Stale: it ran out while the form was written, which comes back as it was. */
  proof: "fresh" | "needed" | "stale";
  toProof: string;
}

/** A copy to take, what may be deleted at once, what the law keeps, and the request for the rest with its clocks. */
export function MyDataPage({ requests, answerDays, ...asking }: MineProps) {
  const { ask, faults } = asking;
  const said = words(ask.lang);
  const open = requests.find((one) => ["open", "taken"].includes(stateOf(one)));
  return (
    <Layout ask={ask} face="app" title={said.title} back="/app/more" nowAt="more">
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <h2>{said.copyTitle}</h2>
      <p>
        {said.copyLead} {said.copyRecord}
      </p>
      <p class="hint">{said.copyProof}</p>
      <Acts>
        <ButtonLink href="/account/data/copy">{said.read}</ButtonLink>
        <ButtonLink kind="quiet" href="/account/data/file">
          {said.file}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/app/statements">
          {said.statements}
        </ButtonLink>
      </Acts>
      <h2>{said.eraseTitle}</h2>
      <h3>{said.selfTitle}</h3>
      <ul>
        {said.self.map(([href, text]) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
      <h3>{said.keptTitle}</h3>
      <TickList items={said.kept} />
      <h2>{said.askTitle}</h2>
      <p>
        {said.askLead} {said.askClock(answerDays)}
      </p>
      {open ? <Open ask={ask} request={open} /> : <Asking {...asking} />}
      <h2>{said.listTitle}</h2>
      <Requests ask={ask} requests={requests} />
    </Layout>
  );
}

type AskingProps = Omit<MineProps, "requests" | "answerDays">;

/** Nobody writes what could not be sent: the form comes after the proof. */
function Asking(props: AskingProps) {
  const said = words(props.ask.lang).proof;
  if (props.proof !== "needed") return <AskForm {...props} />;
  return (
    <>
      <p>{said.lead}</p>
      <ButtonLink href={props.toProof}>{said.confirm}</ButtonLink>
    </>
  );
}

function AskForm({ ask, terms, faults, proof, toProof }: AskingProps) {
  const said = words(ask.lang);
  return (
    <Form ask={ask} action="/account/data">
      {proof === "stale" ? <StaleProofNote ask={ask} toProof={toProof} /> : null}
      <Radios
        name="kind"
        label={said.kindLabel}
        options={RIGHTS.map((one) => ({ value: one, label: said.kinds[one](terms[one].days) }))}
        value={ask.form.kind}
        error={textOf(faults, "kind")}
      />
      <TextArea
        name="says"
        error={textOf(faults, "says")}
        label={said.says}
        value={ask.form.says}
        maxLength={1000}
        rows={3}
      />
      <Checkboxes
        name="agree"
        label={said.agreeLabel}
        options={[{ value: "yes", label: said.agree }]}
        values={ask.many.agree}
        error={textOf(faults, "agree")}
      />
      <Button>{said.ask}</Button>
    </Form>
  );
}

function Open({ ask, request }: { ask: Ask; request: DataRequest }) {
  const said = words(ask.lang);
  return (
    <>
      <Notice kind="info" title={said.hasOpen}>
        <p>
          {said.kindNames[request.kind]}. {clockText(request, dayOf(ask.now), ask.lang)}
        </p>
        {request.extensionSays ? <p>{said.longer(request.extensionSays)}</p> : null}
      </Notice>
      <Form ask={ask} action="/account/data/withdrawal">
        <Button kind="quiet" name="request" value={request.requestId}>
          {said.withdraw}
        </Button>
      </Form>
    </>
  );
}

function Requests({ ask, requests }: Pick<MineProps, "ask" | "requests">) {
  const { lang, now } = ask;
  const said = words(lang);
  return (
    <DataTable
      caption={said.listTitle}
      hideCaption
      rows={requests}
      rowKey={({ requestId }) => requestId}
      empty={<p>{said.listNone}</p>}
      columns={[
        { head: said.columns.opened, cell: ({ openedAt }) => formatInstant(openedAt, lang), isMain: true },
        { head: said.columns.kind, cell: ({ kind }) => said.kindNames[kind] },
        { head: said.columns.state, cell: (one) => said.states[stateOf(one)] },
        { head: said.columns.due, cell: (one) => clockText(one, dayOf(now), lang) },
        { head: said.columns.answer, cell: ({ answer }) => answer ?? "–" },
      ]}
    />
  );
}

/** The next clock of a request, with the days left; nothing when it ended. */
export function clockText(request: DataRequest, today: PlainDate, lang: Lang): string {
  const said = words(lang);
  const state = stateOf(request);
  if (state !== "open" && state !== "taken") return "–";
  const left = said.left(daysLeft(request, today));
  const day = formatDay(plainDate(state === "open" ? request.answerBy : request.dueOn), lang);
  return state === "open" ? said.dueAnswer(day, left) : said.dueDone(day, left);
}
