import {
  Acts,
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  PasswordField,
  TextField,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { type Hindrance, HindranceNotice } from "./hindrance.tsx";
import { textOf } from "./sentences.ts";
import { words } from "./words.ts";

interface SignInPageProps {
  ask: Ask;
  login?: string;
  next: string;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
  /** The right activation code, too late: a new one can be sent at once. */
  hasEnded?: boolean;
}

export function SignInPage({ ask, login = "", next, faults = [], hindrance, hasEnded = false }: SignInPageProps) {
  const said = words(ask.lang).signIn;
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HindranceNotice hindrance={hindrance} /> : null}
      {hasEnded ? <ActivationOver ask={ask} /> : null}
      <h1>{said.title}</h1>
      <Form ask={ask} action="/sign-in">
        <input type="hidden" name="next" value={next} />
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
      <p>
        <a href="/register">{said.register}</a>
      </p>
      <Notice kind="warning" title={said.scamTitle}>
        <p>{said.scam}</p>
      </Notice>
    </Layout>
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
