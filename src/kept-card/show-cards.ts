import { type CardState, cardOnDay } from "../card/rules-state.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { qrPath } from "../kernel/qr.ts";
import { button, make, picture } from "./make.ts";
import type { KeptCard, KeptDocument, KeptPerson } from "./rules.ts";
import { isoDay, writtenDay, writtenInstant, writtenSeconds } from "./wall-clock.ts";
import type { offlineWords } from "./words-offline.ts";

type Said = ReturnType<typeof offlineWords>;

interface Shown {
  document: KeptDocument;
  said: Said;
  /** What it is now, as well as this telephone knows, ms. */
  now: number;
}

const DAY_MS = 86_400_000;
/** From then on a copy says that it is old. */
const OLD_DAYS = 30;

/** The opened cards, one person beside the other; answers their element. */
export function cardsView({ document, said, now }: Shown): HTMLElement {
  const people = document.people.filter(({ until }) => until === undefined || now < Date.parse(until));
  const faces = people.map((person, at) => face(person, { document, said, now }, at));
  const row = make("div", { class: "kept-row", role: "region", "aria-label": said.people, tabindex: "0" }, ...faces);
  if (people.length < 2) return row;
  const names = people.map((person, at) =>
    button(person.name, () => faces[at]?.scrollIntoView({ block: "nearest", inline: "start" }), "button quiet"),
  );
  const nav = make("nav", { class: "kept-names", "aria-label": said.people }, ...names);
  return make("div", {}, nav, row, make("p", { class: "hint" }, said.swipe));
}

function face(person: KeptPerson, { document, said, now }: Shown, at: number): HTMLElement {
  const found = cardOnDay(person.cards, isoDay(now));
  const heading = make("h2", { class: "health-card-name", id: `kept-${at}` }, person.name);
  if (!found) return make("article", { class: "health-card", "aria-labelledby": heading.id }, heading, said.noCard);
  const { card, state } = found;
  const age = Math.floor((now - Date.parse(document.at)) / DAY_MS);
  return make(
    "article",
    { class: `health-card ${state}`, "aria-labelledby": heading.id },
    head(said, state),
    make(
      "div",
      { class: "health-card-body" },
      make(
        "div",
        {},
        state === "valid" ? undefined : make("p", { class: "kept-state" }, said.states[state]),
        make("p", { class: "health-card-label" }, said.number),
        numberOf(card),
        heading,
        facts(person, card, said),
      ),
      make("div", { class: "health-card-code" }, codeOf(card, said)),
    ),
    make(
      "footer",
      { class: "health-card-foot" },
      make("p", {}, said.readAloud),
      age >= OLD_DAYS ? make("p", { class: "kept-old" }, said.oldCopy(age)) : undefined,
      make("p", { class: "health-card-updated" }, said.updated(writtenInstant(Date.parse(document.at)))),
      make("p", { class: "health-card-updated kept-now" }, said.now(writtenSeconds(now))),
    ),
  );
}

function head(said: Said, state: CardState): HTMLElement {
  const isValid = state === "valid";
  const mark = isValid ? make("p", { class: "health-card-state" }, said.states.valid) : undefined;
  return make("header", { class: "health-card-head" }, make("p", { class: "health-card-kind" }, said.kind), mark);
}

/** In groups for reading aloud; a group never breaks across lines. */
function numberOf({ number }: KeptCard): HTMLElement {
  const groups = groupNumber(number).split(" ");
  return make(
    "p",
    { class: "health-card-number" },
    ...groups.flatMap((group, at) => [at > 0 ? " " : undefined, make("span", {}, group)]),
  );
}

function codeOf({ number }: KeptCard, said: Said): SVGElement {
  const { size, path } = qrPath(number);
  return picture(size, path, said.qr);
}

function facts({ born }: KeptPerson, card: KeptCard, said: Said): HTMLElement {
  const { validFrom, validTo, facility, fiveYearOn } = card;
  const from = writtenDay(validFrom);
  const validity = validTo ? `${from} – ${writtenDay(validTo)}` : said.from(from);
  const fact = (key: string, value: string, look = "") =>
    make("div", look ? { class: look } : {}, make("dt", {}, key), make("dd", {}, value));
  return make(
    "dl",
    { class: "health-card-facts" },
    fact(said.born, born),
    fact(said.fiveYears, fiveYearOn ? said.from(writtenDay(fiveYearOn)) : said.unwritten),
    fact(said.valid, validity, "whole"),
    fact(said.facility, facility ?? said.unwritten, "whole"),
  );
}
