import { setImmediate as turn } from "node:timers/promises";
import type { RejectedRecord, Run } from "./import-file.ts";
import type { Fault } from "./read-table.ts";
import type { PersonNumber } from "./row-kinds.ts";
import { keyOf } from "./rules-match.ts";
import { bump } from "./store-claims.ts";
import * as store from "./store-rows.ts";
import { ROW_NUMBERS, type TableBatch } from "./table-batch.ts";

/** Persons remembered at most: some megabytes. Whoever is forgotten has rows by now, and is compared like all others. */
const PERSONS_MAX = 50_000;
/** Before the cells of a row: two numbers of nineteen digits, one of ten, three tabs. */
const ORIGIN_BYTES_MAX = 51;
const TAB = 9;
const ROWS_A_TURN = 512;
const NUMBER_FIELD = "insurance_number";

/** A person whom the rows of a batch name. */
interface Whose {
  id: string;
  order: number;
  /** The table holds nothing of them, and the file has not named them before. */
  isFresh: boolean;
}

const NOBODY: Fault = { field: NUMBER_FIELD, code: "person_unknown" };
const NO_ONE: Whose = { id: "", order: 0, isFresh: false };

/** Rows of a batch, by their place in it, and whose they are. */
interface Taken {
  nth: number;
  whose: Whose;
}

/** A batch that is ready to be copied. */
interface Piece {
  fresh: Buffer | undefined;
  others: Buffer | undefined;
}

/**
 * Takes batches of lines. Those of a person of whom the table holds nothing go straight into it when the file first names
 * them; all others into the intake, to be compared and merged. While the database takes one batch the next is made ready.
 */
export class RowTaking {
  readonly #run: Run;
  readonly #target: store.Target;
  readonly #freshTarget: store.FreshTarget | undefined;
  readonly #named = new Set<string>();
  readonly #touched = new Set<string>();
  #ready: Piece | undefined;
  /** Rows that went straight into the table. */
  fresh = 0;
  /** Where records stand in the file, of tables whose rows are few and looked at as a whole. */
  readonly lines = new Map<number, number>();
  /** Some rows are there to be compared. */
  hasIntake = false;
  /** Columns that the file does not have. */
  absent: readonly string[] = [];

  constructor(run: Run, target: store.Target, freshTarget?: store.FreshTarget) {
    this.#run = run;
    this.#target = target;
    this.#freshTarget = freshTarget;
  }

  async add(batch: TableBatch): Promise<void> {
    this.absent = batch.absent;
    const people = await this.#find(batch);
    const copying = this.#copyReady();
    // Awaited below; a failure before that must not count as unhandled.
    copying.catch(() => {});
    const rejects = [...batch.rejects];
    const piece = await this.#prepare(batch, people, rejects);
    await copying;
    this.#ready = piece;
    for (const reject of rejects.sort(byRecord)) await this.#run.reject(reject);
  }

  /** Nothing waits any more; those whose first rows came get another version of their record. */
  async end(): Promise<void> {
    await this.#copyReady();
    await this.#bumpTouched();
  }

  async #bumpTouched(): Promise<void> {
    await bump(this.#run.tx, [...this.#touched]);
    this.#touched.clear();
  }

  async #copyReady(): Promise<void> {
    const piece = this.#ready;
    this.#ready = undefined;
    const { client, tx } = this.#run;
    if (piece?.fresh && this.#freshTarget) await store.copyFreshRows(client, this.#freshTarget, piece.fresh);
    if (!piece?.others) return;
    if (!this.hasIntake) await store.createIntake(tx, this.#target);
    this.hasIntake = true;
    await store.copyRows(client, this.#target, piece.others);
  }

  /** For each of the batch's people: who it is, or what is wrong with the numbers. */
  async #find({ people }: TableBatch): Promise<(Whose | Fault)[]> {
    const numbers = new Map(people.flat().map((number) => [keyOf(number), number]));
    if (this.#named.size > PERSONS_MAX) {
      // What waits to be copied is of some of them.
      await this.#copyReady();
      await this.#bumpTouched();
      this.#named.clear();
    }
    const found =
      numbers.size > 0 ? await store.findHolders(this.#run.tx, [...numbers.values()], this.#freshTarget) : [];
    const byId = new Map<string, Whose>();
    const holders = new Map<string, Whose>();
    for (const { kind, key, personId: id, isStanding } of found) {
      const whose = byId.get(id) ?? { id, order: Number(id), isFresh: !isStanding && !this.#named.has(id) };
      byId.set(id, whose);
      holders.set(keyOf({ kind, key }), whose);
    }
    return people.map((given) => personOf(given, holders));
  }

  async #prepare(batch: TableBatch, people: readonly (Whose | Fault)[], rejects: RejectedRecord[]): Promise<Piece> {
    const [fresh, others]: [Taken[], Taken[]] = [[], []];
    const isPersons = this.#target.key[0] === "person_id";
    await inTurns(batch.rows.length / ROW_NUMBERS, (nth) => {
      if (this.#target.aside) this.#noteLine(batch, nth);
      const whose = isPersons ? (people[batch.rows[nth * ROW_NUMBERS + 2] ?? 0] ?? NOBODY) : NO_ONE;
      if ("code" in whose) {
        const [record = 0, line] = batch.rows.subarray(nth * ROW_NUMBERS, nth * ROW_NUMBERS + 2);
        rejects.push({ record, line, ...whose });
      } else if (whose.isFresh) {
        fresh.push({ nth, whose });
      } else {
        others.push({ nth, whose });
        if (this.#freshTarget) this.#named.add(whose.id);
      }
    });
    const lasting = await this.#lastOfEach(batch, fresh, rejects);
    this.fresh += lasting.length;
    return { fresh: await this.#lines(batch, lasting), others: await this.#lines(batch, others) };
  }

  #noteLine({ rows }: TableBatch, nth: number): void {
    const [record = 0, line = 0] = rows.subarray(nth * ROW_NUMBERS, nth * ROW_NUMBERS + 2);
    this.lines.set(record, line);
  }

  /** In the order of the table's key, a person's rows together; of a key that stands more than once the last row. */
  async #lastOfEach(batch: TableBatch, rows: readonly Taken[], rejects: RejectedRecord[]): Promise<Taken[]> {
    const last = new Map<string, Taken>();
    const text = Buffer.from(batch.text.buffer, batch.text.byteOffset, batch.text.length);
    const cells = this.#target.key.length - 1;
    let before = NO_ONE;
    await inTurns(rows.length, (at) => {
      const row = rows[at] as Taken;
      const { id } = row.whose;
      if (row.whose !== before) {
        this.#named.add(id);
        this.#touched.add(id);
        before = row.whose;
      }
      const start = startOf(batch, row.nth);
      const key = `${id}\t${text.toString("latin1", start, endOfCells(text, start, cells))}`;
      const earlier = last.get(key);
      if (earlier) {
        const record = batch.rows[earlier.nth * ROW_NUMBERS] ?? 0;
        rejects.push({ record, line: undefined, field: this.#target.key.at(-1) ?? "", code: "repeated_row" });
      }
      last.set(key, row);
    });
    const lasting = [...last.values()];
    return isInOrder(lasting) ? lasting : lasting.sort((a, b) => a.whose.order - b.whose.order || a.nth - b.nth);
  }

  /** Whose and from where, and then the cells. */
  async #lines({ text, rows }: TableBatch, taken: readonly Taken[]): Promise<Buffer | undefined> {
    if (taken.length === 0) return undefined;
    const before = this.#target.hasOrigin ? `\t${this.#run.fileId}\t` : "";
    const lines = Buffer.allocUnsafe(text.length + taken.length * ORIGIN_BYTES_MAX);
    let at = 0;
    await inTurns(taken.length, (place) => {
      const { nth, whose } = taken[place] as Taken;
      const [start, end] = [startOf({ rows }, nth), rows[nth * ROW_NUMBERS + 3] ?? 0];
      at += lines.write(`${whose.id}${before}${rows[nth * ROW_NUMBERS]}\t`, at, "latin1");
      lines.set(text.subarray(start, end), at);
      at += end - start;
    });
    return lines.subarray(0, at);
  }
}

/** Between two turns the database is heard, and given what it can take of the batch before. */
async function inTurns(count: number, each: (nth: number) => void): Promise<void> {
  for (let from = 0; from < count; from += ROWS_A_TURN) {
    const to = Math.min(count, from + ROWS_A_TURN);
    for (let nth = from; nth < to; nth += 1) each(nth);
    await turn();
  }
}

const byRecord = (a: RejectedRecord, b: RejectedRecord) => a.record - b.record;

/** Every number that is given must be known and name one person. */
function personOf(numbers: readonly PersonNumber[], holders: ReadonlyMap<string, Whose>): Whose | Fault {
  if (numbers.length === 0) return { field: NUMBER_FIELD, code: "no_person_number" };
  const found = new Set(numbers.map((number) => holders.get(keyOf(number))));
  const [first, ...others] = [...found].filter((whose) => whose !== undefined);
  const unknown = numbers.find((number) => !holders.has(keyOf(number)));
  if (others.length > 0) return { field: NUMBER_FIELD, code: "person_conflict" };
  if (first && unknown) return { field: unknown.column, code: "number_unknown" };
  return first ?? { field: unknown?.column ?? NUMBER_FIELD, code: "person_unknown" };
}

const startOf = ({ rows }: Pick<TableBatch, "rows">, nth: number) =>
  nth === 0 ? 0 : (rows[nth * ROW_NUMBERS - 1] ?? 0);

/** Behind so many cells: a tab inside of one is written otherwise. */
function endOfCells(text: Buffer, start: number, cells: number): number {
  let at = start;
  for (let left = cells; left > 0; at += 1) if (text[at] === TAB) left -= 1;
  return at;
}

function isInOrder(rows: readonly Taken[]): boolean {
  return rows.every((row, at) => at === 0 || (rows[at - 1]?.whose.order ?? 0) <= row.whose.order);
}
