/** What a difference of times is worth: its median, and where the median lies with 99 % by the bootstrap. */

export interface Interval {
  median: number;
  low: number;
  high: number;
}

const RESAMPLES = 2000;

/** Resamples whole pairs, so that what slowed both sides of a pair stays with it. */
export function medianInterval(differences: readonly number[], random: () => number = Math.random): Interval {
  const values = Float64Array.from(differences);
  const medians = new Float64Array(RESAMPLES);
  const drawn = new Float64Array(values.length);
  for (let at = 0; at < RESAMPLES; at += 1) {
    for (let n = 0; n < drawn.length; n += 1) drawn[n] = values[Math.floor(random() * values.length)] ?? 0;
    medians[at] = medianOf(drawn);
  }
  medians.sort();
  const quantile = (part: number) => medians[Math.round(part * (RESAMPLES - 1))] ?? Number.NaN;
  return { median: medianOf(values.slice()), low: quantile(0.005), high: quantile(0.995) };
}

/** Sorts what it is given. */
function medianOf(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  const upper = values[middle] ?? Number.NaN;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? Number.NaN) + upper) / 2;
}
