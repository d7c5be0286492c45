import { ButtonLink, type FieldFault, SummaryList } from "../ui/index.ts";
import { type LetterDesk, letterHref } from "./draft-view.tsx";
import { AskPart, headRows, kilobytes, ReceiptPart, ReplacedNotice, SignPart } from "./parts.tsx";
import type { Fields } from "./rules.ts";
import type { Letter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import type { Receipt, Said } from "./store-receipts.ts";
import { words } from "./words.ts";

export interface ReceivedProps {
  at: LetterDesk;
  letter: Letter;
  addressee: Addressee;
  receipt: Receipt | undefined;
  drawing: string;
  talk: readonly Said[];
  typed: Fields;
  faults: readonly FieldFault[];
}

/** A letter at the desk of the unit that received it: read, sign with the account or by hand, ask. */
export function ReceivedParts({ at, letter, addressee, receipt, drawing, talk, typed, faults }: ReceivedProps) {
  const { ask } = at;
  const { lang } = ask;
  const said = words(lang);
  return (
    <>
      <ReplacedNotice letter={letter} lang={lang} />
      <SummaryList rows={headRows(letter, addressee.name, lang)} />
      <ButtonLink kind={receipt ? "quiet" : "main"} href={letterHref(letter.id, "/letter.pdf")}>
        {said.read.open}
      </ButtonLink>
      <p class="hint pdf-size">{said.read.size(kilobytes(letter.pdfBytes, lang))}</p>
      {receipt ? (
        <ReceiptPart
          {...{ ask, receipt, drawing }}
          pdfHref={letterHref(letter.id, `/receipts/${addressee.addresseeId}`)}
        />
      ) : null}
      {receipt || letter.replacedBy ? null : (
        <SignPart {...{ ask, addressee, typed, faults }} action={letterHref(letter.id, "/receipt")} isAtDesk />
      )}
      <AskPart ask={ask} action={letterHref(letter.id, "/question")} said={talk} faults={faults} />
    </>
  );
}
