import type { RefusalCode } from "./words.ts";

/** A whole file that cannot be taken, with the reason. Holds nothing of the file's content. */
export class FileRefused extends Error {
  readonly code: RefusalCode;
  /** Records that could still be read before the fault. */
  readonly readable: number;

  constructor(code: RefusalCode, readable = 0) {
    super(`file refused: ${code}`);
    this.name = "FileRefused";
    this.code = code;
    this.readable = readable;
  }
}
