/** Where "now" comes from. Rules never read a clock: the verb passes `now` in. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs at normal speed from a chosen instant and can be set again: tests and the demo. */
export class MovableClock implements Clock {
  #offsetMs: number;
  readonly #followers: (() => Promise<void>)[] = [];
  readonly #first = Promise.withResolvers<void>();

  constructor(startAt: Date) {
    this.#offsetMs = startAt.getTime() - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  moveTo(instant: Date): void {
    this.#offsetMs = instant.getTime() - Date.now();
  }

  /** What is done each minute of real time, so that who moved the clock need not wait for it. */
  follow(work: () => Promise<void>): void {
    this.#followers.push(work);
    this.#first.resolve();
  }

  /**
   * Waits for somebody who follows: a server answers before its worker has begun. False: within the limit there was
   * nobody, and nothing has been done.
   */
  async letFollow(limit: AbortSignal): Promise<boolean> {
    const isTooLate = new Promise<false>((resolve) => limit.addEventListener("abort", () => resolve(false)));
    if ((await Promise.race([this.#first.promise, isTooLate])) === false) return false;
    for (const work of this.#followers) await work();
    return true;
  }
}
