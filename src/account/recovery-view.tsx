import {
  Button,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  PasswordField,
  Radios,
  TextField,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { codeWay, ways } from "./rules-ways.ts";
import { textOf } from "./sentences.ts";
import { words } from "./words.ts";

interface RecoveryPageProps {
  ask: Ask;
  login?: string;
  channel?: string | undefined;
  faults?: readonly FieldFault[];
}

/** Every way back in: a code to telephone or e-mail, ways with pages of their own, and the counter. */
export function RecoveryPage({ ask, login = "", channel = "sms", faults = [] }: RecoveryPageProps) {
  const { recovery, signIn } = words(ask.lang);
  const codeWays = ways.flatMap(({ name }) => codeWay(name) ?? []);
  const ownPages = ways.filter(({ how }) => how === "own_page");
  return (
    <Layout ask={ask} face="portal" title={recovery.title} back="/sign-in">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{recovery.title}</h1>
      <p>{recovery.lead}</p>
      <Form ask={ask} action="/account/recovery">
        <TextField
          name="login"
          label={signIn.login}
          hint={signIn.loginHint}
          value={login}
          error={textOf(faults, "login")}
          inputMode="numeric"
          autoComplete="username"
          width="number"
          maxLength={30}
        />
        <Radios
          name="channel"
          label={recovery.channel}
          options={codeWays.map((name) => ({ value: name, label: recovery[name] }))}
          value={channel}
          error={textOf(faults, "channel")}
        />
        <Button>{recovery.send}</Button>
      </Form>
      {ownPages.map(({ name, at = "" }) => (
        <p key={name}>
          <a href={at}>{recovery[name]}</a>
        </p>
      ))}
      <Notice kind="info" title={recovery.counterTitle}>
        <p>{recovery.counter}</p>
      </Notice>
      <ScamWarning ask={ask} />
    </Layout>
  );
}

export function RecoveryCodePage({ ask, faults = [] }: { ask: Ask; faults?: readonly FieldFault[] }) {
  const { recovery, change, rules } = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={recovery.codeTitle} back="/account/recovery">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{recovery.codeTitle}</h1>
      <p>{recovery.sent}</p>
      <Form ask={ask} action="/account/recovery/code">
        <TextField
          name="code"
          label={recovery.code}
          hint={recovery.codeHint}
          error={textOf(faults, "code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          width="number"
          maxLength={20}
        />
        <PasswordField
          name="newPassword"
          label={change.next}
          rules={rules}
          error={textOf(faults, "newPassword")}
          autoComplete="new-password"
        />
        <Button>{recovery.save}</Button>
      </Form>
      <Details summary={recovery.notCome}>
        <p>{recovery.notComeBody}</p>
        <p>
          <a href="/account/recovery">{recovery.again}</a>
        </p>
        <p>{recovery.counter}</p>
      </Details>
      <ScamWarning ask={ask} />
    </Layout>
  );
}

function ScamWarning({ ask }: { ask: Ask }) {
  const { signIn } = words(ask.lang);
  return (
    <Notice kind="warning" title={signIn.scamTitle}>
      <p>{signIn.scam}</p>
    </Notice>
  );
}
