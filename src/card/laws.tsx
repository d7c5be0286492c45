/** What the law makes of a card's dates and number: five years, forms, old provinces; and how fresh the record is. */
import { dayOf, formatDay, type Lang, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { LawNote, Panel } from "../ui/index.ts";
import { nameThenAndNow, provinceClause } from "../units/rules-names.ts";
import { fiveYearClauses, markOfCards } from "./rules-five-years.ts";
import { madeAtTheLatest, mediumIssuedOn, spanOfForm } from "./rules-forms.ts";
import type { ShownCard } from "./store.ts";
import { words } from "./words-laws.ts";

/** The printed date first; only without one, what the cards on record come to. */
export function FiveYearPanel({ card, cards, lang }: { card: ShownCard; cards: readonly ShownCard[]; lang: Lang }) {
  const said = words(lang);
  const text = (day: PlainDate) => formatDay(day, lang);
  const mark = markOfCards(cards);
  return (
    <Panel title={said.fiveYears}>
      {card.fiveYearOn ? <p>{said.printed(text(plainDate(card.fiveYearOn)))}</p> : null}
      {!card.fiveYearOn && mark ? <p>{said.notPrinted(text(mark.since), text(mark.on))}</p> : null}
      {!card.fiveYearOn && mark?.brokenFrom ? <p>{said.broken(text(mark.brokenFrom))}</p> : null}
      <LawNote clauses={fiveYearClauses}>
        <p>{said.gapRule}</p>
        <p>{said.moreTime}</p>
      </LawNote>
    </Panel>
  );
}

/** Which form was in use when, and which province an old number names: for the cards that this person has. */
export function FormNote({ cards, day: today, lang }: { cards: readonly ShownCard[]; day: PlainDate; lang: Lang }) {
  const said = words(lang);
  const spans = [...new Set(cards.map(({ form }) => form))].flatMap((form) => {
    const span = spanOfForm(form);
    return span ? [{ form, span }] : [];
  });
  const day = (iso: string) => formatDay(plainDate(iso), lang);
  const newest = cards
    .map(({ validFrom }) => validFrom)
    .toSorted()
    .at(-1);
  const medium = newest && mediumIssuedOn(plainDate(newest));
  return (
    <>
      <h2>{said.formsTitle}</h2>
      <ul>
        {spans.map(({ form, span: { from, to } }) => (
          <li key={form}>
            {to ? said.formSpan(said.forms[form], day(from), day(to)) : said.formSince(said.forms[form], day(from))}
          </li>
        ))}
        {[...new Set(cards.map((card) => provinceText(card, today, lang)))].map((text) =>
          text ? <li key={text}>{text}</li> : null,
        )}
      </ul>
      <LawNote clauses={[...spans.map(({ span }) => span.clause), ...(medium ? [medium.clause] : []), provinceClause]}>
        <p>{said.formsHow}</p>
      </LawNote>
    </>
  );
}

/** The province that the digits of an old number stand for, as it was called when the number was made. */
function provinceText(
  { number, form, validFrom, provinces }: ShownCard,
  day: PlainDate,
  lang: Lang,
): string | undefined {
  const said = words(lang);
  const digits = number.slice(3, 5);
  const found = nameThenAndNow(provinces, digits, madeAtTheLatest(form, validFrom), day.toString());
  return found && said.provinceOf(digits, found.isNow ? said.provinceNow(found.was, found.isNow) : found.was);
}

/** "Dữ liệu thẻ của … đến ngày …": from the import; nothing when no file is known. */
export function UpTo({ cards, at, lang }: { cards: readonly ShownCard[]; at: Date | undefined; lang: Lang }) {
  const said = words(lang);
  if (!at) return null;
  const office = cards.find(({ issuedBy }) => issuedBy)?.issuedBy ?? said.anyOffice;
  return <p class="hint">{said.upTo(office, formatDay(dayOf(at), lang))}</p>;
}
