import { formatDay, plainDate } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import { type Answers, addressLine, birthText, type Paper, type Who } from "./rules-answers.ts";
import { words } from "./words.ts";

/** For whom a form is, and who fills it in where that is somebody else. */
export function whoText({ forWhom, declarer, declarerAs }: Who, lang: Lang): string {
  const said = words(lang);
  return declarer ? `${said.who[forWhom]}; ${said.check.by(declarer, declarerAs)}` : said.who[forWhom];
}

/** Kind and number of the paper. */
export const paperText = ({ kind, number }: Paper, lang: Lang): string =>
  `${words(lang).paper.kinds[kind]}: ${unbroken(number)}`;

/** When, where and by which country it was issued; empty when none was told. */
export function issuedText({ issuedOn, issuedBy, country }: Paper, lang: Lang): string {
  return [issuedOn ? formatDay(plainDate(issuedOn), lang) : undefined, issuedBy, country].filter(Boolean).join(", ");
}

/** In groups that never part at the end of a line. */
export const unbroken = (number: string): string => groupNumber(number).replaceAll(" ", "\u00a0");

/** A form, also one that is not whole, as lines "question: answer". */
export function answersText(answers: Answers, lang: Lang): string {
  const { rows } = words(lang).check;
  const { who, paper, name, birth, insurance, phone, email, address, office } = answers;
  const lines: [string, string | null | undefined][] = [
    [rows.who, who && whoText(who, lang)],
    [rows.paper, paper && paperText(paper, lang)],
    [rows.issued, paper && issuedText(paper, lang)],
    [rows.name, name?.full],
    [rows.sex, name && words(lang).name.sexes[name.sex]],
    [rows.birth, birth && birthText(birth, lang)],
    [rows.insurance, insurance?.number && unbroken(insurance.number)],
    [rows.phone, phone && unbroken(phone.number)],
    [rows.email, email?.address],
    [rows.address, address && addressLine(address)],
    [rows.method, office?.method?.name],
  ];
  return lines.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : [])).join("\n");
}
