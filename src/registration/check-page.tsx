import { dayOf } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import { undrawnIn } from "../typeset/undrawn.ts";
import { Button, ErrorSummary, Form, Layout, Notice, SummaryList, type SummaryRow, UndrawnNote } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { issuedText, paperText, unbroken, whoText } from "./answers-text.ts";
import { Consent } from "./consent-view.tsx";
import { DeletionLink } from "./deletion-pages.tsx";
import { PhotosLink } from "./photos/photos-link.tsx";
import { addressOf, LeaveForm } from "./question-frame.tsx";
import style from "./registration.css?inline";
import { addressLine, birthText, type CompleteAnswers, type Question } from "./rules-answers.ts";
import { doubtsOf } from "./rules-doubts.ts";
import type { PhotoRule } from "./rules-paper-policies.ts";
import type { Declaration } from "./store.ts";
import { words } from "./words.ts";
import { contactWords } from "./words-contact.ts";
import { faultText } from "./words-faults.ts";

interface CheckProps {
  ask: Ask;
  file: Declaration;
  answers: CompleteAnswers;
  officeName: string;
  photos: PhotoRule;
  faults: readonly Fault[];
}

/** Everything that was answered, each with a way to change it; nothing is done before the button. */
export function CheckPage(props: CheckProps) {
  const { ask, file, answers, photos, faults } = props;
  const said = words(ask.lang);
  const { check } = said;
  const doubts = doubtsOf(answers, dayOf(ask.now).toString());
  return (
    <Layout ask={ask} face="portal" title={check.title} styles={[style]} back={addressOf("office")}>
      <ErrorSummary
        ask={ask}
        faults={faults.map((fault) => ({ field: fault.field, text: faultText(fault, ask.lang) }))}
      />
      <h1>{check.title}</h1>
      <p>{check.lead}</p>
      <SummaryList rows={rowsOf(props)} />
      <PhotosLink ask={ask} rule={photos} />
      {doubts.length > 0 ? (
        <Notice kind="warning" title={check.doubtsTitle}>
          <ul>
            {doubts.map((doubt) => (
              <li key={doubt}>{check.doubts[doubt]}</li>
            ))}
          </ul>
          <p>{check.doubtsLast}</p>
        </Notice>
      ) : null}
      <UndrawnNote letters={undrawnIn(...typedTexts(answers))} />
      {answers.who.forWhom === "helped" ? <Consent ask={ask} file={file} answers={answers} faults={faults} /> : null}
      <Form ask={ask} action="/register/confirmation">
        <p>{check.warning}</p>
        <p class="hint">
          {check.notice} <a href="/privacy">{check.noticeLink}</a>
        </p>
        <Button>
          {answers.who.forWhom === "helped" && !file.consent
            ? contactWords(ask.lang).consent.confirmOnPaper
            : check.confirm}
        </Button>
      </Form>
      <div class="leave">
        <p class="hint">{said.codeNote(file.code)}</p>
        <LeaveForm ask={ask} />
        <DeletionLink ask={ask} />
      </div>
    </Layout>
  );
}

/** What form 01 prints in the person's own words. */
function typedTexts({ who, paper, name, address }: CompleteAnswers): string[] {
  const texts = [name.full, who.declarer, who.declarerAs, paper.issuedBy, paper.country, addressLine(address)];
  return texts.flatMap((text) => text ?? []);
}

/** `field` is the box that a fault of the confirmation names: its summary line leads to this row. */
function rowsOf({ ask: { lang }, file, answers, officeName }: CheckProps): SummaryRow[] {
  const { state, email: emailWords } = contactWords(lang);
  const proof = (provedAt: Date | null) => (provedAt ? state.proved : state.unproved);
  const said = words(lang);
  const { rows, change, notGiven } = said.check;
  const { who, paper, name, birth, insurance, phone, email, address, office } = answers;
  const row = (key: string, question: Question, text: string, field: string): SummaryRow => ({
    key,
    value: <span id={field}>{text}</span>,
    change: { href: addressOf(question), label: change },
  });
  return [
    row(rows.who, "who", whoText(who, lang), "for_whom"),
    row(rows.paper, "paper", paperText(paper, lang), "paper_number"),
    row(rows.issued, "paper", issuedText(paper, lang) || notGiven, "issued"),
    row(rows.name, "name", name.full, "full_name"),
    row(rows.sex, "name", said.name.sexes[name.sex], "sex"),
    row(rows.birth, "birth", birthText(birth, lang), "birth"),
    row(
      rows.insurance,
      "insurance",
      insurance.number ? unbroken(insurance.number) : said.insurance.unknownValue,
      "insurance_number",
    ),
    row(rows.phone, "phone", `${unbroken(phone.number)} (${proof(file.phoneProvedAt)})`, "phone"),
    row(
      rows.email,
      "email",
      email.address ? `${email.address} (${proof(file.emailProvedAt)})` : emailWords.none,
      "email",
    ),
    row(rows.address, "address", addressLine(address), "commune"),
    row(rows.office, "office", officeName, "office"),
    ...(office.method ? [row(rows.method, "office", office.method.name, "submission_method")] : []),
  ];
}
