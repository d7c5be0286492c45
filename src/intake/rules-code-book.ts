import { type Mark, SensitiveMarks } from "../sensitive/rules.ts";

/** Code lists by date: a 2024 claim is read with the lists of 2024. */
export interface CodeEntry {
  list: string;
  code: string;
  validFrom: string;
  validTo: string;
}

/** What a claim is read with; as plain values, so that threads can be given it. */
export interface CodeLists {
  entries: readonly CodeEntry[];
  /** In force on the day of the import. */
  marks: readonly Mark[];
}

export class CodeBook {
  readonly #entries = new Map<string, CodeEntry[]>();
  readonly sensitive: SensitiveMarks;

  constructor({ entries, marks }: CodeLists) {
    this.sensitive = new SensitiveMarks(marks);
    for (const entry of entries) {
      const key = `${entry.list} ${entry.code}`;
      const known = this.#entries.get(key);
      if (known) known.push(entry);
      else this.#entries.set(key, [entry]);
    }
  }

  /** Was the code in the list on that day? */
  isKnown(list: string, code: string, on: string): boolean {
    const known = this.#entries.get(`${list} ${code}`);
    return known?.some((entry) => entry.validFrom <= on && (entry.validTo === "" || on <= entry.validTo)) ?? false;
  }

  /** Was the code in the list at any time? */
  isKnownEver(list: string, code: string): boolean {
    return this.#entries.has(`${list} ${code}`);
  }
}
