/** Random numbers that can be drawn again (mulberry32): a test prints its seed, and the same seed plays the same game. */
export interface Dice {
  /** 0 up to, never reaching, 1. */
  roll(): number;
  /** 0 … below − 1. */
  below(count: number): number;
  pick<T>(of: readonly T[]): T;
  shuffled<T>(of: readonly T[]): T[];
}

export function dice(seed: number): Dice {
  let state = seed | 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(roll() * count);
  return {
    roll,
    below,
    pick: <T>(of: readonly T[]) => of[below(of.length)] as T,
    shuffled: <T>(of: readonly T[]) =>
      of
        .map((one) => [roll(), one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one),
  };
}
