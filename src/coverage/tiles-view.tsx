import type { Lang } from "../kernel/words.ts";
import { percentText, wholeText } from "./figures.ts";
import type { Look } from "./look.ts";
import { Wide } from "./plots-view.tsx";
import { words } from "./words.ts";

const TILE = 80;

export interface Square {
  code: string;
  name: string;
  across: number;
  down: number;
  /** Its class: how dark. */
  tone: string;
  title: string;
  /** What stands large under the name. */
  foot: string;
  href?: string;
}

/** One square of the same size a unit, where it was put, else in rows by name. */
export function Tiles({ look, lang }: { look: Look; lang: Lang }) {
  const said = words(lang);
  const squares = placesOf(look.units).map(({ unit, across, down }) => ({
    ...{ code: unit.code, name: unit.name, across, down },
    href: `/console/coverage/units/${unit.code}?moment=${look.moment}&base=${look.base}`,
    tone: `tile-${Math.min(4, Math.floor((unit.now.share ?? 0) * 5))}`,
    title: `${unit.name}: ${percentText(unit.now.share, lang)}\u00a0%, ${said.people(wholeText(unit.now.come, lang), wholeText(unit.now.of, lang))}`,
    foot: `${percentText(unit.now.share, lang)}\u00a0%`,
  }));
  return <TileMap label={said.view.tiles} squares={squares} />;
}

export function TileMap({ label, squares }: { label: string; squares: readonly Square[] }) {
  const across = 1 + Math.max(0, ...squares.map((square) => square.across));
  const down = 1 + Math.max(0, ...squares.map((square) => square.down));
  return (
    <Wide label={label}>
      <svg
        class="tiles"
        viewBox={`0 0 ${across * TILE} ${down * TILE}`}
        width={across * TILE}
        role={squares.some(({ href }) => href) ? undefined : "img"}
        aria-label={label}
      >
        {squares.map((square) =>
          square.href ? (
            <a key={square.code} href={square.href} class={`tile ${square.tone}`}>
              <Face {...square} />
            </a>
          ) : (
            <g key={square.code} class={`tile ${square.tone}`}>
              <Face {...square} />
            </g>
          ),
        )}
      </svg>
    </Wide>
  );
}

function Face({ name, across, down, title, foot }: Square) {
  const [left, top] = [across * TILE, down * TILE];
  return (
    <>
      <title>{title}</title>
      <rect x={left + 2} y={top + 2} width={TILE - 4} height={TILE - 4} rx="8" />
      {linesOf(name).map((line, row) => (
        <text key={line} x={left + TILE / 2} y={top + 20 + row * 15} text-anchor="middle">
          {line}
        </text>
      ))}
      <text class="tile-share" x={left + TILE / 2} y={top + 68} text-anchor="middle">
        {foot}
      </text>
    </>
  );
}

interface Placed {
  name: string;
  across: number | null;
  down: number | null;
}

/** Those with a place of their own stand there, the others below them by name. */
export function placesOf<U extends Placed>(units: readonly U[]): { unit: U; across: number; down: number }[] {
  const byName = units.toSorted((a, b) => a.name.localeCompare(b.name, "vi"));
  const fixed = byName.filter(({ across, down }) => across !== null && down !== null);
  const rest = byName.filter((unit) => !fixed.includes(unit));
  const width = Math.min(
    12,
    Math.max(4, Math.ceil(Math.sqrt(rest.length)), ...fixed.map(({ across }) => (across ?? 0) + 1)),
  );
  const below = fixed.length > 0 ? 1 + Math.max(...fixed.map(({ down }) => down ?? 0)) : 0;
  return [
    ...fixed.map((unit) => ({ unit, across: unit.across ?? 0, down: unit.down ?? 0 })),
    ...rest.map((unit, at) => ({ unit, across: at % width, down: below + Math.floor(at / width) })),
  ];
}

/** A name in at most two lines of some ten letters; what every name begins with is left out. */
function linesOf(name: string): string[] {
  const short = name.replace(
    /^(Ủy ban nhân dân|UBND|Xã|Phường|Thị trấn|Công ty TNHH|Công ty cổ phần|Công ty|Trường)\s+/iu,
    "",
  );
  const lines = [""];
  for (const word of short.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last === "" || last.length + word.length < 11) lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 2 ? [lines[0] ?? "", `${lines[1]}…`] : lines;
}
