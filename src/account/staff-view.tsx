import {
  Button,
  CodeField,
  ErrorSummary,
  type FieldFault,
  Form,
  HeldUp,
  Layout,
  PasswordField,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Hindrance } from "./hindrance.ts";
import { staffWords } from "./words-staff.ts";

interface StaffSignInPageProps {
  ask: Ask;
  username?: string;
  next: string;
  /** What was typed elsewhere before the session ended, and waits. */
  waiting?: string | undefined;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
}

export function StaffSignInPage({ ask, username = "", next, waiting, faults = [], hindrance }: StaffSignInPageProps) {
  const said = staffWords(ask.lang).staff;
  return (
    <Layout ask={ask} face="console" title={said.title}>
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/console/sign-in">
        <input type="hidden" name="next" value={next} />
        {waiting ? <input type="hidden" name="kept" value={waiting} /> : null}
        <TextField
          name="username"
          label={said.username}
          value={username}
          error={textOf(faults, "username")}
          autoComplete="username"
          width="half"
          maxLength={32}
        />
        <PasswordField
          name="password"
          label={said.password}
          error={textOf(faults, "password")}
          autoComplete="current-password"
        />
        <CodeField name="code" label={said.code} hint={said.codeHint} error={textOf(faults, "code")} hasLetters />
        <Button>{said.enter}</Button>
      </Form>
      <p>{said.help}</p>
    </Layout>
  );
}
