/** Code lists by date: a 2024 claim is read with the lists of 2024. */
export interface CodeEntry {
  list: string;
  code: string;
  validFrom: string;
  validTo: string;
}

export class CodesByDate {
  readonly #lists = new Map<string, Map<string, CodeEntry[]>>();

  constructor(entries: readonly CodeEntry[]) {
    for (const entry of entries) {
      const list = this.#lists.get(entry.list) ?? new Map<string, CodeEntry[]>();
      this.#lists.set(entry.list, list);
      const known = list.get(entry.code);
      if (known) known.push(entry);
      else list.set(entry.code, [entry]);
    }
  }

  /** Was the code in the list on that day? */
  isKnown(list: string, code: string, on: string): boolean {
    const known = this.#lists.get(list)?.get(code);
    return known?.some((entry) => entry.validFrom <= on && (entry.validTo === "" || on <= entry.validTo)) ?? false;
  }

  /** Was the code in the list at any time? */
  isKnownEver(list: string, code: string): boolean {
    return this.#lists.get(list)?.has(code) ?? false;
  }
}
