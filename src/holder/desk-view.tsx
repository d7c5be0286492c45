import { maskContact } from "../contact/rules.ts";
import type { ChangeRow } from "../contact/store.ts";
import { formatBirth, formatInstant, plainDate } from "../kernel/calendar.ts";
import type { PaperSeen } from "../kernel/paper-seen.ts";
import {
  Button,
  ButtonLink,
  CodeField,
  DataTable,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Panel,
  PaperSeenFields,
  Radios,
  SummaryList,
  TextField,
  textOf,
} from "../ui/index.ts";
import { paperSeenWords } from "../ui/words-paper-seen.ts";
import type { Ask } from "../web/route.ts";
import type { Holder } from "./find-holder.ts";
import { actsOn, CLOSE_GROUNDS, REASONS, type Reason } from "./rules.ts";
import { words } from "./words.ts";

export interface Desk {
  ask: Ask;
  officeName: string | undefined;
}

/** Who stands at the counter, why, and which paper was seen. */
export function FindHolderPage({
  ask,
  officeName,
  toConfirm,
  faults = [],
}: Desk & { toConfirm: number | undefined; faults?: readonly FieldFault[] }) {
  const said = words(ask.lang).desk;
  return (
    <Layout ask={ask} face="console" nowAt="account" officeName={officeName} title={said.title} back="/console">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {toConfirm === undefined ? null : (
        <p>
          <a href="/console/account/changes">{said.toConfirm(toConfirm)}</a>
        </p>
      )}
      <Form ask={ask} action="/console/account">
        <TextField
          name="login"
          label={said.number}
          value={ask.form.login}
          error={textOf(faults, "login")}
          inputMode="numeric"
          autoComplete="off"
          width="number"
          maxLength={30}
        />
        <Radios
          name="reason"
          label={said.reason}
          options={REASONS.map((value) => ({ value, label: said.reasons[value] }))}
          value={ask.form.reason}
          error={textOf(faults, "reason")}
        />
        <PaperSeenFields ask={ask} faults={faults} />
        <Button>{said.find}</Button>
      </Form>
    </Layout>
  );
}

export interface Opened {
  login: string;
  reason: Reason;
  paper: PaperSeen;
}

interface HolderPageProps extends Desk {
  holder: Holder;
  opened: Opened;
  /** What an act just did. */
  done?: string | undefined;
  faults?: readonly FieldFault[];
  /** A code is out to the new telephone of this change. */
  proving?: { changeId: string; to: string } | undefined;
}

/** One account, with the person present: state, factors without secrets, contact masked, and the acts. */
export function HolderPage(props: HolderPageProps) {
  const { ask, officeName, holder, done, faults = [], proving } = props;
  const said = words(ask.lang).desk;
  const acts = actsOn(holder.status);
  return (
    <Layout ask={ask} face="console" nowAt="account" officeName={officeName} title={said.title} back="/console/account">
      <ErrorSummary faults={faults} ask={ask} />
      {done ? (
        <div role="status">
          <Notice kind="good">
            <p>{done}</p>
          </Notice>
        </div>
      ) : null}
      <h1>{holder.person.fullName}</h1>
      <Facts {...props} />
      {holder.open
        .filter((one) => one.state !== "asked")
        .map((change) => (
          <PendingChange key={change.change_id} {...props} change={change} />
        ))}
      <h2>{said.acts}</h2>
      {acts.includes("phone") ? <PhoneAct {...props} proving={proving} /> : null}
      {acts.includes("reissue") ? (
        <Panel title={said.reissue}>
          <ButtonLink kind="quiet" href="/console/reissue">
            {said.reissue}
          </ButtonLink>
        </Panel>
      ) : null}
      {acts.includes("factors") && (holder.passkeys > 0 || holder.hasAuthenticator) ? <FactorsAct {...props} /> : null}
      {acts.includes("close") ? <CloseAct {...props} /> : null}
      {acts.includes("reopen") ? (
        <Panel title={said.reopenTitle}>
          <Form ask={ask} action="/console/account/reopen">
            <Carried {...props.opened} />
            <Button>{said.reopen}</Button>
          </Form>
        </Panel>
      ) : null}
      <History {...props} />
      <ButtonLink kind="quiet" href="/console/account">
        {said.back}
      </ButtonLink>
    </Layout>
  );
}

/** The number never stands in an address: it travels in each form. */
function Carried({ login, reason, paper }: Opened) {
  return (
    <>
      <input type="hidden" name="login" value={login} />
      <input type="hidden" name="reason" value={reason} />
      <input type="hidden" name="paper" value={paper} />
    </>
  );
}

function Facts({ ask, holder }: HolderPageProps) {
  const said = words(ask.lang).desk;
  const { person } = holder;
  const factors = [
    holder.hasPassword ? said.factorPassword : "",
    holder.passkeys > 0 ? said.factorPasskeys(holder.passkeys) : "",
    holder.hasAuthenticator ? said.factorAuthenticator : "",
  ];
  const statuses: Record<string, string> = said.statuses;
  return (
    <SummaryList
      rows={[
        { key: said.birth, value: formatBirth(plainDate(person.birthOn), person.birthPrecision, ask.lang) },
        { key: said.status, value: statuses[holder.status] ?? holder.status },
        { key: said.phone, value: holder.phone ? maskContact("phone", holder.phone) : said.none_ },
        { key: said.email, value: holder.email ? maskContact("email", holder.email) : said.none_ },
        { key: said.factors, value: factors.filter(Boolean).join(", ") || said.none_ },
      ]}
    />
  );
}

function PendingChange({ ask, opened, change }: HolderPageProps & { change: ChangeRow }) {
  const said = words(ask.lang).desk;
  const to = maskContact(change.kind === "email" ? "email" : "phone", change.new_value);
  const at = change.effective_at ? formatInstant(change.effective_at, ask.lang) : "";
  return (
    <Notice kind="warning" title={said.pending}>
      <p>{change.state === "second" ? said.pendingSecond(to) : said.pendingUntil(to, at)}</p>
      <Form ask={ask} action="/console/account/stopping">
        <Carried {...opened} />
        <input type="hidden" name="change" value={change.change_id} />
        <Button kind="quiet">{said.stopPending}</Button>
      </Form>
    </Notice>
  );
}

function PhoneAct({ ask, opened, faults = [], proving }: HolderPageProps) {
  const said = words(ask.lang).desk;
  if (proving) {
    return (
      <Panel title={said.phoneTitle}>
        <p>{said.codeLead(proving.to)}</p>
        <Form ask={ask} action="/console/account/phone/code">
          <Carried {...opened} />
          <input type="hidden" name="change" value={proving.changeId} />
          <CodeField name="code" label={said.code} error={textOf(faults, "code")} isReadOut />
          <Button>{said.confirmCode}</Button>
        </Form>
      </Panel>
    );
  }
  return (
    <Panel title={said.phoneTitle}>
      <p>{said.phoneLead}</p>
      <Form ask={ask} action="/console/account/phone">
        <Carried {...opened} />
        <TextField
          name="newPhone"
          label={said.newPhone}
          value={ask.form.newPhone}
          error={textOf(faults, "newPhone")}
          inputMode="tel"
          autoComplete="off"
          width="number"
          maxLength={20}
        />
        <Button>{said.sendCode}</Button>
      </Form>
    </Panel>
  );
}

function FactorsAct({ ask, opened }: HolderPageProps) {
  const said = words(ask.lang).desk;
  return (
    <Panel title={said.factorsTitle}>
      <p>{said.factorsLead}</p>
      <Form ask={ask} action="/console/account/factors">
        <Carried {...opened} />
        <Button kind="quiet">{said.removeFactors}</Button>
      </Form>
    </Panel>
  );
}

function CloseAct({ ask, opened, faults = [] }: HolderPageProps) {
  const said = words(ask.lang).desk;
  const wrong = textOf(faults, "grounds");
  return (
    <Details summary={said.closeTitle} open={wrong !== undefined}>
      <Form ask={ask} action="/console/account/close">
        <Carried {...opened} />
        <Radios
          name="grounds"
          label={said.grounds}
          options={CLOSE_GROUNDS.map((value) => ({ value, label: said.groundsOf[value] }))}
          value={ask.form.grounds}
          error={wrong}
        />
        <Button kind="danger">{said.close}</Button>
      </Form>
    </Details>
  );
}

function History({ ask, holder, opened }: HolderPageProps) {
  const said = words(ask.lang);
  if (holder.events.length === 0) return null;
  return (
    <>
      <h2>{said.desk.history}</h2>
      <DataTable
        caption={said.desk.history}
        hideCaption
        rows={holder.events}
        rowKey={(event) => event.reference}
        columns={[
          { head: said.desk.what, isMain: true, cell: (event) => said.kinds[event.kind] },
          { head: said.desk.at, cell: (event) => formatInstant(event.at, ask.lang) },
          {
            head: said.desk.reference,
            cell: ({ reference }) => (
              <Form ask={ask} action="/console/account/confirmation">
                <Carried {...opened} />
                <input type="hidden" name="reference" value={reference} />
                <button type="submit" class="button quiet" aria-label={said.paper.printOf(reference)}>
                  {reference}
                </button>
              </Form>
            ),
          },
        ]}
      />
    </>
  );
}

export interface ToConfirm {
  change: ChangeRow;
  name: string;
  officer: string;
  /** The officer who asked cannot be the second. */
  isOwn: boolean;
}

/** For the supervisor: new telephones that an officer asked for. */
export function ConfirmPage({ ask, officeName, rows }: Desk & { rows: readonly ToConfirm[] }) {
  const said = words(ask.lang);
  const papers: Record<string, string> = paperSeenWords(ask.lang).papers;
  const masked = (value: string | null) => (value ? maskContact("phone", value) : said.desk.none_);
  return (
    <Layout
      ask={ask}
      face="console"
      nowAt="account"
      officeName={officeName}
      title={said.second.title}
      back="/console/account"
      wide
    >
      <h1>{said.second.title}</h1>
      <p>{said.second.lead}</p>
      <DataTable
        caption={said.second.title}
        hideCaption
        rows={rows}
        rowKey={(row) => row.change.change_id}
        empty={<p>{said.second.empty}</p>}
        columns={[
          { head: said.second.person, isMain: true, cell: (row) => row.name },
          { head: said.second.from, cell: (row) => masked(row.change.old_value) },
          { head: said.second.to, cell: (row) => masked(row.change.new_value) },
          { head: said.second.paper, cell: (row) => papers[row.change.paper ?? ""] ?? said.desk.none_ },
          { head: said.second.officer, cell: (row) => row.officer },
          { head: said.second.at, cell: (row) => formatInstant(row.change.asked_at, ask.lang) },
          { head: said.second.act, cell: (row) => <Decide ask={ask} row={row} /> },
        ]}
      />
    </Layout>
  );
}

function Decide({ ask, row }: { ask: Ask; row: ToConfirm }) {
  const said = words(ask.lang).second;
  if (row.isOwn) return <>{said.own}</>;
  return (
    <Form ask={ask} action="/console/account/changes">
      <input type="hidden" name="person" value={row.change.person_id} />
      <input type="hidden" name="change" value={row.change.change_id} />
      <button type="submit" class="button" name="decision" value="confirm" aria-label={said.confirmOf(row.name)}>
        {said.confirm}
      </button>
      <button type="submit" class="button quiet" name="decision" value="refuse" aria-label={said.refuseOf(row.name)}>
        {said.refuse}
      </button>
    </Form>
  );
}
