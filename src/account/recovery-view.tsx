import type { CodeBudget } from "../codes/rules.ts";
import { words as codeWords } from "../codes/words.ts";
import {
  Button,
  CodeField,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Panel,
  PasswordField,
  Radios,
  ScamWarning,
  TextField,
  TickList,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { codeWay, ways } from "./rules-ways.ts";
import { words } from "./words.ts";
import { recoveryWords } from "./words-recovery.ts";

interface RecoveryPageProps {
  ask: Ask;
  login?: string;
  channel?: string | undefined;
  faults?: readonly FieldFault[];
}

/** Every way back in: a code to telephone or e-mail, ways with pages of their own, and the counter. */
export function RecoveryPage({ ask, login = "", channel = "sms", faults = [] }: RecoveryPageProps) {
  const recovery = recoveryWords(ask.lang);
  const said = words(ask.lang).signIn;
  const codeWays = ways.flatMap(({ name }) => codeWay(name) ?? []);
  const ownPages = ways.filter((way) => way.how === "own_page");
  return (
    <Layout ask={ask} face="portal" title={recovery.title} back="/sign-in">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{recovery.title}</h1>
      <p>{recovery.lead}</p>
      <Form ask={ask} action="/account/recovery">
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
        <Radios
          name="channel"
          label={recovery.channel}
          options={codeWays.map((name) => ({ value: name, label: recovery[name] }))}
          value={channel}
          error={textOf(faults, "channel")}
        />
        <Button>{recovery.send}</Button>
      </Form>
      <h2>{recovery.others}</h2>
      <ul>
        {ownPages.map(({ name, at }) => (
          <li key={name}>
            <a href={at}>{recovery[name]}</a>
          </li>
        ))}
        {ask.house.settings.eid ? (
          <li>
            <a href={`/sign-in/eid?next=${encodeURIComponent("/account/password")}`}>{recovery.eid}</a>
          </li>
        ) : null}
      </ul>
      <Panel title={recovery.counterTitle}>
        <p>{recovery.counter}</p>
        <TickList items={recovery.counterSteps} />
      </Panel>
      <ScamWarning />
    </Layout>
  );
}

interface CodePageProps {
  ask: Ask;
  /** How many codes are sent at most. */
  most: CodeBudget;
  faults: readonly FieldFault[];
}

export function RecoveryCodePage({ ask, most, faults }: CodePageProps) {
  const recovery = recoveryWords(ask.lang);
  const { change, rules } = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={recovery.codeTitle} back="/account/recovery">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{recovery.codeTitle}</h1>
      <p>{recovery.sent}</p>
      <Form ask={ask} action="/account/recovery/code">
        <CodeField
          name="code"
          label={recovery.code}
          hint={recovery.codeHint}
          value={textOf(faults, "code") ? undefined : ask.form.code}
          error={textOf(faults, "code")}
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
        <p>
          {recovery.notComeBody} {codeWords(ask.lang).most(most)}
        </p>
        <p>
          <a href="/account/recovery">{recovery.again}</a>
        </p>
        <p>{recovery.counter}</p>
      </Details>
      <ScamWarning />
    </Layout>
  );
}
