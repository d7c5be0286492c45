import { TryLater } from "../kernel/failures.ts";
import { Decoder, type Drawn, type Job } from "./decoder.ts";
import childProgram from "./image-child.mjs?raw";

export interface Limits {
  /** Processes at most. */
  atOnce: number;
  /** Pictures that may wait, and their bytes together. */
  waitingMost: number;
  waitingBytesMost: number;
  /** For one picture, the start of a process included. */
  patienceMs: number;
  /** After so many pictures, or with so much memory, a process is replaced by a new one. */
  picturesEach: number;
  residentMbMost: number;
  /** Unused for so long it ends. */
  idleMs: number;
}

const AGAIN_SECONDS = 5;

/** A few processes that decode pictures. One that hangs is killed, one that dies is replaced: nobody else's picture is lost. */
export class Decoders {
  readonly #limits: Limits;
  readonly #program: string;
  readonly #idle = new Map<Decoder, NodeJS.Timeout>();
  readonly #waiting: { bytes: number; start: () => void }[] = [];
  #running = 0;

  constructor(limits: Limits, program = childProgram) {
    this.#limits = limits;
    this.#program = program;
  }

  /** Undefined when it is no picture. Throws TryLater("pictures_busy") when too many wait, or the machine gave it no time. */
  async draw(job: Job): Promise<Drawn | undefined> {
    await this.#enter(job.bytes.length);
    try {
      const answer = await this.#try(job);
      // A process may die of what the kernel or the picture before did: once more, in a new one.
      const told = answer === "gone" ? await this.#try(job, true) : answer;
      if (told === "starved") throw busy();
      return typeof told === "string" ? undefined : told;
    } finally {
      this.#leave();
    }
  }

  /** Ends those that nobody uses. */
  end(): void {
    for (const decoder of this.#idle.keys()) this.#retire(decoder);
  }

  async #try(job: Job, isNew = false) {
    const decoder = (isNew ? undefined : this.#unused()) ?? new Decoder(this.#program);
    const answer = await decoder.draw(job, this.#limits.patienceMs);
    const { picturesEach, residentMbMost, idleMs } = this.#limits;
    if (decoder.isGone || decoder.count >= picturesEach || decoder.residentMb > residentMbMost) decoder.end();
    else this.#idle.set(decoder, setTimeout(() => this.#retire(decoder), idleMs).unref());
    return answer;
  }

  /** The one that was used last: what is too many falls idle and ends. */
  #unused(): Decoder | undefined {
    for (const decoder of [...this.#idle.keys()].reverse()) {
      clearTimeout(this.#idle.get(decoder));
      this.#idle.delete(decoder);
      if (!decoder.isGone) return decoder;
    }
    return undefined;
  }

  #retire(decoder: Decoder): void {
    clearTimeout(this.#idle.get(decoder));
    this.#idle.delete(decoder);
    decoder.end();
  }

  async #enter(bytes: number): Promise<void> {
    if (this.#running < this.#limits.atOnce) {
      this.#running += 1;
      return;
    }
    const waitingBytes = this.#waiting.reduce((sum, one) => sum + one.bytes, 0);
    const { waitingMost, waitingBytesMost } = this.#limits;
    if (this.#waiting.length >= waitingMost || waitingBytes + bytes > waitingBytesMost) throw busy();
    await new Promise<void>((start) => this.#waiting.push({ bytes, start }));
  }

  /** Whoever waits takes over the place. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next.start();
    else this.#running -= 1;
  }
}

const busy = () => new TryLater("pictures_busy", AGAIN_SECONDS, 503);
