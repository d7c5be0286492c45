import type { Hindrance } from "../account/hindrance.ts";
import factorStyle from "../factor/factor.css?inline";
import { NAME_MOST, type RelyingParty } from "../factor/rules.ts";
import { groupSecret } from "../factor/rules-totp.ts";
import {
  Button,
  ButtonLink,
  CodeField,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  HeldUp,
  Layout,
  Notice,
  Panel,
  PasskeyForm,
  PasswordField,
  QrCode,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words.ts";

/** Pages between the password and the desk: the second factor, getting one, choosing a password. */

interface Common {
  ask: Ask;
  next: string;
  faults?: readonly FieldFault[] | undefined;
  hindrance?: Hindrance | undefined;
}

const Where = ({ next }: { next: string }) => <input type="hidden" name="next" value={next} />;

interface CodePageProps extends Common {
  /** Minutes for which a proof holds, where the session is whole; undefined in the middle of a sign-in. */
  minutes: number | undefined;
  ways: { code: boolean; passkey: boolean };
  /** What was typed elsewhere and waits. */
  kept: string;
}

export function CodePage({ ask, next, minutes, ways, kept, faults = [], hindrance }: CodePageProps) {
  const said = words(ask.lang).code;
  return (
    <Layout ask={ask} face="console" title={said.title}>
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{said.title}</h1>
      <p>{minutes === undefined ? said.lead : said.leadAgain(minutes)}</p>
      {ways.code ? (
        <Panel title={said.byCode}>
          <Form ask={ask} action="/console/sign-in/code">
            <Where next={next} />
            {kept ? <input type="hidden" name="kept" value={kept} /> : null}
            <CodeField name="code" label={said.code} error={textOf(faults, "code")} hasLetters />
            <Button>{said.confirm}</Button>
          </Form>
        </Panel>
      ) : null}
      {ways.passkey ? (
        <Panel title={said.byPasskey}>
          <PasskeyForm
            ask={ask}
            action="/console/sign-in/passkey"
            options="/console/sign-in/passkey/options"
            act="get"
            label={said.passkey}
            without={said.without}
          >
            <Where next={next} />
            {kept ? <input type="hidden" name="kept" value={kept} /> : null}
          </PasskeyForm>
        </Panel>
      ) : null}
      <Details summary={said.lost}>
        <p>{said.lostBody}</p>
      </Details>
      <Leave ask={ask} />
    </Layout>
  );
}

function Leave({ ask }: { ask: Ask }) {
  if (ask.actor.kind !== "staff" || !ask.actor.owes) return null;
  return (
    <Form ask={ask} action="/console/sign-out">
      <Button kind="quiet">{words(ask.lang).code.leave}</Button>
    </Form>
  );
}

interface SetupPageProps extends Common {
  secret: string;
  uri: string;
  isFirst: boolean;
  party: RelyingParty | undefined;
  /** The page stands at the address to which passkeys belong. */
  isHere: boolean;
  usualName: string;
}

/** Two ways to a second factor: an application on the telephone, or a passkey. */
export function SetupPage(props: SetupPageProps) {
  const { ask, isFirst, faults = [] } = props;
  const said = words(ask.lang).setup;
  const back = isFirst ? {} : { back: "/console/me" };
  return (
    <Layout ask={ask} face="console" title={said.title} styles={[factorStyle]} {...back}>
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{isFirst ? said.lead : said.leadNew}</p>
      <ByApplication {...props} />
      <ByPasskey {...props} />
      <Leave ask={ask} />
    </Layout>
  );
}

/** The secret as a picture and as text, until the first right digits. */
function ByApplication({ ask, next, secret, uri, faults = [] }: SetupPageProps) {
  const said = words(ask.lang).setup;
  return (
    <Panel title={said.byApplication}>
      <ol class="totp-steps">
        <li>{said.step1}</li>
        <li>
          {said.step2}
          <QrCode text={uri} says={said.qr} />
          <Details summary={said.byHand}>
            <p class="secret">{groupSecret(secret)}</p>
          </Details>
        </li>
        <li>{said.step3}</li>
      </ol>
      <Form ask={ask} action="/console/sign-in/authenticator">
        <Where next={next} />
        <CodeField name="code" label={said.code} error={textOf(faults, "code")} />
        <Button>{said.save}</Button>
      </Form>
    </Panel>
  );
}

function ByPasskey({ ask, next, party, isHere, usualName, faults = [] }: SetupPageProps) {
  const said = words(ask.lang).passkey;
  return (
    <Panel title={said.title}>
      <p>{said.lead}</p>
      {party && isHere ? (
        <PasskeyForm
          ask={ask}
          action="/console/sign-in/new-passkey"
          options="/console/sign-in/new-passkey/options"
          act="create"
          label={said.button}
          without={said.without}
        >
          <Where next={next} />
          <TextField
            name="passkey"
            label={said.name}
            value={ask.form.passkey ?? (usualName || said.usual)}
            error={textOf(faults, "passkey")}
            autoComplete="off"
            maxLength={NAME_MOST}
          />
        </PasskeyForm>
      ) : (
        <p>{party ? said.elsewhere(party.origin) : said.impossible}</p>
      )}
    </Panel>
  );
}

/** Shown once, to be copied or printed. */
export function SparePage({ ask, next, codes }: Common & { codes: readonly string[] }) {
  const said = words(ask.lang).spare;
  return (
    <Layout ask={ask} face="console" title={said.title} styles={[factorStyle]}>
      <Notice kind="good">
        <p>{said.done}</p>
      </Notice>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Panel tone="tinted">
        <ul class="spare">
          {codes.map((code) => (
            <li key={code} class="secret">
              {code}
            </li>
          ))}
        </ul>
      </Panel>
      <p>{said.once}</p>
      <ButtonLink href={next}>{said.onward}</ButtonLink>
    </Layout>
  );
}

export function StaffPasswordPage({ ask, next, due, faults = [], hindrance }: Common & { due: string | undefined }) {
  const said = words(ask.lang).password;
  const title = due ? said.title : said.titleFirst;
  return (
    <Layout ask={ask} face="console" title={title} {...(due ? { back: "/console/me" } : {})}>
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{title}</h1>
      <p>{due ? said.due(due) : said.whyFirst}</p>
      <Form ask={ask} action="/console/sign-in/password">
        <Where next={next} />
        <PasswordField
          name="currentPassword"
          label={said.current}
          error={textOf(faults, "currentPassword")}
          autoComplete="current-password"
        />
        <PasswordField
          name="newPassword"
          label={said.next}
          rules={said.rules}
          error={textOf(faults, "newPassword")}
          autoComplete="new-password"
        />
        <Button>{said.save}</Button>
      </Form>
      <Leave ask={ask} />
    </Layout>
  );
}
