import { formatMoment } from "../kernel/calendar.ts";
import {
  Acts,
  Button,
  ButtonLink,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Hotline,
  Layout,
  Notice,
  Panel,
  ScamWarning,
  Select,
  TextArea,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { type Category, SAYS_AT_MOST } from "./rules-ticket.ts";
import type { AnswerVersion } from "./store-answers.ts";
import type { Ticket } from "./store-ticket.ts";
import { words } from "./words-help.ts";

export interface HelpProps {
  ask: Ask;
  /** Public ones of the library, those that fit the search first. */
  answers: readonly AnswerVersion[];
  searched: string | undefined;
  /** The hotline's working hours, as a ready text. */
  hours: string;
  categories: readonly Category[];
  faults: readonly FieldFault[];
  /** What was just reported. */
  sent?: { code: string; answerBy: Date | undefined } | undefined;
  /** A request that was asked for with its code. */
  found?: Ticket | undefined;
}

/** Questions by subject, then a person: by telephone, at the counter, or by a note that is answered. */
export function HelpPage(props: HelpProps) {
  const { ask, faults } = props;
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <Sent {...props} />
      <Found {...props} />
      <p class="lead">{said.lead}</p>
      <Search {...props} />
      <Questions {...props} />
      <p>
        <a href="/guides">{said.guides}</a>
      </p>
      <Acts>
        <ButtonLink href="/register/resume">{said.track}</ButtonLink>
        <ButtonLink href="/account/recovery" kind="quiet">
          {said.recover}
        </ButtonLink>
      </Acts>
      <Panel title={said.callTitle} tone="tinted">
        <p>
          <Hotline />
        </p>
        <p>{said.hours(props.hours)}</p>
        <p>{said.callBody}</p>
      </Panel>
      <Panel title={said.visitTitle}>
        <p>{said.visitBody}</p>
        <p>
          <a href="/find">{said.find}</a>
        </p>
      </Panel>
      <ScamWarning />
      <ReportForm {...props} />
      <RequestForm {...props} />
      <p>
        <a href="/letter">{said.letters}</a>
      </p>
      <p>
        <a href="/check-paper">{said.checkPaper}</a>
      </p>
    </Layout>
  );
}

function Search({ ask, answers, searched }: HelpProps) {
  const said = words(ask.lang).search;
  return (
    <Panel>
      <form method="get" action="/help" class="form">
        <TextField name="q" label={said.label} hint={said.hint} value={searched} type="search" autoComplete="off" />
        <Button kind="quiet">{said.find}</Button>
        {searched ? (
          <p role="status">
            {answers.length > 0 ? said.found(answers.length) : said.none} <a href="/help">{said.all}</a>
          </p>
        ) : null}
      </form>
    </Panel>
  );
}

/** By subject; what was searched for in the order in which it fits. The library's answers take the place of ours. */
function Questions({ ask, answers, searched, categories }: HelpProps) {
  const { lang } = ask;
  if (answers.length === 0 && searched) return null;
  if (answers.length === 0) {
    return (
      <>
        {words(lang).questions.map(([question, answer]) => (
          <Details key={question} summary={question}>
            <p>{answer}</p>
          </Details>
        ))}
      </>
    );
  }
  if (searched) return <Folded lang={lang} answers={answers} />;
  return (
    <>
      {categories.map(({ code, name }) => {
        const own = answers.filter(({ category }) => category === code);
        if (own.length === 0) return null;
        return (
          <section key={code}>
            <h2>{name[lang]}</h2>
            <Folded lang={lang} answers={own} />
          </section>
        );
      })}
    </>
  );
}

function Folded({ lang, answers }: { lang: "vi" | "en"; answers: readonly AnswerVersion[] }) {
  return (
    <>
      {answers.map((answer) => (
        <Details key={answer.key} summary={lang === "vi" ? answer.questionVi : answer.questionEn}>
          <p>{lang === "vi" ? answer.bodyVi : answer.bodyEn}</p>
        </Details>
      ))}
    </>
  );
}

function Sent({ ask, sent }: HelpProps) {
  if (!sent) return null;
  const said = words(ask.lang).report;
  return (
    <Notice kind="good" title={said.sentTitle}>
      <p>{said.sent(sent.code)}</p>
      {sent.answerBy ? <p>{said.by(formatMoment(sent.answerBy, ask.now, ask.lang))}</p> : null}
    </Notice>
  );
}

function Found({ ask, found }: HelpProps) {
  if (!found) return null;
  const said = words(ask.lang).request;
  return (
    <Notice kind="info" title={said.found(found.code)}>
      <p>
        {said.states[found.state]}{" "}
        {found.state === "open" && found.answerBy ? said.by(formatMoment(found.answerBy, ask.now, ask.lang)) : null}
      </p>
      {found.answer ? <p>{found.answer}</p> : null}
    </Notice>
  );
}

function ReportForm({ ask, categories, faults }: HelpProps) {
  const { form, lang } = ask;
  const said = words(lang).report;
  return (
    <div id="report">
      <Panel title={said.title}>
        <p>{said.lead}</p>
        <Form ask={ask} action="/help/report">
          <TextField
            name="name"
            label={said.name}
            value={form.name}
            error={textOf(faults, "name")}
            autoComplete="name"
            maxLength={100}
          />
          <TextField
            name="contact"
            label={said.contact}
            hint={said.contactHint}
            value={form.contact}
            error={textOf(faults, "contact")}
            autoComplete="tel"
          />
          <Select
            name="category"
            label={said.category}
            options={categories.map(({ code, name }) => ({ value: code, label: name[lang] }))}
            value={form.category}
            error={textOf(faults, "category")}
          />
          <TextArea
            name="says"
            label={said.says}
            hint={said.saysHint}
            value={form.says}
            error={textOf(faults, "says")}
            maxLength={SAYS_AT_MOST}
          />
          <Button>{said.send}</Button>
        </Form>
      </Panel>
    </div>
  );
}

function RequestForm({ ask, faults }: HelpProps) {
  const said = words(ask.lang).request;
  return (
    <div id="request">
      <Panel title={said.title}>
        <Form ask={ask} action="/help/request">
          <TextField
            name="code"
            label={said.code}
            hint={said.codeHint}
            value={ask.form.code}
            error={textOf(faults, "code")}
            width="half"
            autoComplete="off"
          />
          <TextField name="ending" label={said.ending} value={ask.form.ending} width="half" autoComplete="off" />
          <Button kind="quiet">{said.see}</Button>
        </Form>
      </Panel>
    </div>
  );
}
