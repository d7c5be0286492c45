import { dayOf, formatDay, type Lang } from "../kernel/calendar.ts";
import { typeset } from "../typeset/typeset.ts";
import type { BatchLine } from "./read.ts";
import template from "./slip.typ?raw";
import type { Batch } from "./store.ts";
import { words } from "./words.ts";

export interface SlipFacts {
  batch: Batch;
  lines: readonly BatchLine[];
  officeName: string;
  takerName: string;
  lang: Lang;
  isMadeUp?: boolean | undefined;
}

/** The hand-in slip of a batch as a tagged PDF: what was taken, by name and code, and who signs for it. */
export function renderSlip({ batch, lines, officeName, takerName, lang, isMadeUp }: SlipFacts): Buffer {
  const said = words(lang).slip;
  const taken = lines.flatMap(({ entry }) => entry ?? []);
  const missed = lines.filter(({ outcome, code }) => outcome !== "taken" && outcome !== "twice" && code);
  const slip = {
    ...said,
    lang,
    facts: [
      [said.number, batch.id],
      [said.office, officeName],
      [said.unit, batch.unitCode ? `${batch.unitName} (${batch.unitCode})` : batch.unitName],
      [said.day, formatDay(dayOf(batch.openedAt), lang)],
      [said.count, String(taken.length)],
    ],
    heads: [said.no, said.code, said.name],
    rows: taken.map(({ file, stand }, at) => [String(at + 1), file.code, nameOf(file, stand)]),
    notTakenLabel: said.notTaken,
    notTaken: [...new Set(missed.map(({ code }) => code))].join(", "),
    takerName,
  };
  return typeset(template, { slip }, isMadeUp);
}

/** Of a file that another office decides now, only the code is told. */
export function nameOf(file: BatchLineFile, stand: string): string {
  return stand === "gone" ? "–" : (file.answers.name?.full ?? "–");
}

type BatchLineFile = NonNullable<BatchLine["entry"]>["file"];
