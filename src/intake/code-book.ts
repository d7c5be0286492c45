/** What claims are read with: the code lists by date, and what makes a visit private today. */
import { type Mark, SensitiveMarks } from "../sensitive/rules.ts";
import { type CodeEntry, CodesByDate } from "./rules-code-book.ts";

/** As plain values, so that threads can be given them. */
export interface CodeLists {
  entries: readonly CodeEntry[];
  /** In force on the day of the import. */
  marks: readonly Mark[];
}

export class CodeBook extends CodesByDate {
  readonly sensitive: SensitiveMarks;

  constructor({ entries, marks }: CodeLists) {
    super(entries);
    this.sensitive = new SensitiveMarks(marks);
  }
}
