import { ringsOf } from "./rules-rings.ts";
import type { Nearness } from "./store-near.ts";

export interface MappedPlace {
  /** As in the list below, which says everything that the sketch shows. */
  number: number;
  name: string;
  kind: "office" | "facility";
  nearness: Nearness;
}

interface NearMapProps {
  places: readonly MappedPlace[];
  /** What each ring is called, the innermost first. */
  rings: readonly string[];
}

const POINT = 17;
const RIM = 2;

/**
 * Drawn by the server from the same rows as the list: squares are offices, discs are places for care. For the eye and
 * the finger alone: the list says the same in words, so a screen reader and the Tab key pass it by.
 */
export function NearMap({ places, rings }: NearMapProps) {
  const sorted = places.toSorted((one, other) => one.nearness - other.nearness || one.number - other.number);
  const { points, borders } = ringsOf(
    sorted.map(({ nearness }) => nearness),
    rings.length,
  );
  const rim = borders.at(-1) ?? 0;
  const half = rim + RIM;
  return (
    <svg class="near-map" viewBox={`${-half} ${-half} ${2 * half} ${2 * half}`} aria-hidden="true" focusable="false">
      {borders.toReversed().map((radius, at) => (
        <circle key={radius} class={`near-ring ring-${borders.length - 1 - at}`} r={radius} />
      ))}
      {sorted.map(({ number, name, kind }, at) => {
        const { x, y } = points[at] ?? { x: 0, y: 0 };
        return (
          <a key={number} href={`#place-${number}`} tabIndex={-1} class={kind}>
            <title>{name}</title>
            {kind === "office" ? (
              <rect x={x - POINT + 1} y={y - POINT + 1} width={2 * POINT - 2} height={2 * POINT - 2} rx="5" />
            ) : (
              <circle cx={x} cy={y} r={POINT} />
            )}
            <text x={x} y={y + 6} text-anchor="middle">
              {number}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
