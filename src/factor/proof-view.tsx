import type { Hindrance } from "../account/hindrance.ts";
import type { Proof } from "../account/rules-proof.ts";
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
  Panel,
  PasskeyForm,
  PasswordField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words.ts";

export interface ProofPageProps {
  ask: Ask;
  next: string;
  /** Two different ways are asked for. */
  needsTwo: boolean;
  /** Asked for to end what a reset by SMS limits. */
  isLifting: boolean;
  /** What counts already. */
  given: readonly Proof[];
  ways: { password: boolean; passkey: boolean; authenticator: boolean; eid: boolean };
  /** Masked; undefined when there is none. */
  phone: string | undefined;
  /** A code is out to the telephone, good for so many minutes. */
  code?: { id: string; minutes: number } | undefined;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
}

/** Confirms once more who sits here. Every way that this account has, and none that was used already. */
export function ProofPage(props: ProofPageProps) {
  const { ask, needsTwo, isLifting, given, ways, faults = [], hindrance } = props;
  const said = words(ask.lang).proof;
  const open = (proof: Proof) => !given.includes(proof);
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/app/more">
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{said.title}</h1>
      <p>{isLifting ? said.leadLift : needsTwo ? said.leadTwo : said.lead}</p>
      {given.length > 0 ? <p>{said.given(given.map((proof) => said.kinds[proof]).join(", "))}</p> : null}
      {ways.passkey && open("passkey") ? <ByPasskey {...props} /> : null}
      {ways.password && open("password") ? <ByPassword {...props} /> : null}
      {ways.authenticator && open("authenticator") ? <ByAuthenticator {...props} /> : null}
      {props.phone && open("code") ? <ByCode {...props} phone={props.phone} /> : null}
      {ways.eid && open("eid") ? (
        <Panel title={said.byEid}>
          <ButtonLink kind="quiet" href={`/account/proof/eid?next=${encodeURIComponent(props.next)}`}>
            {said.eidButton}
          </ButtonLink>
        </Panel>
      ) : null}
      <p>{said.counter}</p>
    </Layout>
  );
}

function Where({ next, isLifting = false }: { next: string; isLifting?: boolean }) {
  return (
    <>
      <input type="hidden" name="next" value={next} />
      {isLifting ? <input type="hidden" name="lift" value="1" /> : null}
    </>
  );
}

function ByPasskey({ ask, next, isLifting }: ProofPageProps) {
  const said = words(ask.lang).proof;
  return (
    <Panel title={said.byPasskey}>
      <PasskeyForm
        ask={ask}
        action="/account/proof/passkey"
        options="/account/proof/passkey/options"
        act="get"
        label={said.passkeyButton}
        without={said.passkeyWithout}
      >
        <Where next={next} isLifting={isLifting} />
      </PasskeyForm>
    </Panel>
  );
}

function ByPassword({ ask, next, faults = [] }: ProofPageProps) {
  const said = words(ask.lang).proof;
  return (
    <Panel title={said.byPassword}>
      <Form ask={ask} action="/account/proof/password">
        <Where next={next} />
        <PasswordField
          name="password"
          label={said.password}
          error={textOf(faults, "password")}
          autoComplete="current-password"
        />
        <Button>{said.confirm}</Button>
      </Form>
    </Panel>
  );
}

function ByAuthenticator({ ask, next, faults = [] }: ProofPageProps) {
  const said = words(ask.lang);
  return (
    <Panel title={said.proof.byAuthenticator}>
      <Form ask={ask} action="/account/proof/authenticator">
        <Where next={next} />
        <CodeField name="totp" label={said.second.code} error={textOf(faults, "totp")} hasLetters />
        <Button>{said.proof.confirm}</Button>
      </Form>
    </Panel>
  );
}

function ByCode({ ask, next, phone, code, faults = [] }: ProofPageProps & { phone: string }) {
  const said = words(ask.lang).proof;
  return (
    <Panel title={said.byCode(phone)}>
      {code ? (
        <Form ask={ask} action="/account/proof/code">
          <Where next={next} />
          <input type="hidden" name="codeId" value={code.id} />
          <p>{said.sent(phone, code.minutes)}</p>
          <CodeField name="code" label={said.code} error={textOf(faults, "code")} />
          <Button>{said.confirm}</Button>
        </Form>
      ) : (
        <Form ask={ask} action="/account/proof/code">
          <Where next={next} />
          <Button kind="quiet">{said.send}</Button>
        </Form>
      )}
    </Panel>
  );
}

/** The digits after the right password. */
export function SecondFactorPage({
  ask,
  next,
  kept,
  faults = [],
  hindrance,
}: {
  ask: Ask;
  next: string;
  /** Typed before the session ended (see keptText). */
  kept?: string | undefined;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
}) {
  const said = words(ask.lang).second;
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/sign-in">
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/sign-in/code">
        <Where next={next} />
        {kept ? <input type="hidden" name="kept" value={kept} /> : null}
        <CodeField name="code" label={said.code} error={textOf(faults, "code")} hasLetters />
        <Button>{said.enter}</Button>
      </Form>
      <Details summary={said.lost}>
        <p>{said.lostBody}</p>
      </Details>
    </Layout>
  );
}
