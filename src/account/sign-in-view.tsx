import {
  Acts,
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  Form,
  HeldUp,
  Layout,
  Notice,
  PasskeyForm,
  PasswordField,
  ScamWarning,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Hindrance } from "./hindrance.ts";
import { words } from "./words.ts";

interface SignInPageProps {
  ask: Ask;
  login?: string;
  next: string;
  /** Typed before the session ended (see keptText): it goes through the sign-in. */
  kept?: string | undefined;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
  /** The right activation code, too late: a new one can be sent at once. */
  hasEnded?: boolean;
  /** This page stands at the address to which passkeys belong. */
  hasPasskeys: boolean;
}

export function SignInPage(props: SignInPageProps) {
  const { ask, login = "", next, kept, faults = [], hindrance, hasEnded = false, hasPasskeys } = props;
  const said = words(ask.lang).signIn;
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      {hasEnded ? <ActivationOver ask={ask} /> : null}
      <h1>{said.title}</h1>
      <Form ask={ask} action="/sign-in">
        <Onward next={next} kept={kept} />
        <TextField
          name="login"
          label={said.login}
          hint={said.loginHint}
          value={login}
          error={textOf(faults, "login")}
          inputMode="numeric"
          autoComplete="username"
          width="number"
          maxLength={30}
        />
        <PasswordField
          name="password"
          label={said.password}
          error={textOf(faults, "password")}
          autoComplete="current-password"
        />
        <Acts>
          <Button>{said.enter}</Button>
          <ButtonLink kind="quiet" href="/account/recovery">
            {said.forgot}
          </ButtonLink>
        </Acts>
      </Form>
      <OtherWays ask={ask} next={next} kept={kept} hasPasskeys={hasPasskeys} />
      <p>
        <a href="/register">{said.register}</a>
      </p>
      <p>
        <a href="/account/contact/stop">{said.stopChange}</a>
      </p>
      <ScamWarning />
    </Layout>
  );
}

/** Where the sign-in leads, and what was typed there. */
function Onward({ next, kept }: Pick<SignInPageProps, "next" | "kept">) {
  return (
    <>
      <input type="hidden" name="next" value={next} />
      {kept ? <input type="hidden" name="kept" value={kept} /> : null}
    </>
  );
}

function ActivationOver({ ask }: { ask: Ask }) {
  const said = words(ask.lang).signIn;
  return (
    <div role="alert">
      <Notice kind="warning" title={said.ended}>
        <p>{said.endedHelp}</p>
        <Form ask={ask} action="/sign-in/activation">
          <Button>{said.resend}</Button>
        </Form>
      </Notice>
    </div>
  );
}

/** Fingerprint or face, and the national electronic identity where the operator has set it up. */
function OtherWays({ ask, next, kept, hasPasskeys }: Pick<SignInPageProps, "ask" | "next" | "kept" | "hasPasskeys">) {
  const said = words(ask.lang).signIn;
  const hasEid = ask.house.settings.eid !== undefined;
  if (!hasPasskeys && !hasEid) return null;
  return (
    <section>
      <h2>{said.or}</h2>
      {hasPasskeys ? (
        <PasskeyForm
          ask={ask}
          action="/sign-in/passkey"
          options="/sign-in/passkey/options"
          act="get"
          label={said.passkey}
          without={said.passkeyWithout}
        >
          <Onward next={next} kept={kept} />
        </PasskeyForm>
      ) : null}
      {hasEid && kept ? <EidBeside ask={ask} next={next} kept={kept} /> : null}
      {hasEid && !kept ? (
        <p>
          <ButtonLink kind="quiet" href={`/sign-in/eid?next=${encodeURIComponent(next)}`}>
            {said.eid}
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
}

/** The way over another site brings back nothing that was typed here: one signs in beside this page, and comes back to it. */
function EidBeside({ ask, next, kept }: { ask: Ask; next: string; kept: string }) {
  const said = words(ask.lang).signIn;
  return (
    <>
      <p>
        <a href="/sign-in/eid?next=%2Fapp" target="_blank" rel="noopener">
          {said.eidBeside}
        </a>
      </p>
      <Form ask={ask} action="/sign-in">
        <Onward next={next} kept={kept} />
        <p class="hint">{said.eidBack}</p>
        <Button kind="quiet">{said.eidDone}</Button>
      </Form>
    </>
  );
}
