/** People and refused lines as rows of text: for tables, prints, CSV and Excel. */
import { dayOf, formatBirth, formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { MOMENTS } from "./rules.ts";
import type { ListedPerson } from "./store-list.ts";
import type { Refusal } from "./store-upload.ts";
import { words } from "./words.ts";
import { uploadWords } from "./words-upload.ts";

export function birthText({ birthDate, birthPrecision }: ListedPerson, lang: Lang): string {
  return birthDate ? formatBirth(plainDate(birthDate), birthPrecision ?? "day", lang) : "";
}

/** "có chỗ khác: ngày sinh khác": which field differs, never what the register says. */
export function matchText({ match, differs }: ListedPerson, lang: Lang): string {
  const said = words(lang);
  return differs.length > 0 ? differs.map((field) => said.differs[field]).join(", ") : said.match[match];
}

export function reasonText({ reason, field, otherRow }: Refusal, lang: Lang): string {
  const said = uploadWords(lang);
  if (reason === "repeated" && otherRow !== null) return said.repeated(otherRow);
  const reasons: Record<string, string> = said.reasons;
  const fields: Record<string, string> = said.fields;
  const text = reasons[reason] ?? reason;
  return reason === "cell_error" && field && fields[field] ? `${fields[field]}: ${text}` : text;
}

/** The refused lines under the unit's own headings, with why: to be mended and sent again. */
export function refusedRows(headings: readonly string[], refusals: readonly Refusal[], lang: Lang): string[][] {
  const width = headings.length;
  const lines = refusals.map((refusal) => {
    const cells = Array.from({ length: width }, (_, at) => refusal.cells[at] ?? "");
    return [...cells, reasonText(refusal, lang)];
  });
  return [[...headings, uploadWords(lang).reasonHead], ...lines];
}

/** The unit's own list with how far each has come. */
export function listRows(people: readonly ListedPerson[], lang: Lang): string[][] {
  const said = words(lang);
  const { columns, moments } = said;
  const heads = [
    ...[columns.no, columns.name, columns.birth, columns.number, columns.phone, columns.group, columns.smartphone],
    ...[columns.note, columns.register],
    ...MOMENTS.map((moment) => moments[moment]),
    ...[columns.helper, columns.reason],
  ];
  const rows = people.map((person, at) => [
    ...[String(at + 1), person.fullName, birthText(person, "vi"), person.number ?? "", person.phone ?? ""],
    person.group ? said.groups[person.group] : "",
    smartphoneText(person, lang),
    ...[person.note ?? "", matchText(person, lang)],
    ...MOMENTS.map((moment) => dayText(person.moments[moment])),
    ...[person.helperName ?? "", person.notYetReason ?? ""],
  ]);
  return [heads, ...rows];
}

export function smartphoneText({ hasSmartphone }: ListedPerson, lang: Lang): string {
  const said = words(lang);
  if (hasSmartphone === null) return "";
  return hasSmartphone ? said.yes : said.no;
}

const dayText = (at: Date | null) => (at ? formatDay(dayOf(at)) : "");
