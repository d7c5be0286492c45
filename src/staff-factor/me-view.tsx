import { dayOf, formatDay, formatInstant, formatTime, type PlainDate } from "../kernel/calendar.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Panel,
  Radios,
  Select,
  SummaryList,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { RESET_REASONS } from "./rules.ts";
import type { StaffPasskey } from "./store.ts";
import { words } from "./words.ts";

interface SessionRow {
  /** Names the session, opens nothing. */
  id: string;
  isHere: boolean;
  device: string;
  since: Date;
  seen: Date;
  idleUntil: Date;
  endsAt: Date;
}

interface MePageProps {
  ask: Ask;
  authenticator: { confirmed_at: Date | null } | undefined;
  spareLeft: number;
  passkeys: readonly StaffPasskey[];
  passwordDue: PlainDate;
  sessions: readonly SessionRow[];
  isSupervisor: boolean;
  colleagues: readonly { staff_id: string; full_name: string; username: string }[];
  faults: readonly FieldFault[];
}

/** What opens a member's own desk, where it is open now, and, for supervisors, a colleague who lost the factor. */
export function MePage(props: MePageProps) {
  const { ask, faults, isSupervisor } = props;
  const said = words(ask.lang).me;
  return (
    <Layout ask={ask} face="console" title={said.title} wide>
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <p>
        <a href="/guides">{said.guides}</a>
      </p>
      <Factors {...props} />
      <Sessions ask={ask} sessions={props.sessions} />
      {isSupervisor ? <Colleagues ask={ask} colleagues={props.colleagues} faults={faults} /> : null}
    </Layout>
  );
}

function Factors({ ask, authenticator, spareLeft, passkeys, passwordDue }: MePageProps) {
  const said = words(ask.lang).me;
  const since = authenticator?.confirmed_at;
  const rows = [
    { key: said.app, value: since ? said.appOn(formatDay(dayOf(since), ask.lang)) : said.appOff },
    { key: said.spare, value: String(spareLeft) },
    { key: said.passwordDue, value: formatDay(passwordDue, ask.lang) },
  ];
  return (
    <Panel title={said.factors}>
      <SummaryList rows={rows} />
      <Passkeys ask={ask} passkeys={passkeys} />
      <Acts>
        <ButtonLink kind="quiet" href="/console/sign-in/authenticator?next=/console/me">
          {said.add}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/console/sign-in/password?next=/console/me">
          {said.change}
        </ButtonLink>
      </Acts>
    </Panel>
  );
}

function Passkeys({ ask, passkeys }: Pick<MePageProps, "ask" | "passkeys">) {
  const said = words(ask.lang).me;
  if (passkeys.length === 0) return null;
  return (
    <DataTable
      caption={said.passkeys}
      rows={passkeys}
      columns={[
        { head: said.name, isMain: true, cell: (one) => (one.copied_at ? `${one.name} (${said.copied})` : one.name) },
        { head: said.since, cell: (one) => formatInstant(one.created_at, ask.lang) },
        {
          head: said.used,
          cell: (one) => (one.last_used_at ? formatInstant(one.last_used_at, ask.lang) : said.never),
        },
        {
          head: said.act,
          cell: (one) => (
            <Form ask={ask} action="/console/me/passkeys">
              <input type="hidden" name="passkey" value={one.credential_id.toString("base64url")} />
              <button type="submit" class="plain-button" aria-label={said.removeOne(one.name)}>
                {said.remove}
              </button>
            </Form>
          ),
        },
      ]}
    />
  );
}

function Sessions({ ask, sessions }: Pick<MePageProps, "ask" | "sessions">) {
  const said = words(ask.lang).me;
  const name = (row: SessionRow) => `${row.device || said.unknown}${row.isHere ? ` (${said.here})` : ""}`;
  return (
    <Panel title={said.sessions}>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          { head: said.device, cell: name, isMain: true },
          { head: said.signedIn, cell: (row) => formatInstant(row.since, ask.lang) },
          { head: said.seen, cell: (row) => formatInstant(row.seen, ask.lang) },
          {
            head: said.ends,
            cell: (row) => said.endsAt(formatTime(row.idleUntil), formatInstant(row.endsAt, ask.lang)),
          },
          { head: said.act, cell: (row) => <EndOne ask={ask} row={row} /> },
        ]}
      />
      <Form ask={ask} action="/console/me/sessions">
        <Button kind="quiet">{said.endOthers}</Button>
      </Form>
    </Panel>
  );
}

function EndOne({ ask, row }: { ask: Ask; row: SessionRow }) {
  const said = words(ask.lang).me;
  return (
    <Form ask={ask} action={row.isHere ? "/console/sign-out" : "/console/me/sessions"}>
      {row.isHere ? null : <input type="hidden" name="session" value={row.id} />}
      <button
        type="submit"
        class="plain-button"
        aria-label={said.endOne(row.isHere ? said.here : row.device || said.unknown)}
      >
        {said.end}
      </button>
    </Form>
  );
}

function Colleagues({ ask, colleagues, faults }: Pick<MePageProps, "ask" | "colleagues" | "faults">) {
  const said = words(ask.lang);
  return (
    <Panel title={said.me.colleagues}>
      <p>{said.me.colleaguesLead}</p>
      <Form ask={ask} action="/console/me/factor-reset">
        <Select
          name="colleague"
          label={said.me.colleague}
          options={colleagues.map((one) => ({ value: one.staff_id, label: `${one.full_name} (${one.username})` }))}
          value={ask.form.colleague}
          error={textOf(faults, "colleague")}
        />
        <Radios
          name="reason"
          label={said.me.reason}
          options={RESET_REASONS.map((reason) => ({ value: reason, label: said.reasons[reason] }))}
          value={ask.form.reason}
          error={textOf(faults, "reason")}
        />
        <Button kind="danger">{said.me.reset}</Button>
      </Form>
    </Panel>
  );
}
