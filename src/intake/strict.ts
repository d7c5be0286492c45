/**
 * Reads any well-formed inner table, with positions: the second reader, for CDATA mixes, comments,
 * attributes and entities. No document type, so no entity bombs and no outside reads (T12).
 */
import { SaxesParser } from "saxes";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import type { Row, Shape, TableRows } from "./scan.ts";
import type { RejectCode } from "./words.ts";

export interface XmlFault {
  code: RejectCode;
  /** Of the inner file, 1 for the first line. */
  line: number;
  field: string;
}

const DEPTH_MAX = 20;

class Stopped extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault) {
    super(fault.code);
    this.fault = fault;
  }
}

export function readStrict(text: string, shape: Shape): Outcome<TableRows, XmlFault> {
  const parser = new SaxesParser({ position: true });
  const table = new TableBuilder(shape, (code, field) => {
    throw new Stopped({ code, field, line: parser.line });
  });
  parser.on("error", () => table.stop("malformed_table"));
  parser.on("doctype", () => table.stop("doctype_inside"));
  parser.on("xmldecl", (declaration) => {
    if (declaration.encoding && !/^utf-?8$/i.test(declaration.encoding)) table.stop("wrong_encoding_inside");
  });
  parser.on("opentag", (tag) => table.open(tag.name));
  parser.on("closetag", () => table.close());
  parser.on("text", (part) => table.text(part));
  parser.on("cdata", (part) => table.text(part));
  try {
    parser.write(text.replace(/^\ufeff?\s+(?=<\?xml)/, "")).close();
  } catch (error) {
    if (error instanceof Stopped) return bad(error.fault);
    throw error;
  }
  return good(table.result());
}

class TableBuilder {
  readonly #shape: Shape;
  readonly #fail: (code: RejectCode, field: string) => never;
  readonly #rows: Row[] = [];
  readonly #unknown = new Set<string>();
  readonly #path: string[] = [];
  #lastContainer = -1;
  #row: Row | undefined;
  #unknownInRow = new Set<string>();
  #leaf: string | undefined;
  #value = "";

  constructor(shape: Shape, fail: (code: RejectCode, field: string) => never) {
    this.#shape = shape;
    this.#fail = fail;
  }

  stop(code: RejectCode): never {
    return this.#fail(code, this.#leaf ?? this.#path.at(-1) ?? "");
  }

  open(name: string): void {
    if (this.#path.length >= DEPTH_MAX) this.stop("too_deep");
    if (this.#leaf !== undefined) this.stop("nested_field");
    this.#path.push(name);
    if (this.#row) {
      this.#leaf = name;
      this.#value = "";
    } else if (name === this.#shape.row) {
      this.#row = new Array<string | undefined>(this.#shape.width).fill(undefined);
      this.#unknownInRow = new Set();
    } else {
      const place = this.#shape.containers.indexOf(name);
      if (place <= this.#lastContainer) this.stop("unexpected_element");
      this.#lastContainer = place;
    }
  }

  close(): void {
    const name = this.#path.pop() ?? "";
    if (this.#leaf !== undefined) {
      this.#keep(this.#leaf);
      this.#leaf = undefined;
    } else if (this.#row) {
      this.#rows.push(this.#row);
      this.#row = undefined;
    } else if (name === this.#shape.containers[this.#lastContainer]) {
      this.#lastContainer = this.#path.length === 0 ? -1 : this.#shape.containers.indexOf(this.#path.at(-1) ?? "");
    }
  }

  text(part: string): void {
    if (this.#leaf !== undefined) this.#value += part;
    else if (/[^ \t\r\n]/.test(part)) this.stop("text_outside_field");
  }

  result(): TableRows {
    return { rows: this.#rows, unknown: [...this.#unknown] };
  }

  #keep(name: string): void {
    const place = this.#shape.places.get(name);
    if (place === undefined) {
      if (this.#unknownInRow.has(name)) this.stop("repeated_field");
      this.#unknownInRow.add(name);
      this.#unknown.add(name);
    } else {
      const row = this.#row ?? [];
      if (row[place] !== undefined) this.stop("repeated_field");
      row[place] = this.#value;
    }
  }
}
