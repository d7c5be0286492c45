import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { undrawnIn } from "../typeset/undrawn.ts";
import {
  Acts,
  Button,
  ButtonLink,
  CodeField,
  type FieldFault,
  Form,
  Notice,
  SummaryList,
  type SummaryRow,
  TextArea,
  TextField,
  Timeline,
  textOf,
  UndrawnNote,
} from "../ui/index.ts";
import { islandHref } from "../web/islands.ts";
import type { Ask } from "../web/route.ts";
import type { Fields } from "./rules.ts";
import { DRAWING, parseDrawing, pathOf } from "./rules-drawing.ts";
import type { Letter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import type { Receipt, Said } from "./store-receipts.ts";
import { words } from "./words.ts";

/** What addressees see of a letter, on the open page and at the desk of a unit. */
export const dayText = (iso: string, lang: Lang) => formatDay(plainDate(iso), lang);
export const kilobytes = (bytes: number, lang: Lang) =>
  Math.ceil(bytes / 1024).toLocaleString(lang === "vi" ? "vi-VN" : "en-GB");

export function headRows(letter: Letter, to: string | undefined, lang: Lang): SummaryRow[] {
  const said = words(lang).head;
  const { replaces, answerBy } = letter;
  return [
    { key: said.number, value: letter.number },
    { key: said.dated, value: dayText(letter.datedOn, lang) },
    { key: said.subject, value: letter.subject },
    { key: said.issuer, value: letter.issuer },
    { key: said.signedBy, value: letter.signedBy },
    ...(to ? [{ key: said.to, value: to }] : []),
    ...(replaces ? [{ key: said.replaces, value: said.of(replaces.number, dayText(replaces.datedOn, lang)) }] : []),
    ...(answerBy ? [{ key: said.answerBy, value: dayText(answerBy, lang) }] : []),
  ];
}

export function ReplacedNotice({ letter, lang }: { letter: Letter; lang: Lang }) {
  const said = words(lang).read;
  if (!letter.replacedBy) return null;
  const { number, datedOn } = letter.replacedBy;
  return (
    <Notice kind="warning" title={said.replaced}>
      <p>{said.replacedBy(number, dayText(datedOn, lang))}</p>
    </Notice>
  );
}

export function receiptRows(receipt: Receipt, lang: Lang): SummaryRow[] {
  const said = words(lang).receipt;
  return [
    { key: said.signer, value: `${receipt.signerName}, ${receipt.signerPosition}` },
    { key: said.place, value: receipt.place },
    { key: said.at, value: formatInstant(receipt.signedAt, lang) },
    { key: said.way, value: said.ways[receipt.way] },
    { key: said.digest, value: <span class="digest">{receipt.digest.toString("hex").match(/.{8}/g)?.join(" ")}</span> },
  ];
}

interface ReceiptProps {
  ask: Ask;
  receipt: Receipt;
  /** The strokes; empty where another way was taken. */
  drawing: string;
  pdfHref: string;
}

export function ReceiptPart({ ask, receipt, drawing, pdfHref }: ReceiptProps) {
  const said = words(ask.lang).receipt;
  const strokes = parseDrawing(drawing);
  const { width, height } = DRAWING;
  return (
    <>
      <Notice kind="good" title={said.done} />
      <UndrawnNote letters={undrawnIn(receipt.signerName, receipt.signerPosition, receipt.place)} />
      <SummaryList rows={receiptRows(receipt, ask.lang)} />
      {typeof strokes === "string" ? null : (
        <svg class="signature" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={said.drawing}>
          <path d={pathOf(strokes)} fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
        </svg>
      )}
      <ButtonLink kind="quiet" href={pdfHref}>
        {said.print}
      </ButtonLink>
    </>
  );
}

interface SignProps {
  ask: Ask;
  action: string;
  addressee: Addressee;
  /** As typed, or what is known of the place. */
  typed: Fields;
  /** A code is under way under this name. */
  codeId?: string | undefined;
  faults: readonly FieldFault[];
  /** Signed in at the desk of the unit: the account signs. */
  isAtDesk?: boolean | undefined;
}

/** Name, position, place; then one of the ways to sign. Nothing of it needs a script but drawing. */
export function SignPart(props: SignProps) {
  const { ask, action, typed, faults, isAtDesk } = props;
  const said = words(ask.lang).sign;
  return (
    <Form ask={ask} action={action} class="letter-sign">
      <h2>{said.title}</h2>
      <p>{said.lead}</p>
      <TextField
        name="signer"
        label={said.signer}
        value={typed.signer}
        error={textOf(faults, "signer")}
        autoComplete="name"
        maxLength={200}
      />
      <TextField
        name="position"
        label={said.position}
        hint={said.positionHint}
        value={typed.position}
        error={textOf(faults, "position")}
        autoComplete="organization-title"
        maxLength={200}
      />
      <TextField
        name="place"
        label={said.place}
        hint={said.placeHint}
        value={typed.place}
        error={textOf(faults, "place")}
        maxLength={200}
      />
      <p class="hint">{said.once}</p>
      {isAtDesk ? (
        <Button name="act" value="account">
          {said.actAccount}
        </Button>
      ) : (
        <CodeWay {...props} />
      )}
      <DrawWay {...props} />
    </Form>
  );
}

function CodeWay({ ask, addressee: { phone, email }, codeId, faults }: SignProps) {
  const said = words(ask.lang).sign;
  if (!phone && !email) return null;
  const send = (
    <Acts>
      {phone ? (
        <Button kind={codeId ? "quiet" : "main"} name="act" value="send_sms">
          {said.sendSms(`…${phone.slice(-3)}`)}
        </Button>
      ) : null}
      {email ? (
        <Button kind={codeId || phone ? "quiet" : "main"} name="act" value="send_email">
          {said.sendEmail(maskEmail(email))}
        </Button>
      ) : null}
    </Acts>
  );
  return (
    <section>
      <h3>{said.byCode}</h3>
      {codeId ? (
        <>
          <input type="hidden" name="code_id" value={codeId} />
          <CodeField name="code" label={said.code} hint={said.codeHint} error={textOf(faults, "code")} />
          <Button name="act" value="code">
            {said.act}
          </Button>
        </>
      ) : (
        <p>{said.byCodeLead}</p>
      )}
      {send}
    </section>
  );
}

function DrawWay({ ask, typed, faults }: SignProps) {
  const said = words(ask.lang).sign;
  const error = textOf(faults, "drawing");
  return (
    <>
      <section id="draw" class="draw" hidden>
        <h3>{said.drawn}</h3>
        <p>{said.drawnLead}</p>
        {error ? <p class="error">{error}</p> : null}
        <canvas id="drawing" width={DRAWING.width} height={DRAWING.height} role="img" aria-label={said.drawnField} />
        <input type="hidden" name="drawing" value={typed.drawing ?? ""} />
        <Acts>
          <Button kind="quiet" name="act" value="drawn">
            {said.actDrawn}
          </Button>
          <button type="button" class="button quiet" data-clear>
            {said.clear}
          </button>
        </Acts>
      </section>
      <script type="module" src={islandHref("sign")} />
    </>
  );
}

/** c•••@example.vn: enough to know where to look. */
function maskEmail(email: string): string {
  const [name = "", domain = ""] = email.split("@");
  return `${name.slice(0, 1)}•••@${domain}`;
}

interface TalkProps {
  ask: Ask;
  said: readonly Said[];
  names?: ReadonlyMap<string, string> | undefined;
}

export function TalkLines({ ask, said: lines, names }: TalkProps) {
  const said = words(ask.lang).talk;
  return (
    <Timeline
      items={lines.map(({ isAnswer, says, at, staffId }) => ({
        title: isAnswer ? said.answered : said.asked,
        when: [formatInstant(at, ask.lang), names?.get(staffId ?? "")].filter(Boolean).join(" · "),
        body: <p class="says">{says}</p>,
        state: "done",
      }))}
    />
  );
}

export function AskPart({
  ask,
  action,
  said: lines,
  faults,
}: TalkProps & { action: string; faults: readonly FieldFault[] }) {
  const said = words(ask.lang).talk;
  return (
    <>
      <h2>{said.title}</h2>
      {lines.length > 0 ? <TalkLines ask={ask} said={lines} /> : <p>{said.lead}</p>}
      <Form ask={ask} action={action}>
        <TextArea
          name="question"
          label={said.question}
          value={ask.form.question}
          error={textOf(faults, "question")}
          rows={3}
        />
        <Button kind="quiet">{said.act}</Button>
      </Form>
    </>
  );
}
