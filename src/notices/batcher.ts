/** Writes together what comes at nearly the same moment, and whatever came during the last write. */
export interface Batcher<T> {
  /** Resolves once `item` is written; rejects when its write failed. */
  put(item: T): Promise<void>;
}

export interface BatchPace {
  /** The first of a batch waits at most so long for others. */
  lingerMs: number;
  /** With so many nobody waits any longer. */
  enough: number;
  /** No other is on its way: what comes in this turn of the event loop is written after it. */
  isLast?(): boolean;
}

export function createBatcher<T>(writeAll: (items: T[]) => Promise<void>, pace: BatchPace): Batcher<T> {
  let waiting: { item: T; done: () => void; failed: (error: unknown) => void }[] = [];
  let isWriting = false;
  let timer: NodeJS.Timeout | undefined;
  let turnEnd: NodeJS.Immediate | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    clearImmediate(turnEnd);
    timer = turnEnd = undefined;
    isWriting = true;
    const batch = waiting;
    waiting = [];
    try {
      await writeAll(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
    isWriting = false;
    schedule();
  }

  function schedule(): void {
    if (isWriting || waiting.length === 0) return;
    if (waiting.length >= pace.enough) void flush();
    else if (pace.isLast?.()) turnEnd ??= setImmediate(() => void flush());
    else timer ??= setTimeout(() => void flush(), pace.lingerMs);
  }

  return {
    put: (item) =>
      new Promise((done, failed) => {
        waiting.push({ item, done, failed });
        schedule();
      }),
  };
}
