import type { RefusalCode } from "./words.ts";

/** A whole file that cannot be taken, with the reason. Holds nothing of the file's content. */
export class FileRefused extends Error {
  readonly code: RefusalCode;
  /** Records that could still be read before the fault. */
  readonly readable: number;
  /** Of a CSV: on which the row begins that cannot be read. */
  readonly line: number | undefined;
  /** Of a table: which columns, by the names of ours or the letters of a sheet, never by what the file calls them. */
  readonly columns: string | undefined;

  constructor(code: RefusalCode, readable = 0, line?: number, columns?: string) {
    super(`file refused: ${code}`);
    this.name = "FileRefused";
    this.code = code;
    this.readable = readable;
    this.line = line;
    this.columns = columns;
  }
}
