import { dayOf, formatDay, formatInstant } from "../kernel/calendar.ts";
import { toCsv } from "../kernel/csv.ts";
import { isSensitive, KINDS } from "./rules-kinds.ts";
import type { Breach, KindCount, SubjectRow, SubjectTotals } from "./store.ts";
import { words } from "./words.ts";

/** The papers of a breach, all made from one set of facts: no field can differ between them. Pure. */
export interface Facts {
  breach: Breach;
  totals: SubjectTotals;
  kinds: readonly KindCount[];
}

export type FieldName = keyof (typeof words.vi)["fields"];

/** Every fact, as it stands on both forms. */
export function fieldsOf({ breach, totals, kinds }: Facts): Record<FieldName, string> {
  const [vi, en] = [words("vi"), words("en")];
  const at = (moment: Date | null) => (moment ? formatInstant(moment) : vi.unknown);
  const counted = KINDS.flatMap((kind) => kinds.filter((one) => one.kind === kind));
  const kindText = ({ kind, persons }: KindCount) => `${vi.kinds[kind]} / ${en.kinds[kind]}: ${persons}`;
  const sensitive = counted.filter(({ kind }) => isSensitive(kind));
  return {
    code: breach.code,
    detectedAt: at(breach.detectedAt),
    from: at(breach.from),
    to: at(breach.to),
    firstAt: at(totals.firstAt),
    lastAt: at(totals.lastAt),
    isSerious: breach.isSerious ? `${vi.yes} / ${en.yes}` : `${vi.no} / ${en.no}`,
    what: breach.what,
    cause: breach.cause || `${vi.unknown} / ${en.unknown}`,
    measures: breach.measures || `${vi.unknown} / ${en.unknown}`,
    contact: breach.contact,
    persons: String(totals.persons),
    files: String(totals.files),
    kinds: counted.map(kindText).join("; "),
    sensitive: sensitive.map(kindText).join("; ") || `${vi.no} / ${en.no}`,
    source: `${vi.sourceOf} / ${en.sourceOf}`,
    notifyBy: at(breach.notifyBy),
    cyberBy: at(breach.cyberBy),
    tellBy: at(breach.tellBy),
  };
}

const FIELDS = Object.keys(words.vi.fields) as FieldName[];

/** To the authority for personal data: Markdown, Vietnamese with English beside it. */
export const authorityForm = (facts: Facts) => formOf(facts, "authority");
/** To the authority for cyber-security. */
export const cyberForm = (facts: Facts) => formOf(facts, "cyber");

function formOf(facts: Facts, to: "authority" | "cyber"): string {
  const [vi, en] = [words("vi"), words("en")];
  const [title, basis] = [`${to}Title`, `${to}Basis`] as const;
  const fields = fieldsOf(facts);
  const lines = FIELDS.map((name) => `- ${vi.fields[name]} / ${en.fields[name]}: ${fields[name]}`);
  const blanks = vi.blanks.map((blank, nth) => `- ${blank} / ${en.blanks[nth]}: ………`);
  return [
    `# ${vi[title]}`,
    `*${en[title]}*`,
    `${vi[basis]}\n\n${en[basis]}`,
    lines.join("\n"),
    `## ${vi.toFill} / ${en.toFill}`,
    blanks.join("\n"),
    "",
  ].join("\n\n");
}

/** The letter to whoever no message reaches, and the words for questions at counter and hotline. */
export function personLetter({ breach, kinds }: Facts): string {
  const parts = (["vi", "en"] as const).map((lang) => {
    const said = words(lang);
    const held = KINDS.filter((kind) => kinds.some((one) => one.kind === kind)).map((kind) => said.kinds[kind]);
    return [
      `# ${said.personTitle}`,
      said.letter(breach.code, formatDay(dayOf(breach.detectedAt), lang)),
      `${said.letterHow} ${breach.what} ${breach.measures}`.trim(),
      `${said.letterKinds} ${held.join(", ")}.`,
      said.letterDo,
      breach.contact,
    ].join("\n\n");
  });
  return `${parts.join("\n\n---\n\n")}\n`;
}

/** The list of whom it touched, for whoever inquires (CSV); it stays with the operator. */
export function subjectList(subjects: readonly SubjectRow[]): string {
  const said = words("vi");
  const rows = subjects.map(({ fullName, fileCode, kinds, firstAt, lastAt, times }) => [
    fullName ?? "",
    fileCode ?? "",
    kinds.map((kind) => said.kinds[kind]).join(", "),
    formatInstant(firstAt),
    formatInstant(lastAt),
    String(times),
  ]);
  return toCsv([said.listHead.split(";"), ...rows]);
}
