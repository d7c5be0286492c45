import type { House } from "../db/house.ts";
import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import type { Lang } from "../kernel/words.ts";
import { typeset } from "../typeset/typeset.ts";
import { drawingOf } from "./entry.ts";
import receiptTemplate from "./receipt.typ?raw";
import { codeOfReceipt } from "./receipt-code.ts";
import registerTemplate from "./register.typ?raw";
import { byGroup, standOf } from "./rules.ts";
import { drawingSvg, parseDrawing } from "./rules-drawing.ts";
import type { Letter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import type { Receipt } from "./store-receipts.ts";
import { words } from "./words.ts";
import { deskWords } from "./words-desk.ts";
import { paperWords } from "./words-paper.ts";

interface Printed {
  letter: Letter;
  addressee: Addressee;
  receipt: Receipt;
  lang: Lang;
}

/** The receipt as a tagged PDF/UA on one A4, with the code by which anybody sees whether it is unchanged. */
export async function printReceipt(house: House, { letter, addressee, receipt, lang }: Printed): Promise<Buffer> {
  const said = words(lang);
  const paperSaid = paperWords(lang);
  const drawing = parseDrawing(drawingOf(house, receipt));
  const paper = {
    lang,
    title: said.receipt.title,
    madeUp: madeUp(house, lang),
    letter: [...letterFacts(letter, lang), [said.head.to, addressee.name]],
    receipt: [
      [said.receipt.signer, receipt.signerName],
      [said.sign.position, receipt.signerPosition],
      [said.receipt.place, receipt.place],
      [said.receipt.at, formatInstant(receipt.signedAt, lang)],
      [said.receipt.way, said.receipt.ways[receipt.way]],
    ],
    drawingLabel: said.receipt.drawing,
    drawing: typeof drawing === "string" ? "" : drawingSvg(drawing),
    codeLabel: paperSaid.code,
    code: await codeOfReceipt(house, receipt),
    checkAt: paperSaid.checkAt(house.settings.baseUrl.replace(/^https?:\/\//, "")),
    digestLabel: said.receipt.digest,
    digest: receipt.digest.toString("hex").match(/.{8}/g)?.join(" ") ?? "",
  };
  return typeset(receiptTemplate, { paper });
}

function letterFacts({ number, datedOn, subject, issuer, signedBy }: Letter, lang: Lang): string[][] {
  const { head } = words(lang);
  return [
    [head.number, number],
    [head.dated, formatDay(plainDate(datedOn), lang)],
    [head.subject, subject],
    [head.issuer, issuer],
    [head.signedBy, signedBy],
  ];
}

const madeUp = ({ settings }: House, lang: Lang) => (settings.profile === "demo" ? paperWords(lang).madeUp : "");

interface Register {
  letter: Letter;
  addressees: readonly Addressee[];
  keeper: string;
  lang: Lang;
  now: Date;
}

/** The register of one letter on paper: who received it when, who is left, who opened it and did not sign. */
export function printRegister(house: House, { letter, addressees, keeper, lang, now }: Register): Buffer {
  const said = deskWords(lang).register;
  const { columns } = said;
  const rows = byGroup(addressees).map((one, at) => {
    const cells = cellsOf(one, lang);
    return [String(at + 1), one.groupName, one.name, cells.stand, cells.signer, cells.position, cells.place, cells.at];
  });
  const { no, group, name, stand, signer, position, place, at } = columns;
  const paper = {
    lang,
    title: said.title,
    madeUp: madeUp(house, lang),
    facts: letterFacts(letter, lang),
    sum: said.sum(addressees.filter(({ signedAt }) => signedAt).length, addressees.length),
    heads: [no, group, name, stand, signer, position, place, at],
    rows,
    printed: said.printed(formatInstant(now, lang)),
    page: said.page,
    keeper: said.keeper,
    keeperName: keeper,
  };
  return typeset(registerTemplate, { paper });
}

/** The same for a spreadsheet, with what the paper has no room for. */
export function registerCsv({ addressees, lang }: Pick<Register, "addressees" | "lang">): string {
  const { columns } = deskWords(lang).register;
  const { no, group, name, stand, opened, signer, position, place, at, way, reminders } = columns;
  const heads = [no, group, name, stand, opened, signer, position, place, at, way, reminders];
  const rows = byGroup(addressees).map((one, index) => {
    const cells = cellsOf(one, lang);
    return [
      ...[String(index + 1), one.groupName, one.name, cells.stand],
      one.openedAt ? formatInstant(one.openedAt, lang) : "",
      ...[cells.signer, cells.position, cells.place, cells.at],
      one.way ? words(lang).receipt.ways[one.way] : "",
      String(one.reminders),
    ];
  });
  return toCsv([heads, ...rows]);
}

function cellsOf(one: Addressee, lang: Lang) {
  return {
    stand: deskWords(lang).stands[standOf(one)],
    signer: one.signerName ?? "",
    position: one.signerPosition ?? "",
    place: one.place ?? "",
    at: one.signedAt ? formatInstant(one.signedAt, lang) : "",
  };
}
