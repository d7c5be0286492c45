/** What csv-parse was given last, as it was written: of a row that it has just read. */

/** More than one row and all that waits between here and csv-parse. */
const RECENT_BYTES = 4 * 1024 * 1024;

export class RecentText {
  readonly #pieces: Buffer[] = [];
  /** Place of the first piece in all that went through, and of the end of the last. */
  #from = 0;
  #to = 0;

  async *through(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      const piece = Buffer.from(part);
      this.#pieces.push(piece);
      this.#to += piece.length;
      while (this.#to - this.#from > RECENT_BYTES) this.#from += this.#pieces.shift()?.length ?? 0;
      yield piece;
    }
  }

  /** Between these two bytes of all that went through; what went by too long ago is missing. */
  between(start: number, end: number): string {
    let at = this.#from;
    const found: Buffer[] = [];
    for (const piece of this.#pieces) {
      if (at < end && at + piece.length > start) found.push(piece.subarray(Math.max(0, start - at), end - at));
      at += piece.length;
    }
    return Buffer.concat(found).toString("utf8");
  }
}
