/** Places of a window: what was leased ahead waits for one, urgent messages first, the others in half of it at most. Pure. */
export interface Air {
  /** Resolves in its turn; true when it had to wait. */
  enter(isUrgent: boolean): Promise<boolean>;
  leave(isUrgent: boolean): void;
}

export function createAir(window: number): Air {
  const half = Math.floor(window / 2);
  const waiting = { urgent: [] as (() => void)[], bulk: [] as (() => void)[] };
  let urgent = 0;
  let bulk = 0;
  const hasPlace = (isUrgent: boolean) => urgent + bulk < window && (isUrgent || bulk < half);

  function take(isUrgent: boolean): void {
    if (isUrgent) urgent += 1;
    else bulk += 1;
  }

  function admit(queue: (() => void)[], isUrgent: boolean): void {
    while (queue.length > 0 && hasPlace(isUrgent)) {
      take(isUrgent);
      queue.shift()?.();
    }
  }

  return {
    async enter(isUrgent) {
      const queue = isUrgent ? waiting.urgent : waiting.bulk;
      if (queue.length === 0 && hasPlace(isUrgent)) {
        take(isUrgent);
        return false;
      }
      await new Promise<void>((resolve) => {
        queue.push(resolve);
      });
      return true;
    },
    leave(isUrgent) {
      if (isUrgent) urgent -= 1;
      else bulk -= 1;
      admit(waiting.urgent, true);
      admit(waiting.bulk, false);
    },
  };
}

const DECAY_MS = 100;
/** At most so many windows are leased ahead. */
const MOST_AHEAD = 3;

/** How many may be leased beyond the window: as many as went through in the last tenth of a second, none when nothing moves. */
export function createAhead(window: number) {
  let recent = 0;
  let at = 0;
  const decay = (nowMs: number) => {
    recent *= Math.exp((at - nowMs) / DECAY_MS);
    at = nowMs;
  };
  return {
    note(nowMs: number): void {
      decay(nowMs);
      recent += 1;
    },
    size(nowMs: number): number {
      decay(nowMs);
      return Math.min(MOST_AHEAD * window, Math.floor(recent));
    },
  };
}
