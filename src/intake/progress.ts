/** How far an import is: a bar with rate and time left on a terminal, JSON lines on standard error otherwise. */
import { openBar } from "./progress-bar.ts";

export interface Progress {
  /** Bytes read of one file so far. */
  step(bytes: number, file: string): void;
  /** Says something between two drawings of the bar. */
  tell(say: () => void): void;
  stop(): void;
}

const LINE_EVERY_MS = 2000;
const MEGABYTE = 1e6;

export function startProgress(totalBytes: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  const read = new Map<string, number>();
  let done = 0;
  const startedAt = performance.now();
  const count = (bytes: number, file: string) => {
    done += bytes - (read.get(file) ?? 0);
    read.set(file, bytes);
  };
  return stream.isTTY ? bar(totalBytes, stream, count, how) : lines(stream, count, how);

  function how() {
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = rate > 0 ? Math.max(0, Math.round((totalBytes - done) / rate)) : undefined;
    return { done, total: totalBytes, megabytesPerSecond: Number((rate / MEGABYTE).toFixed(1)), secondsLeft: left };
  }
}

type How = () => { done: number; total: number; megabytesPerSecond: number; secondsLeft: number | undefined };
type Count = (bytes: number, file: string) => void;

function bar(total: number, stream: NodeJS.WriteStream, count: Count, how: How): Progress {
  const drawn = openBar(stream);
  return {
    step(bytes, file) {
      count(bytes, file);
      const { done, megabytesPerSecond, secondsLeft } = how();
      const left = secondsLeft === undefined ? "" : clock(secondsLeft);
      drawn.draw(done, total, `${megabytesPerSecond} MB/s  ${left}  ${file}`);
    },
    tell(say) {
      drawn.clear();
      say();
    },
    stop: () => drawn.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, count: Count, how: How): Progress {
  let toldAt = performance.now();
  return {
    step(bytes, file) {
      count(bytes, file);
      if (performance.now() - toldAt < LINE_EVERY_MS) return;
      toldAt = performance.now();
      stream.write(`${JSON.stringify({ progress: how() })}\n`);
    },
    tell: (say) => say(),
    stop: () => {},
  };
}

/** 75 → 1:15 */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
