/**
 * Where places stand on the sketch of what is near: on rings around the middle, nearer ones further in. A ring belongs
 * to one nearness alone, so that a line can be drawn between them. Directions mean nothing: no coordinates are known.
 */
export interface Rings {
  /** Of the places in the order given; the middle is 0, 0. */
  points: readonly Point[];
  /** Radius around all places of each nearness, rising; the last is the rim. */
  borders: readonly number[];
}

export interface Point {
  x: number;
  y: number;
}

/** Between the middles of two places. */
export const APART = 38;
const FULL_TURN = 2 * Math.PI;

/** `nearness`: of each place, rising. `kinds`: how many kinds of nearness there are; each gets a ring of its own. */
export function ringsOf(nearness: readonly number[], kinds: number): Rings {
  const points: Point[] = [];
  const borders: number[] = [];
  let ring = 0;
  for (let kind = 0; kind < kinds; kind += 1) {
    let left = nearness.filter((one) => one === kind).length;
    const first = ring;
    while (left > 0 || ring === first) {
      const here = Math.min(left, roomOn(ring));
      points.push(...onRing(ring, here));
      left -= here;
      ring += 1;
    }
    borders.push((ring - 0.5) * APART);
  }
  return { points, borders };
}

const roomOn = (ring: number) => (ring === 0 ? 1 : 6 * ring);

/** Evenly around, the first one up; every second ring is turned, so that numbers do not stand in rows. */
function onRing(ring: number, count: number): Point[] {
  const turned = ring % 2 === 0 ? 0 : FULL_TURN / (2 * Math.max(count, 1));
  return Array.from({ length: count }, (_, at) => {
    const angle = (FULL_TURN * at) / count + turned;
    return { x: rounded(ring * APART * Math.sin(angle)), y: rounded(-ring * APART * Math.cos(angle)) };
  });
}

const rounded = (value: number) => Math.round(value * 10) / 10 || 0;
