/** Code lists by date: a 2024 claim is read with the lists of 2024. */
export interface CodeEntry {
  list: string;
  code: string;
  validFrom: string;
  validTo: string;
}

export class CodesByDate {
  readonly #entries = new Map<string, CodeEntry[]>();

  constructor(entries: readonly CodeEntry[]) {
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
