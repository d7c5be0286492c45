/** The server's log as sealed files of one segment each. */
import type { LogPiece } from "../db/replication.ts";
import { segmentName } from "./rules.ts";

/** A segment and how much of it is there, from its beginning. */
export interface Segment {
  name: string;
  start: bigint;
  bytes: Buffer;
  filled: number;
}

/** Puts pieces of log in the order in which they came into whole segments. Throws where a piece is missing. */
export class Segments {
  #present: Segment;
  readonly #timeline: number;
  readonly #segmentBytes: number;

  constructor(timeline: number, segmentBytes: number, start: bigint) {
    this.#timeline = timeline;
    this.#segmentBytes = segmentBytes;
    this.#present = this.#begin(start);
  }

  /** The segments that this piece completes. */
  add({ at, bytes }: LogPiece): Segment[] {
    const whole: Segment[] = [];
    if (at !== this.position) throw new Error(`the log goes on at ${at}, and ${this.position} was to come`);
    let rest = bytes;
    while (rest.length > 0) {
      const part = rest.subarray(0, this.#segmentBytes - this.#present.filled);
      part.copy(this.#present.bytes, this.#present.filled);
      this.#present.filled += part.length;
      rest = rest.subarray(part.length);
      if (this.#present.filled < this.#segmentBytes) continue;
      whole.push(this.#present);
      this.#present = this.#begin(this.#present.start + BigInt(this.#segmentBytes));
    }
    return whole;
  }

  get present(): Segment {
    return this.#present;
  }

  /** Where the next piece begins. */
  get position(): bigint {
    return this.#present.start + BigInt(this.#present.filled);
  }

  #begin(start: bigint): Segment {
    const name = segmentName(this.#timeline, start, this.#segmentBytes);
    return { name, start, bytes: Buffer.alloc(this.#segmentBytes), filled: 0 };
  }
}
