/** Which passages of a door are struck, and what came of it. */

export interface Walk {
  /** Struck second, where it is not the first of all. */
  from: number;
  every: number;
}

export interface Played {
  /** Passages at which something was made to happen. */
  points: number;
  /** Passages that the act makes where nothing happens. */
  passages: number;
  broken: string[];
}

/** Whoever walks begins at the first and stops at the one that is not reached. */
export const passageAfter = (at: number, { from, every }: Walk): number => (at === 1 && from > 1 ? from : at + every);
