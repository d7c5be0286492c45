/** Writes together what comes at nearly the same moment, and whatever came during the last write. */
export interface Batcher<T> {
  /** Resolves once `item` is written; rejects when its write failed. `isLast`: no other is on its way. */
  put(item: T, isLast?: boolean): Promise<void>;
}

export interface BatchPace {
  /** The first of a batch waits at most so long for others. */
  lingerMs: number;
  /** With so many nobody waits any longer. */
  enough: number;
}

export function createBatcher<T>(writeAll: (items: T[]) => Promise<void>, pace: BatchPace): Batcher<T> {
  let waiting: { item: T; done: () => void; failed: (error: unknown) => void }[] = [];
  let isWriting = false;
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
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

  function schedule(isLast = false): void {
    if (isWriting || waiting.length === 0) return;
    if (isLast || waiting.length >= pace.enough) void flush();
    else timer ??= setTimeout(() => void flush(), pace.lingerMs);
  }

  return {
    put: (item, isLast) =>
      new Promise((done, failed) => {
        waiting.push({ item, done, failed });
        schedule(isLast);
      }),
  };
}
