/**
 * Accepted messages whose marks are not on disk yet: a report of delivery that is quicker than its own mark waits for
 * it, and finds its message. Of another process nothing is known here: such a report waits in its table. Pure.
 */
export interface Unwritten {
  /** Until `written` ends, well or not. */
  hold(provider: string, references: readonly string[], written: Promise<unknown>): void;
  /** Undefined: nothing is waited for. */
  of(provider: string, reference: string): Promise<void> | undefined;
}

export function createUnwritten(): Unwritten {
  const known = new Map<string, Promise<void>>();
  return {
    hold(provider, references, written) {
      if (references.length === 0) return;
      const forget = () => {
        for (const reference of references) known.delete(`${provider}/${reference}`);
      };
      const ended = written.then(forget, forget);
      for (const reference of references) known.set(`${provider}/${reference}`, ended);
    },
    of: (provider, reference) => known.get(`${provider}/${reference}`),
  };
}
