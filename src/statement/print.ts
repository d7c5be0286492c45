import { renderSVG } from "uqr";
import { type BirthPrecision, dayOf, formatBirth, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import type { Person } from "../register/store.ts";
import { typeset } from "../typeset/typeset.ts";
import { participationParts } from "./print-participation.ts";
import { visitsParts } from "./print-visits.ts";
import type { ParticipationRecord, VisitsRecord } from "./rows.ts";
import type { PaperNumber } from "./rules.ts";
import template from "./statement.typ?raw";
import { figureLines } from "./words.ts";
import { words } from "./words-paper.ts";

/** One table of a paper: widths in parts of the line, 0 as wide as its words. */
export interface Part {
  title: string;
  heads: string[];
  widths: number[];
  aligns: ("left" | "right")[];
  rows: string[][];
  none: string;
  after: string;
}

export interface Printed {
  person: Pick<Person, "fullName" | "birthOn" | "birthPrecision">;
  number: PaperNumber | undefined;
  record: ParticipationRecord | VisitsRecord;
  /** Name the illnesses that are private. */
  withPrivate: boolean;
  hidesSensitive: boolean;
  /** Who made it for a ward, in words. */
  madeBy: string | undefined;
  code: string;
  /** Where the code is checked. */
  address: string;
  expiresOn: string;
  isMadeUp: boolean;
  lang: Lang;
  now: Date;
}

/** A paper of one's own record as a tagged PDF/UA, as many A4 as its rows need. */
export function renderStatement(printed: Printed): Buffer {
  const { record, person, number, code, address, lang, now, madeBy } = printed;
  const said = words(lang);
  const { figures } = record;
  const groups = code.split("-");
  const made = madeBy ? `${formatInstant(now, lang)} (${said.byGuardian(madeBy)})` : formatInstant(now, lang);
  const fresh = record.freshAt ? formatDay(dayOf(record.freshAt), lang) : said.freshUnknown;
  const { lead, parts } = "year" in record ? visitsParts(record, printed) : participationParts(record, lang);
  const paper = {
    lang,
    service: said.service,
    title: figures.kind === "visits" ? said.titles.visits(figures.year) : said.titles.participation,
    madeUp: printed.isMadeUp ? said.madeUp : "",
    code,
    codeLines: [groups.slice(0, 3).join("-"), groups.slice(3).join("-")],
    checkLabel: said.checkCode,
    qr: renderSVG(`${address}?code=${code}`, { border: 2, ecc: "M" }),
    qrAlt: said.qr(code),
    facts: [
      [said.name, person.fullName],
      [said.born, formatBirth(plainDate(person.birthOn), person.birthPrecision as BirthPrecision, lang)],
      ...(number ? [[said.numbers[number.kind], groupNumber(number.number)]] : []),
      [said.madeAt, made],
      [said.fresh, fresh],
    ],
    boxTitle: said.box,
    box: figureLines(figures, lang).map(({ key, value }) => [key, value]),
    checkAt: said.checkAt,
    address: address.replace(/^https?:\/\//, ""),
    until: said.until(formatDay(plainDate(printed.expiresOn), lang)),
    believe: said.believe,
    page: said.page,
    of: said.of,
    lead,
    parts,
    notes: said.notes[figures.kind],
  };
  return typeset(template, { paper });
}
