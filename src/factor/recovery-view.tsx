import type { Hindrance } from "../account/hindrance.ts";
import { words as accountWords } from "../account/words.ts";
import { recoveryWords } from "../account/words-recovery.ts";
import {
  Button,
  CodeField,
  Details,
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
import type { RelyingParty } from "./rules.ts";
import { words } from "./words.ts";

interface TotpRecoveryProps {
  ask: Ask;
  faults?: readonly FieldFault[];
  hindrance?: Hindrance | undefined;
}

/** The new password comes first: while it is thought of, the digits would change. */
export function TotpRecoveryPage({ ask, faults = [], hindrance }: TotpRecoveryProps) {
  const said = words(ask.lang).recovery;
  const { signIn, change, rules } = accountWords(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.totpTitle} back="/account/recovery">
      <ErrorSummary faults={faults} ask={ask} />
      {hindrance ? <HeldUp {...hindrance} /> : null}
      <h1>{said.totpTitle}</h1>
      <p>{said.totpLead}</p>
      <Form ask={ask} action="/account/recovery/authenticator">
        <TextField
          name="login"
          label={signIn.login}
          hint={signIn.loginHint}
          value={ask.form.login}
          error={textOf(faults, "login")}
          inputMode="numeric"
          autoComplete="username"
          width="number"
          maxLength={30}
        />
        <PasswordField
          name="newPassword"
          label={change.next}
          rules={rules}
          error={textOf(faults, "newPassword")}
          autoComplete="new-password"
        />
        <CodeField
          name="code"
          label={said.code}
          hint={said.codeHint}
          value={ask.form.code}
          error={textOf(faults, "code")}
          hasLetters
        />
        <CodeField
          name="nextCode"
          label={said.nextCode}
          hint={said.nextHint}
          value={ask.form.nextCode}
          error={textOf(faults, "nextCode")}
        />
        <Button>{recoveryWords(ask.lang).save}</Button>
      </Form>
      <OtherWay ask={ask} />
      <ScamWarning />
    </Layout>
  );
}

interface PasskeyRecoveryProps {
  ask: Ask;
  party: RelyingParty | undefined;
  /** The page stands at the address to which passkeys belong. */
  isHere: boolean;
}

/** Whoever signs in by fingerprint or face needs no password to set a new one. */
export function PasskeyRecoveryPage({ ask, party, isHere }: PasskeyRecoveryProps) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.recovery.passkeyTitle} back="/account/recovery">
      <h1>{said.recovery.passkeyTitle}</h1>
      <p>{said.recovery.passkeyLead}</p>
      {party && isHere ? (
        <PasskeyForm
          ask={ask}
          action="/sign-in/passkey"
          options="/sign-in/passkey/options"
          act="get"
          label={said.add.button}
          without={said.recovery.passkeyWithout}
          isMain
        >
          <input type="hidden" name="next" value="/account/password" />
        </PasskeyForm>
      ) : (
        <Notice kind="info">
          <p>{party ? said.add.elsewhere : said.add.impossible}</p>
          {party ? (
            <p>
              <a href={`${party.origin}/account/recovery/passkey`}>{said.add.elsewhereOpen(party.origin)}</a>
            </p>
          ) : null}
        </Notice>
      )}
      <OtherWay ask={ask} />
      <ScamWarning />
    </Layout>
  );
}

function OtherWay({ ask }: { ask: Ask }) {
  const said = words(ask.lang).recovery;
  return (
    <Details summary={said.lost}>
      <p>
        <a href="/account/recovery">{said.others}</a>
      </p>
    </Details>
  );
}
