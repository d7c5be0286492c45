import { copyLine } from "./copy-text.ts";
import type { Run } from "./import-file.ts";
import { bump } from "./store-claims.ts";
import * as store from "./store-rows.ts";

export type Cell = string | number | null;

/** A row that fits: `cells` in the order of the target's key and content; the first is the person's where it is a person's. */
export interface FitRow {
  record: number;
  cells: Cell[];
}

/** Characters of lines that are gathered for one COPY. */
const PIECE_CHARS = 1024 * 1024;
/** Persons remembered at most: some megabytes. Whoever is forgotten has rows by now, and is compared like all others. */
const PERSONS_MAX = 50_000;

/**
 * Gathers rows for COPY. Those of a person of whom the table holds nothing go straight into it when the file first names
 * them; all others into the intake, to be compared and merged.
 */
export class RowTaking {
  readonly #run: Run;
  readonly #target: store.Target;
  readonly #freshTarget: store.FreshTarget | undefined;
  readonly #named = new Set<string>();
  readonly #touched = new Set<string>();
  #rows: FitRow[] = [];
  #chars = 0;
  /** Rows that went straight into the table. */
  fresh = 0;

  constructor(run: Run, target: store.Target, freshTarget?: store.FreshTarget) {
    this.#run = run;
    this.#target = target;
    this.#freshTarget = freshTarget;
  }

  async add(rows: readonly FitRow[]): Promise<void> {
    for (const row of rows) {
      this.#rows.push(row);
      for (const cell of row.cells) this.#chars += typeof cell === "string" ? cell.length : 1;
    }
    if (this.#chars >= PIECE_CHARS) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#chars = 0;
    if (rows.length === 0) return;
    const { client } = this.#run;
    const fresh = this.#freshTarget ? await this.#takeFresh(rows, this.#freshTarget) : new Set<FitRow>();
    const others = rows.filter((row) => !fresh.has(row));
    if (others.length > 0) await store.copyRows(client, this.#target, this.#lines(others));
  }

  /** The record of those whose first rows came has changed. */
  async bumpTouched(): Promise<void> {
    await bump(this.#run.tx, [...this.#touched]);
    this.#touched.clear();
  }

  /** Answers which of the rows need not be compared any more. */
  async #takeFresh(rows: readonly FitRow[], target: store.FreshTarget): Promise<Set<FitRow>> {
    const { tx, client } = this.#run;
    if (this.#named.size > PERSONS_MAX) {
      this.#named.clear();
      await this.bumpTouched();
    }
    const first = [...new Set(rows.map(personOf))].filter((id) => !this.#named.has(id));
    const standing = await store.findStandingPersons(tx, target, first);
    const isFresh = new Set(first.filter((id) => !standing.has(id)));
    for (const id of first) this.#named.add(id);
    const fresh = rows.filter((row) => isFresh.has(personOf(row)));
    const last = new Map(fresh.map((row) => [row.cells.slice(0, target.key.length).join("\t"), row]));
    const kept = new Set(last.values());
    for (const row of fresh) if (!kept.has(row)) await this.#rejectRepeated(row, target);
    if (kept.size > 0) await store.copyFreshRows(client, target, this.#lines([...kept].sort(byPerson)));
    for (const id of isFresh) this.#touched.add(id);
    this.fresh += kept.size;
    return new Set(fresh);
  }

  async #rejectRepeated({ record }: FitRow, { key }: store.Target): Promise<void> {
    await this.#run.reject({ record, line: undefined, field: key.at(-1) ?? "", code: "repeated_row" });
  }

  #lines(rows: readonly FitRow[]): string {
    const origin = this.#target.hasOrigin ? [this.#run.fileId] : [];
    return rows.map(({ cells, record }) => copyLine([...cells, ...origin, record])).join("");
  }
}

const personOf = ({ cells }: FitRow) => String(cells[0]);

/** The order of the table's key: a person's rows lie together. */
const byPerson = (a: FitRow, b: FitRow) => Number(a.cells[0]) - Number(b.cells[0]);
