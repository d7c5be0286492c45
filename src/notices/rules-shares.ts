/** Which messages each provider of a channel takes: by weight among those that are in, the next try elsewhere. Pure. */

/** Messages are spread over so many places; a share is a range of them. */
export const PLACES = 1000;

export interface Share {
  /** First tries whose place is at least `from` and below `to`. */
  from: number;
  to: number;
  /** Leaves alone what it tried last itself: another provider is up. */
  leavesOwn: boolean;
}

export interface Standing {
  weight: number;
  isIn: boolean;
}

/** The share of the provider at `at` now. One that is out is probed with whatever is most urgent. */
export function shareOf(standings: readonly Standing[], at: number): Share {
  const own = standings[at];
  const others = standings.filter((other, index) => index !== at && other.isIn);
  const leavesOwn = others.length > 0;
  if (!own?.isIn) return { from: 0, to: PLACES, leavesOwn };
  const weights = standings.map(({ weight, isIn }) => (isIn ? weight : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return { from: 0, to: PLACES, leavesOwn };
  const place = (upTo: number) =>
    Math.round((weights.slice(0, upTo).reduce((sum, weight) => sum + weight, 0) / total) * PLACES);
  return { from: place(at), to: place(at + 1), leavesOwn };
}
