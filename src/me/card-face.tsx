/** The card as a hospital desk needs it: number first and huge, then who, until when, and the QR code. */

import type { CardState } from "../card/rules-state.ts";
import type { ShownCard } from "../card/store.ts";
import { validityText, words } from "../card/words.ts";
import {
  type BirthPrecision,
  formatBirth,
  formatDay,
  formatInstant,
  type Lang,
  plainDate,
} from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import type { Person } from "../register/store.ts";
import { Notice, QrCode } from "../ui/index.ts";

interface CardFaceProps {
  person: Pick<Person, "fullName" | "birthOn" | "birthPrecision">;
  card: ShownCard;
  state: CardState;
  /** Days left, when they are few. */
  daysLeft: number | undefined;
  lang: Lang;
  now: Date;
}

export function CardFace({ person, card, state, daysLeft, lang, now }: CardFaceProps) {
  const said = words(lang);
  return (
    <>
      {state === "valid" ? null : (
        <Notice kind="danger" title={said.states[state]}>
          <p>{said.stateHelp[state]}</p>
        </Notice>
      )}
      {daysLeft === undefined ? null : (
        <Notice kind="warning">
          <p>{said.endsSoon(daysLeft)}</p>
        </Notice>
      )}
      <article class={`health-card ${state}`} aria-label={said.title}>
        <header class="health-card-head">
          <p class="health-card-kind">{said.title}</p>
          {state === "valid" ? <p class="health-card-state">{said.states.valid}</p> : null}
        </header>
        <div class="health-card-body">
          <div>
            <p class="health-card-label">{said.number}</p>
            <CardNumber number={card.number} />
            <p class="health-card-name">{person.fullName}</p>
            <CardFacts person={person} card={card} lang={lang} />
          </div>
          <div class="health-card-code">
            <QrCode text={card.number} says={said.qr} />
          </div>
        </div>
        <footer class="health-card-foot">
          <p>{said.readAloud}</p>
          <p class="health-card-updated">{said.updated(formatInstant(now, lang))}</p>
        </footer>
      </article>
    </>
  );
}

/** In groups for reading aloud; a group never breaks across lines. */
function CardNumber({ number }: { number: string }) {
  return (
    <p class="health-card-number">
      {groupNumber(number)
        .split(" ")
        .map((group, at) => (
          <>
            {at > 0 ? " " : null}
            <span>{group}</span>
          </>
        ))}
    </p>
  );
}

function CardFacts({ person, card, lang }: Pick<CardFaceProps, "person" | "card" | "lang">) {
  const said = words(lang);
  const birth = formatBirth(plainDate(person.birthOn), person.birthPrecision as BirthPrecision, lang);
  const fiveYears = card.fiveYearOn
    ? said.fiveYearsFrom(formatDay(plainDate(card.fiveYearOn), lang))
    : said.noFiveYears;
  const facility = card.facilityCode ? `${card.facilityName ?? ""} (${card.facilityCode})`.trim() : said.noFacility;
  const facts = [
    { key: said.born, value: birth },
    { key: said.fiveYears, value: fiveYears },
    { key: said.valid, value: validityText(card, lang), isWhole: true },
    { key: said.facility, value: facility, isWhole: true },
  ];
  return (
    <dl class="health-card-facts">
      {facts.map(({ key, value, isWhole }) => (
        <div key={key} class={isWhole ? "whole" : undefined}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
