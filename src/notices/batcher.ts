/** Writes one by one when it is quiet, and together whatever came during the last write when it is not. */
export interface Batcher<T> {
  /** Resolves once `item` is written; rejects when its write failed. */
  put(item: T): Promise<void>;
}

export function createBatcher<T>(writeAll: (items: T[]) => Promise<void>): Batcher<T> {
  let waiting: { item: T; done: () => void; failed: (error: unknown) => void }[] = [];
  let isWriting = false;

  async function flush(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length) {
      const batch = waiting;
      waiting = [];
      try {
        await writeAll(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    isWriting = false;
  }

  return {
    put: (item) =>
      new Promise((done, failed) => {
        waiting.push({ item, done, failed });
        void flush();
      }),
  };
}
