import type { Staff } from "../kernel/actor.ts";
import { undrawnIn } from "../typeset/undrawn.ts";
import {
  Button,
  Checkboxes,
  DataTable,
  DateField,
  type FieldFault,
  FileField,
  Form,
  Select,
  TextArea,
  TextField,
  textOf,
  UndrawnNote,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { headMark } from "./marks.ts";
import { dayText, kilobytes } from "./parts.tsx";
import { byGroup, type Fields, NUMBER_SIGNS, UNIT_KINDS, type UnitInSight } from "./rules.ts";
import type { Letter, ListedLetter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import { deskWords } from "./words-desk.ts";

export interface LetterDesk {
  ask: Ask;
  staff: Staff;
  officeName: string | undefined;
}

export const lettersHref = "/console/letters";
export const letterHref = (id: string, rest = "") => `${lettersHref}/${id}${rest}`;

export interface HeadProps {
  ask: Ask;
  typed: Fields;
  faults: readonly FieldFault[];
  /** Bytes of the PDF that is kept already. */
  pdfBytes?: number | undefined;
  /** Letters of one's own that may be replaced. */
  sent: readonly Pick<ListedLetter, "id" | "number" | "datedOn">[];
}

/** A letter that is not kept yet: its head alone. */
export function NewLetter(props: HeadProps) {
  return (
    <Form ask={props.ask} action={lettersHref} multipart>
      <HeadBoxes {...props} />
    </Form>
  );
}

/** The boxes of a letter's head and its PDF, for a new letter and for a draft. */
function HeadBoxes({ ask, typed, faults, pdfBytes, sent }: HeadProps) {
  const { lang } = ask;
  const said = deskWords(lang).head;
  const box = (name: string) => ({ name, value: typed[name], error: textOf(faults, name) });
  const date = (name: string) => ({
    name,
    value: { day: typed[`${name}_day`], month: typed[`${name}_month`], year: typed[`${name}_year`] },
    error: textOf(faults, name),
  });
  return (
    <>
      <TextField {...box("number")} label={said.number} hint={said.numberHint} width="half" maxLength={NUMBER_SIGNS} />
      <DateField {...date("dated")} label={said.dated} />
      <TextArea {...box("subject")} label={said.subject} rows={2} maxLength={300} />
      <TextField {...box("issuer")} label={said.issuer} maxLength={200} />
      <TextField {...box("signed_by")} label={said.signedBy} maxLength={200} />
      <FileField
        name="pdf"
        label={said.pdf}
        hint={pdfBytes ? said.pdfKept(kilobytes(pdfBytes, lang)) : said.pdfHint}
        error={textOf(faults, "pdf")}
        accept="application/pdf,.pdf"
      />
      {typed.keeps_signed || textOf(faults, "pdf") === deskWords(lang).faults.pdf_signed ? (
        <Checkboxes
          name="keeps_signed"
          label={said.signed}
          options={[{ value: "yes", label: said.keepsSigned }]}
          values={typed.keeps_signed ? ["yes"] : []}
        />
      ) : null}
      <DateField {...date("answer")} label={said.answer} optional />
      <TextField {...box("reply_email")} label={said.replyEmail} type="email" width="half" optional />
      {sent.length > 0 ? (
        <Select
          {...box("replaces")}
          label={said.replaces}
          placeholder={said.noReplaces}
          options={sent.map(({ id, number, datedOn }) => ({
            value: id,
            label: deskWords(lang).dated(number, dayText(datedOn, lang)),
          }))}
        />
      ) : null}
      <Select
        name="lang"
        label={said.lang}
        value={typed.lang ?? "vi"}
        options={(["vi", "en"] as const).map((one) => ({ value: one, label: said.langs[one] }))}
      />
      <Button>{said.act}</Button>
    </>
  );
}

/** The boxes as they were filled in, of a draft that is kept. */
export function typedOf(letter: Letter): Fields {
  const boxes = (name: string, iso: string | null) => {
    const [year, month, day] = (iso ?? "").split("-");
    return {
      [`${name}_day`]: day ? String(Number(day)) : "",
      [`${name}_month`]: month ? String(Number(month)) : "",
      [`${name}_year`]: year ?? "",
    };
  };
  return {
    number: letter.number,
    subject: letter.subject,
    issuer: letter.issuer,
    signed_by: letter.signedBy,
    lang: letter.lang,
    reply_email: letter.replyEmail ?? "",
    replaces: letter.replacesId ?? "",
    ...boxes("dated", letter.datedOn),
    ...boxes("answer", letter.answerBy),
  };
}

interface DraftProps extends Omit<HeadProps, "pdfBytes"> {
  letter: Letter;
  addressees: readonly Addressee[];
  units: readonly UnitInSight[];
  /** The kinds that were ticked. */
  kinds: readonly string[];
}

/**
 * A draft is one form: whichever button is pressed, all that was typed travels with it. The first button is the one
 * that saves, so that the Enter key never sends.
 */
export function DraftParts({ ask, letter, addressees, units, typed, kinds, faults, sent }: DraftProps) {
  const said = deskWords(ask.lang);
  const count = addressees.length;
  const { subject, issuer, signedBy } = letter;
  return (
    <>
      <UndrawnNote letters={undrawnIn(subject, issuer, signedBy, ...addressees.map(({ name }) => name))} />
      <Form ask={ask} action={letterHref(letter.id, "/head")} class="letter-draft" multipart>
        <input type="hidden" name="shown" value={typed.shown ?? headMark(letter)} />
        <h2>{said.head.title}</h2>
        <HeadBoxes {...{ ask, faults, sent }} typed={{ ...typedOf(letter), ...typed }} pdfBytes={letter.pdfBytes} />
        <h2>{said.group.title}</h2>
        <DraftList ask={ask} letter={letter} addressees={addressees} />
        <GroupBoxes {...{ ask, letter, units, typed, kinds, faults }} />
        <h2>{said.send.title}</h2>
        {count > 0 ? (
          <>
            <p>{said.send.lead}</p>
            <Button formAction={letterHref(letter.id, "/sending")}>{said.send.act(count)}</Button>
          </>
        ) : (
          <p>{said.send.needs}</p>
        )}
      </Form>
    </>
  );
}

function DraftList({ ask, letter, addressees }: Pick<DraftProps, "ask" | "letter" | "addressees">) {
  const said = deskWords(ask.lang).group;
  return (
    <DataTable
      caption={said.list(addressees.length)}
      rows={byGroup(addressees)}
      rowKey={({ addresseeId }) => addresseeId}
      empty={<p>{said.none}</p>}
      columns={[
        { head: said.columns.name, isMain: true, cell: ({ name }) => name },
        { head: said.columns.group, cell: ({ groupName }) => groupName },
        {
          head: said.columns.contact,
          cell: ({ email, phone }) => [email, phone].filter(Boolean).join(", ") || said.atDesk,
        },
        {
          head: said.columns.act,
          cell: ({ addresseeId, name }) => (
            <button
              type="submit"
              class="plain-button"
              name="addressee"
              value={addresseeId}
              formAction={letterHref(letter.id, "/removal")}
            >
              {said.remove}
              <span class="unseen"> {name}</span>
            </button>
          ),
        },
      ]}
    />
  );
}

function GroupBoxes({ ask, letter, units, typed, kinds, faults }: Omit<DraftProps, "addressees" | "sent">) {
  const said = deskWords(ask.lang).group;
  const counted = UNIT_KINDS.map((kind) => ({ kind, count: units.filter((unit) => unit.kind === kind).length }));
  const offered = counted.filter(({ count }) => count > 0);
  return (
    <>
      <p>{said.lead}</p>
      <TextField
        name="group"
        label={said.name}
        hint={said.nameHint}
        value={typed.group}
        error={textOf(faults, "group")}
        maxLength={200}
      />
      {offered.length > 0 ? (
        <Checkboxes
          name="kinds"
          label={said.kinds}
          values={kinds}
          error={textOf(faults, "kinds")}
          inline
          options={offered.map(({ kind, count }) => ({ value: kind, label: said.kindOf(said.kind[kind], count) }))}
        />
      ) : (
        <p class="hint" id="kinds">
          {said.noUnits}
        </p>
      )}
      <TextArea
        name="lines"
        label={said.lines}
        hint={said.linesHint}
        value={typed.lines}
        error={textOf(faults, "lines")}
        rows={3}
      />
      <Button kind="quiet" formAction={letterHref(letter.id, "/addressees")}>
        {said.act}
      </Button>
    </>
  );
}
