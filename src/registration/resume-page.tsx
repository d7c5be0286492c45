import type { Fault } from "../kernel/outcome.ts";
import { Acts, Button, ButtonLink, DateField, ErrorSummary, Form, Layout, Notice, TextField } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./registration.css?inline";
import { boxesOf, type Fields } from "./rules-parse.ts";
import { deletionWords } from "./words-deletion.ts";
import { faultText } from "./words-faults.ts";
import { receiptWords } from "./words-receipt.ts";

interface ResumeProps {
  ask: Ask;
  fields: Fields;
  faults: readonly Fault[];
}

/** Two fields, from any device. */
export function ResumePage({ ask, fields, faults }: ResumeProps) {
  const said = receiptWords(ask.lang).resume;
  const fault = faults[0] && faultText(faults[0], ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back="/">
      <ErrorSummary ask={ask} faults={fault ? [{ field: "code", text: fault }] : []} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/register/resume">
        <TextField
          name="code"
          label={said.code}
          hint={said.codeHint}
          value={fields.code}
          error={fault}
          width="number"
          autoComplete="off"
          spellcheck={false}
        />
        <DateField name="birth" label={said.birth} hint={said.birthHint} value={boxesOf("birth", fields)} />
        <Button>{said.act}</Button>
      </Form>
      {faults.some(({ key }) => key === "answers_gone") ? (
        <ButtonLink href="/register">{receiptWords(ask.lang).track.anew}</ButtonLink>
      ) : null}
      <p class="hint">{said.lost}</p>
      <p class="hint">{deletionWords(ask.lang).elsewhere}</p>
    </Layout>
  );
}

/** An interruption: says what will happen before it happens. */
export function WithdrawalPage({ ask, code }: { ask: Ask; code: string }) {
  const said = receiptWords(ask.lang).withdrawal;
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back="/register/receipt">
      <h1>{said.title}</h1>
      <Notice kind="warning">
        <p>{said.body(code)}</p>
        <p>{said.keep}</p>
      </Notice>
      <Form ask={ask} action="/register/withdrawal">
        <Acts>
          <Button kind="danger">{said.yes}</Button>
          <ButtonLink href="/register/receipt" kind="quiet">
            {said.no}
          </ButtonLink>
        </Acts>
      </Form>
    </Layout>
  );
}
