import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { spawnApart } from "./apart.ts";
import type { GreyPicture } from "./rules-judge.ts";

export interface Job {
  bytes: Uint8Array;
  /** What image-child.mjs is told; with a text it stamps, else it draws anew. */
  settings: { pixels: number; longestSide?: number; greySide?: number; text?: string; fontFile?: string };
}

export interface Drawn {
  width: number;
  height: number;
  jpeg: Buffer;
  /** Of no size where none was asked for. */
  grey: GreyPicture;
}

/** broken: no picture. gone: the process ended by itself. late: nothing came for too long, and starved is why. */
export type Answer = Drawn | "broken" | "gone" | "late" | "starved";

const ANSWER_BYTES_MOST = 64 * 1024 * 1024;
const HEAD = 7 * 4;
const TICK_MS = 10;

const require = createRequire(import.meta.url);
const sharpPath = require.resolve("sharp");

/** One process that decodes pictures, one at a time, until it is ended. It never keeps ours alive. */
export class Decoder {
  readonly #child;
  #parts: Buffer[] = [];
  #length = 0;
  #need = HEAD;
  #told: ((answer: Answer) => void) | undefined;
  #failed: Error | undefined;
  /** Pictures it was given. */
  count = 0;
  /** Its memory after the last picture. */
  residentMb = 0;
  isGone = false;

  constructor(program: string) {
    this.#child = spawnApart(program, [sharpPath]);
    this.#child.unref();
    for (const end of [this.#child.stdin, this.#child.stdout]) (end as unknown as Socket).unref();
    // A process that dies early closes its end; that it died is told by "close".
    this.#child.stdin.on("error", () => undefined);
    this.#child.stdout.on("data", (part: Buffer) => this.#take(part));
    this.#child.on("error", (error) => {
      this.#failed = error;
      this.#leave();
    });
    this.#child.on("close", () => this.#leave());
  }

  /** Rejects when there could be no process at all. */
  async draw({ bytes, settings }: Job, patienceMs: number): Promise<Answer> {
    if (this.isGone) return this.#orFailure("gone");
    const startedCpuMs = cpuMsOf(this.#child.pid);
    this.count += 1;
    [this.#parts, this.#length, this.#need] = [[], 0, HEAD];
    const text = Buffer.from(JSON.stringify(settings));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(text.length, 0);
    head.writeUInt32BE(bytes.length, 4);
    const answer = await new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => {
        const usedMs = cpuMsOf(this.#child.pid) - startedCpuMs;
        this.end();
        resolve(usedMs < patienceMs / 2 ? "starved" : "late");
      }, patienceMs);
      this.#told = (told) => {
        clearTimeout(timer);
        resolve(told);
      };
      this.#child.stdin.cork();
      for (const part of [head, text, bytes]) this.#child.stdin.write(part);
      this.#child.stdin.uncork();
    });
    this.#told = undefined;
    return this.#orFailure(answer);
  }

  end(): void {
    this.isGone = true;
    this.#child.kill("SIGKILL");
  }

  #orFailure(answer: Answer): Answer {
    if (this.#failed) throw this.#failed;
    return answer;
  }

  #leave(): void {
    this.isGone = true;
    this.#told?.("gone");
  }

  /** What says more than it was asked, or too much, was taken over by a picture and is ended. */
  #take(part: Buffer): void {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length < this.#need) return;
    const whole = Buffer.concat(this.#parts);
    this.#parts = [whole];
    const [isDrawn = 0, width = 0, height = 0, jpegLength = 0, greyWidth = 0, greyHeight = 0, residentMb = 0] =
      Array.from({ length: HEAD / 4 }, (_, at) => whole.readUInt32BE(at * 4));
    const jpegEnd = HEAD + jpegLength;
    this.#need = jpegEnd + greyWidth * greyHeight;
    if (!this.#told || this.#length > this.#need || this.#need > ANSWER_BYTES_MOST) {
      this.end();
      this.#told?.("broken");
    } else if (this.#length === this.#need) {
      this.residentMb = residentMb;
      const grey = { width: greyWidth, height: greyHeight, pixels: whole.subarray(jpegEnd) };
      this.#told(isDrawn === 1 ? { width, height, jpeg: whole.subarray(HEAD, jpegEnd), grey } : "broken");
    }
  }
}

/** Processor time of a process so far; without /proc it counts as never starved. */
function cpuMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
