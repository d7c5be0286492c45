import { passwordDueOn } from "../account/rules.ts";
import type { AccountRow } from "../account/store.ts";
import { dayOf, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
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
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { NAME_MOST } from "./rules.ts";
import type { PasskeyRow } from "./store.ts";
import { words } from "./words.ts";

export interface Ways {
  account: AccountRow;
  passkeys: readonly PasskeyRow[];
  authenticator: { confirmed_at: Date | null } | undefined;
  spareLeft: number;
  /** The name of the set of codes: of which set the person wants new ones. */
  spareSet: string;
  hasEid: boolean;
}

interface WaysPageProps extends Ways {
  ask: Ask;
  faults?: readonly FieldFault[];
}

export const idOf = (passkey: Pick<PasskeyRow, "credential_id">) => passkey.credential_id.toString("base64url");

/** By which ways this account opens, and what can be added or taken away. */
export function WaysPage({ ask, faults = [], ...ways }: WaysPageProps) {
  const said = words(ask.lang).ways;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/app/more">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Passkeys ask={ask} passkeys={ways.passkeys} />
      <Authenticator ask={ask} {...ways} />
      <Password ask={ask} account={ways.account} canDrop={ways.passkeys.some((one) => !one.copied_at)} />
      {ways.hasEid ? (
        <Panel title={said.eid}>
          <p>{said.eidLead}</p>
        </Panel>
      ) : null}
    </Layout>
  );
}

function Passkeys({ ask, passkeys }: { ask: Ask; passkeys: readonly PasskeyRow[] }) {
  const said = words(ask.lang).ways;
  const note = (one: PasskeyRow) => (one.copied_at ? said.copied : one.is_synced ? said.synced : "");
  return (
    <Panel title={said.passkeys}>
      <p>{said.passkeysLead}</p>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={passkeys}
        rowKey={idOf}
        empty={<p>{said.none}</p>}
        columns={[
          {
            head: said.name,
            isMain: true,
            cell: (one) => (
              <a href={`/account/ways/passkeys/${idOf(one)}`}>
                {one.name}
                <span class="unseen"> ({said.open})</span>
              </a>
            ),
          },
          {
            head: said.since,
            cell: (one) => [formatInstant(one.created_at, ask.lang), note(one)].filter(Boolean).join(", "),
          },
          {
            head: said.used,
            cell: (one) => (one.last_used_at ? formatInstant(one.last_used_at, ask.lang) : said.never),
          },
        ]}
      />
      <ButtonLink kind="quiet" href="/account/ways/passkeys">
        {said.add}
      </ButtonLink>
    </Panel>
  );
}

type AuthenticatorProps = Pick<Ways, "authenticator" | "spareLeft" | "spareSet"> & { ask: Ask };

function Authenticator({ ask, authenticator, spareLeft, spareSet }: AuthenticatorProps) {
  const said = words(ask.lang).ways;
  const since = authenticator?.confirmed_at;
  return (
    <Panel title={said.authenticator}>
      <p>{said.authenticatorLead}</p>
      {since ? (
        <>
          <p>
            {said.on(formatDay(dayOf(since), ask.lang))} {said.spare(spareLeft)}
          </p>
          <p class="hint">{said.renewLead}</p>
          <Acts>
            <Form ask={ask} action="/account/ways/authenticator/spare">
              <input type="hidden" name="set" value={spareSet} />
              <Button kind="quiet">{said.renew}</Button>
            </Form>
            <Form ask={ask} action="/account/ways/authenticator/removal">
              <Button kind="quiet">{said.switchOff}</Button>
            </Form>
          </Acts>
        </>
      ) : (
        <>
          <p>{said.off}</p>
          <ButtonLink kind="quiet" href="/account/ways/authenticator">
            {said.switchOn}
          </ButtonLink>
        </>
      )}
    </Panel>
  );
}

function Password({ ask, account, canDrop }: { ask: Ask; account: AccountRow; canDrop: boolean }) {
  const said = words(ask.lang).ways;
  const isDropped = account.password_dropped_at !== null;
  const due = formatDay(passwordDueOn(plainDate(account.password_set_on)), ask.lang);
  return (
    <Panel title={said.password}>
      <p>{isDropped ? said.passwordNone : said.passwordDue(due)}</p>
      {!isDropped && canDrop ? <p>{said.dropLead}</p> : null}
      <Acts>
        <ButtonLink kind="quiet" href="/account/password">
          {isDropped ? said.set : said.change}
        </ButtonLink>
        {!isDropped && canDrop ? (
          <Form ask={ask} action="/account/ways/password/removal">
            <Button kind="quiet">{said.drop}</Button>
          </Form>
        ) : null}
      </Acts>
    </Panel>
  );
}

export function OnePasskeyPage({
  ask,
  passkey,
  faults = [],
}: {
  ask: Ask;
  passkey: PasskeyRow;
  faults?: FieldFault[];
}) {
  const said = words(ask.lang).ways;
  const at = `/account/ways/passkeys/${idOf(passkey)}`;
  return (
    <Layout ask={ask} face="app" title={said.oneTitle} nowAt="more" back="/account/ways">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.oneTitle}</h1>
      {passkey.copied_at ? <p>{said.copied}</p> : null}
      <Form ask={ask} action={`${at}/name`}>
        <TextField
          name="passkey"
          label={said.rename}
          value={ask.form.passkey ?? passkey.name}
          error={textOf(faults, "passkey")}
          autoComplete="off"
          maxLength={NAME_MOST}
        />
        <Button kind="quiet">{said.saveName}</Button>
      </Form>
      <Form ask={ask} action={`${at}/removal`}>
        <Button kind="danger">{said.remove}</Button>
      </Form>
    </Layout>
  );
}
