import type { Fault } from "../kernel/outcome.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  Form,
  Hotline,
  Layout,
  Notice,
  TextField,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { PaperFields } from "./paper-fields.tsx";
import { errorOf } from "./question-frame.tsx";
import style from "./registration.css?inline";
import { boxesOf, type Fields } from "./rules-parse.ts";
import { words } from "./words.ts";
import { faultText } from "./words-faults.ts";
import { findNumberWords } from "./words-find-number.ts";

interface FindNumberProps {
  ask: Ask;
  fields: Fields;
  faults: readonly Fault[];
}

/** Three things that only the person has at hand together. */
export function FindNumberPage(props: FindNumberProps) {
  const { ask, fields, faults } = props;
  const said = findNumberWords(ask.lang);
  const { name, birth } = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back="/">
      <ErrorSummary
        ask={ask}
        faults={faults.map((fault) => ({ field: fault.field, text: faultText(fault, ask.lang) }))}
      />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/insurance-number">
        <TextField
          name="full_name"
          label={name.full}
          hint={name.fullHint}
          value={fields.full_name}
          error={errorOf(props, "full_name")}
          autoComplete="off"
          spellcheck={false}
        />
        <DateField
          name="birth"
          label={birth.title}
          hint={birth.yearOnly}
          value={boxesOf("birth", fields)}
          error={errorOf(props, "birth")}
        />
        <PaperFields {...props} />
        <Button>{said.act}</Button>
      </Form>
      <p class="hint">{said.counter}</p>
    </Layout>
  );
}

/** One answer for everybody: known, unknown, without a phone, asked too often. */
export function NumberSentPage({ ask, isDeclaring }: { ask: Ask; isDeclaring: boolean }) {
  const said = findNumberWords(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.sentTitle} styles={[style]} back="/insurance-number">
      <h1>{said.sentTitle}</h1>
      <Notice kind="info">
        <p>{said.sent}</p>
        <p>{said.sentWhy}</p>
      </Notice>
      <h2>{said.notComeTitle}</h2>
      <p>{said.notCome}</p>
      <p>{isDeclaring ? said.goOnHint : said.counter}</p>
      <Acts>
        <ButtonLink href={isDeclaring ? "/register/insurance" : "/"}>{isDeclaring ? said.goOn : said.home}</ButtonLink>
      </Acts>
      <p>
        {said.call} <Hotline />
      </p>
    </Layout>
  );
}
