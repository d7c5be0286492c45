/**
 * Places on the air: what was leased ahead waits for one, urgent messages first, the others in half of a window at
 * most. The providers of a channel share them: what one leaves unused another may use. Pure.
 */
export interface Place {
  /** It had to be waited for. */
  hasWaited: boolean;
  /** The call is over: the next one may begin; the place is held until its mark is on disk. */
  answered(): void;
  leave(): void;
}

export interface Air {
  /** Resolves in its turn. */
  enter(isUrgent: boolean): Promise<Place>;
}

interface Line {
  window: number;
  calls: number;
  held: number;
  bulk: number;
  urgent: (() => void)[];
  others: (() => void)[];
}

/**
 * `size`: messages on the air without a mark, of all lines together; the most that a killed sender has sent unseen.
 * A line has at most `window` calls under way, which is what its provider takes, and so many places for itself; more
 * only while no other line waits for one.
 */
export function createSky(size: number): { line(window: number): Air } {
  const lines: Line[] = [];
  let held = 0;

  function hasPlace(line: Line, isUrgent: boolean): boolean {
    if (held >= size || line.calls >= line.window) return false;
    if (!isUrgent && line.bulk >= Math.floor(line.window / 2)) return false;
    return line.held < line.window || lines.every((one) => one === line || !isWaiting(one));
  }

  /** The line that holds least goes first: what was lent comes back with the next place that is free. */
  function admit(): void {
    const inTurn = [...lines].sort((one, other) => one.held - other.held);
    for (const isUrgent of [true, false]) {
      for (const line of inTurn) {
        const queue = isUrgent ? line.urgent : line.others;
        while (queue.length > 0 && hasPlace(line, isUrgent)) {
          take(line, isUrgent);
          queue.shift()?.();
        }
      }
    }
  }

  function take(line: Line, isUrgent: boolean): void {
    held += 1;
    line.held += 1;
    line.calls += 1;
    if (!isUrgent) line.bulk += 1;
  }

  function place(line: Line, isUrgent: boolean, hasWaited: boolean): Place {
    let isCalling = true;
    const end = () => {
      if (isCalling) line.calls -= 1;
      isCalling = false;
    };
    return {
      hasWaited,
      answered() {
        end();
        admit();
      },
      leave() {
        end();
        held -= 1;
        line.held -= 1;
        if (!isUrgent) line.bulk -= 1;
        admit();
      },
    };
  }

  return {
    line(window) {
      const line: Line = { window, calls: 0, held: 0, bulk: 0, urgent: [], others: [] };
      lines.push(line);
      return {
        async enter(isUrgent) {
          const queue = isUrgent ? line.urgent : line.others;
          if (queue.length === 0 && hasPlace(line, isUrgent)) {
            take(line, isUrgent);
            return place(line, isUrgent, false);
          }
          await new Promise<void>((resolve) => {
            queue.push(resolve);
          });
          return place(line, isUrgent, true);
        },
      };
    },
  };
}

const isWaiting = ({ urgent, others }: Line) => urgent.length + others.length > 0;

const DECAY_MS = 100;
/** At most so many windows are leased ahead. */
const MOST_AHEAD = 7;

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
