import {
  Button,
  ButtonLink,
  CodeField,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Panel,
  PasskeyForm,
  QrCode,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import factorStyle from "./factor.css?inline";
import { NAME_MOST, type RelyingParty } from "./rules.ts";
import { groupSecret } from "./rules-totp.ts";
import { words } from "./words.ts";

interface AddPasskeyProps {
  ask: Ask;
  party: RelyingParty | undefined;
  /** The page stands at the address to which passkeys belong. */
  isHere: boolean;
  /** "Chrome · Android". */
  usualName: string;
  next: string;
  faults?: readonly FieldFault[];
}

/** Adds a passkey of this device. Without script, or at another address, it says what to do. */
export function AddPasskeyPage({ ask, party, isHere, usualName, next, faults = [] }: AddPasskeyProps) {
  const said = words(ask.lang).add;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/account/ways">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {party && isHere ? (
        <PasskeyForm
          ask={ask}
          action="/account/ways/passkeys"
          options="/account/ways/passkeys/options"
          act="create"
          label={said.button}
          without={said.without}
          isMain
        >
          <input type="hidden" name="next" value={next} />
          <TextField
            name="passkey"
            label={said.name}
            hint={said.nameHint}
            value={ask.form.passkey ?? (usualName || said.usual)}
            error={textOf(faults, "passkey")}
            autoComplete="off"
            maxLength={NAME_MOST}
          />
        </PasskeyForm>
      ) : (
        <Notice kind="info">
          <p>{party ? said.elsewhere : said.impossible}</p>
          {party ? (
            <p>
              <a href={`${party.origin}/account/ways/passkeys`}>{said.elsewhereOpen(party.origin)}</a>
            </p>
          ) : null}
        </Notice>
      )}
      <ButtonLink kind="quiet" href="/account/ways/authenticator">
        {words(ask.lang).ways.authenticator}
      </ButtonLink>
    </Layout>
  );
}

/** After the first password: two easier ways, and skipping is as good. */
export function OfferPage({ ask, next }: { ask: Ask; next: string }) {
  const said = words(ask.lang).offer;
  const to = `next=${encodeURIComponent(next)}`;
  return (
    <Layout ask={ask} face="portal" title={said.title}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Panel title={said.passkey}>
        <p>{said.passkeyHint}</p>
        <ButtonLink kind="quiet" href={`/account/ways/passkeys?${to}`}>
          {words(ask.lang).add.title}
        </ButtonLink>
      </Panel>
      <Panel title={said.authenticator}>
        <p>{said.authenticatorHint}</p>
        <ButtonLink kind="quiet" href={`/account/ways/authenticator?${to}`}>
          {words(ask.lang).totp.title}
        </ButtonLink>
      </Panel>
      <Panel title={said.install}>
        <p>{said.installHint}</p>
        <ButtonLink kind="quiet" href="/install">
          {said.installAct}
        </ButtonLink>
      </Panel>
      <p>{said.again}</p>
      <ButtonLink kind="quiet" href={next}>
        {said.skip}
      </ButtonLink>
    </Layout>
  );
}

interface SetupProps {
  ask: Ask;
  secret: string;
  uri: string;
  next: string;
  faults?: readonly FieldFault[];
}

/** The secret as a picture and as text, until the first right digits. */
export function SetupPage({ ask, secret, uri, next, faults = [] }: SetupProps) {
  const said = words(ask.lang).totp;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/account/ways" styles={[factorStyle]}>
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
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
      <Form ask={ask} action="/account/ways/authenticator">
        <input type="hidden" name="next" value={next} />
        <CodeField name="code" label={said.code} error={textOf(faults, "code")} />
        <Button>{said.save}</Button>
      </Form>
    </Layout>
  );
}

interface SpareProps {
  ask: Ask;
  codes: readonly string[];
  /** What has just happened. */
  done: string;
  next: string;
}

/** Shown once, to be copied or printed. */
export function SparePage({ ask, codes, done, next }: SpareProps) {
  const said = words(ask.lang).totp;
  return (
    <Layout ask={ask} face="app" title={said.spareTitle} nowAt="more" styles={[factorStyle]}>
      <Notice kind="good">
        <p>{done}</p>
      </Notice>
      <h1>{said.spareTitle}</h1>
      <p>{said.spareLead}</p>
      <Panel tone="tinted">
        <ul class="spare">
          {codes.map((code) => (
            <li key={code} class="secret">
              {code}
            </li>
          ))}
        </ul>
      </Panel>
      <p>{said.spareOnce}</p>
      <ButtonLink href={next}>{said.toWays}</ButtonLink>
    </Layout>
  );
}
