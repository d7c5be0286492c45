import { renderSVG } from "uqr";
import { formatLongDay, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { typeset } from "../typeset/typeset.ts";
import type { Office } from "../units/store.ts";
import deskList from "./desk-list.typ?raw";
import poster from "./poster.typ?raw";
import { showMinutes, timeOf } from "./rules.ts";
import type { DeskDay } from "./store.ts";
import { deskWords, sheetWords } from "./words-papers.ts";

/** Papers of a unit's campaign as tagged PDF: they bear no seal, and in the demo say that they are of the demo. */
export interface SheetAsked {
  paper: "poster" | "leaflet";
  size: "a4" | "a3";
  unitName: string;
  office: Pick<Office, "name" | "address" | "openingHours" | "phone">;
  /** The unit's own short address, which the QR code holds. */
  address: string;
  isMadeUp: boolean;
}

/** In Vietnamese: it hangs in a commune. */
export function renderSheet({ paper, size, unitName, office, address, isMadeUp }: SheetAsked): Buffer {
  const sheet = {
    ...sheetWords,
    size,
    isPoster: paper === "poster",
    unit: unitName,
    madeUp: isMadeUp ? sheetWords.madeUp : "",
    qr: renderSVG(address, { border: 2, ecc: "M" }),
    host: new URL(address).host,
    path: new URL(address).pathname,
    office: office.name,
    where: office.address,
    hours: office.openingHours,
    phone: office.phone,
  };
  return typeset(poster, { sheet });
}

const EMPTY_LINES = 12;

export interface DeskListAsked {
  desk: DeskDay;
  unitName: string;
  numbers: readonly { no: number; givenAt: Date }[];
  lang: Lang;
  isMadeUp: boolean;
}

/** The numbers that were given, and empty lines for those who come while nobody is online. */
export function renderDeskList({ desk, unitName, numbers, lang, isMadeUp }: DeskListAsked): Buffer {
  const said = deskWords(lang);
  const next = Array.from({ length: EMPTY_LINES }, (_, at) => String(desk.lastNo + at + 1));
  const sheet = {
    lang,
    title: said.title,
    madeUp: isMadeUp ? said.madeUp : "",
    facts: [
      [said.unit, unitName],
      [said.place, desk.place],
      [
        said.when,
        `${formatLongDay(plainDate(desk.onDay), lang)}, ${showMinutes(desk.fromMinute)}–${showMinutes(desk.toMinute)}`,
      ],
      [said.given, String(numbers.length)],
    ],
    heads: [said.no, said.at, said.remark],
    rows: [...numbers.map(({ no, givenAt }) => [String(no), timeOf(givenAt), ""]), ...next.map((no) => [no, "", ""])],
    note: said.note,
  };
  return typeset(deskList, { sheet });
}
