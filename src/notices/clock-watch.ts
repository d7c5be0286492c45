/** Sees a clock that was set while we run: the time of day against the time that only goes forward. */
import type { Clock } from "../kernel/clock.ts";

/** Smaller steps are the daily corrections of a clock; leases and gaps bear them. */
const TOLERATED_MS = 5_000;

export interface ClockWatch {
  /** Milliseconds by which the clock was set since the last look: negative when it was put back, 0 when it was not. */
  jumpedBy(): number;
}

export function watchClock(clock: Clock, steadyNow: () => number = () => performance.now()): ClockWatch {
  let offset = clock.now().getTime() - steadyNow();
  return {
    jumpedBy() {
      const seen = clock.now().getTime() - steadyNow();
      const jump = seen - offset;
      offset = seen;
      return Math.abs(jump) > TOLERATED_MS ? jump : 0;
    },
  };
}
