import {
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  SummaryList,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Entered } from "./entry.ts";
import styles from "./letters.css?inline";
import { AskPart, headRows, kilobytes, ReceiptPart, ReplacedNotice, receiptRows, SignPart } from "./parts.tsx";
import type { Fields } from "./rules.ts";
import type { Letter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import type { Receipt, Said } from "./store-receipts.ts";
import { words } from "./words.ts";

interface EnterProps {
  ask: Ask;
  faults?: readonly FieldFault[];
  checked?: Extract<Entered, { kind: "receipt" }> | undefined;
}

/** Open to everybody: one box for the code of a letter or of a printed receipt. */
export function EnterPage({ ask, faults = [], checked }: EnterProps) {
  const said = words(ask.lang).enter;
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/help" styles={[styles]}>
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      {checked ? (
        <Checked ask={ask} checked={checked} />
      ) : (
        <>
          <p class="lead">{said.lead}</p>
          <Form ask={ask} action="/letter">
            <TextField
              name="key"
              label={said.key}
              hint={said.keyHint}
              value={ask.form.key}
              error={textOf(faults, "key")}
              autoComplete="off"
              maxLength={60}
            />
            <Button>{said.act}</Button>
          </Form>
          <p class="hint">{said.lost}</p>
          <p class="hint">{said.receipts}</p>
        </>
      )}
    </Layout>
  );
}

function Checked({ ask, checked }: { ask: Ask; checked: NonNullable<EnterProps["checked"]> }) {
  const { lang } = ask;
  const said = words(lang).checked;
  const { letter, addressee, receipt, isUnchanged } = checked;
  return (
    <>
      <div role="status">
        <Notice kind={isUnchanged ? "good" : "danger"} title={isUnchanged ? said.good : said.bad}>
          <p>{said.compare}</p>
        </Notice>
      </div>
      <SummaryList rows={[...headRows(letter, addressee.name, lang), ...receiptRows(receipt, lang)]} />
      <ButtonLink kind="quiet" href="/letter">
        {said.again}
      </ButtonLink>
    </>
  );
}

export interface ReadProps {
  ask: Ask;
  letter: Letter;
  addressee: Addressee;
  receipt: Receipt | undefined;
  drawing: string;
  talk: readonly Said[];
  typed: Fields;
  codeId?: string | undefined;
  faults: readonly FieldFault[];
}

/** The letter in its addressee's hands: its head, the PDF, the receipt, questions. */
export function ReadPage(props: ReadProps) {
  const { ask, letter, addressee, receipt, drawing, talk, faults, codeId } = props;
  const { lang } = ask;
  const said = words(lang);
  const isCodeNew = codeId !== undefined && faults.length === 0;
  return (
    <Layout ask={ask} face="portal" title={said.read.title(letter.number)} styles={[styles]}>
      <ErrorSummary faults={faults} ask={ask} />
      {isCodeNew ? (
        <div role="status">
          <Notice kind="info">
            <p>{said.sign.sent}</p>
          </Notice>
        </div>
      ) : null}
      <h1>{said.read.title(letter.number)}</h1>
      <ReplacedNotice letter={letter} lang={lang} />
      <SummaryList rows={headRows(letter, addressee.name, lang)} />
      <ButtonLink kind={receipt ? "quiet" : "main"} href="/letter/letter.pdf">
        {said.read.open}
      </ButtonLink>
      <p class="hint pdf-size">{said.read.size(kilobytes(letter.pdfBytes, lang))}</p>
      {receipt ? <ReceiptPart {...{ ask, receipt, drawing }} pdfHref="/letter/receipt.pdf" /> : null}
      {receipt || letter.replacedBy ? null : <SignPart {...props} action="/letter/receipt" />}
      <AskPart ask={ask} action="/letter/question" said={talk} faults={faults} />
      <Form ask={ask} action="/letter/leave">
        <button type="submit" class="plain-button">
          {said.read.leave}
        </button>
      </Form>
    </Layout>
  );
}
