/** One line on a terminal, drawn over itself: "████░░░░ 42%  3.1 MB/s  1:15  claims.xml". */
const WIDTH = 30;
const EACH_MS = 100;
const clearLine = "\r\x1b[K";

export interface Bar {
  draw(done: number, total: number, rest: string): void;
  clear(): void;
  stop(): void;
}

export function openBar(stream: NodeJS.WriteStream): Bar {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let line = "";
  return {
    draw(done, total, rest) {
      line = barLine(done, total, rest).slice(0, (stream.columns ?? 80) - 1);
      if (performance.now() - drawnAt < EACH_MS) return;
      drawnAt = performance.now();
      stream.write(clearLine + line);
    },
    clear: () => void stream.write(clearLine),
    stop: () => void stream.write(`${clearLine}${line}\n`),
  };
}

/** Blanks of any size may be read beyond what was foretold: never more than the whole. */
export function barLine(done: number, total: number, rest: string): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const full = Math.round(share * WIDTH);
  return `${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${Math.floor(share * 100)}%  ${rest}`;
}
