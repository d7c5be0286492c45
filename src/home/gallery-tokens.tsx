import type { ComponentChildren } from "preact";
import {
  type Column,
  collectStyles,
  colourOf,
  contrast,
  DataTable,
  EDGE_PAIRS,
  PLACE_NAMES,
  PlaceIcon,
  spacesOf,
  TEXT_PAIRS,
  type Tokens,
  textSizesOf,
  tokensOf,
  Wordmark,
} from "../ui/index.ts";
import { LONG_NAME, LONG_PLACE } from "./gallery-fields.tsx";

/** The language itself, read from the style sheets as they are: colours and contrast, letters, spaces, icons. */
const css = collectStyles("portal");
const schemes = tokensOf(css);

const textSizes = textSizesOf(css);

/** Rules that show each size of text under its own name. */
export const sizeStyles = textSizes.map(([name]) => `.in-${name}{font-size:var(--${name})}`).join("");

/** Rules that hold a part of the page to one scheme. */
export const sideStyles = (["light", "dark"] as const)
  .map((name) => {
    const colours = [...schemes[name]].map(([token, hex]) => `--${token}:${hex}`).join(";");
    return `.in-${name}{color-scheme:${name};${colours}}`;
  })
  .join("");

export function TokensShown() {
  return (
    <>
      <Colours />
      <Letters />
      <Spaces />
      <Icons />
    </>
  );
}

interface Colour {
  name: string;
  light: string;
  dark: string;
}

const colours = [...schemes.light].map(
  ([name, light]): Colour => ({ name, light, dark: colourOf(schemes.dark, name) }),
);

interface Pair {
  above: string;
  ground: string;
  least: number;
}

const pairs = [
  ...TEXT_PAIRS.map(([above, ground]): Pair => ({ above, ground, least: 7 })),
  ...EDGE_PAIRS.map(([above, ground]): Pair => ({ above, ground, least: 3 })),
];

function Colours() {
  const ratio = (tokens: Tokens, { above, ground }: Pair) =>
    `${contrast(colourOf(tokens, above), colourOf(tokens, ground)).toFixed(1).replace(".", ",")} : 1`;
  const columns: Column<Colour>[] = [
    { head: "Màu", cell: ({ name }) => <code>{name}</code>, isMain: true },
    { head: "Nền sáng", cell: ({ light }) => <Swatch hex={light} /> },
    { head: "Nền tối", cell: ({ dark }) => <Swatch hex={dark} /> },
  ];
  return (
    <>
      <h2>Màu</h2>
      <div class="swatches">
        <DataTable caption="Màu" hideCaption columns={columns} rows={colours} />
      </div>
      <DataTable<Pair>
        caption="Độ tương phản: chữ ít nhất 7 : 1, cạnh ít nhất 3 : 1"
        rows={pairs}
        columns={[
          { head: "Trên nền", cell: ({ above, ground }) => `${above} / ${ground}`, isMain: true },
          { head: "Ít nhất", cell: ({ least }) => `${least} : 1`, isNumber: true },
          { head: "Sáng", cell: (pair) => ratio(schemes.light, pair), isNumber: true },
          { head: "Tối", cell: (pair) => ratio(schemes.dark, pair), isNumber: true },
        ]}
      />
    </>
  );
}

function Swatch({ hex }: { hex: string }) {
  return (
    <>
      <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
        <rect x="0.2" y="0.2" width="9.6" height="9.6" rx="2" fill={hex} />
      </svg>
      <code>{hex}</code>
    </>
  );
}

/** Each size with the longest and most marked words; they are shown, and are no headings of this page. */
function Letters() {
  const sample: ComponentChildren = `${LONG_NAME} — ${LONG_PLACE}`;
  return (
    <>
      <h2>Chữ</h2>
      {textSizes.map(([name, size]) => (
        <p key={name} class={`in-${name}`}>
          {name} ({size}): Nguyễn Thị Ngọc Ưu, <strong>1.234.567 đ</strong>
        </p>
      ))}
      <h3>{`h3: ${sample}`}</h3>
      <p class="lead">lead: {sample}</p>
      <p>p: {sample}</p>
      <p class="hint">hint: {sample}</p>
      <p>
        <span class="digits">digits: 0123456789 BD-4F7K-92QX</span>
      </p>
    </>
  );
}

function Spaces() {
  const most = 6;
  const steps = spacesOf(css).filter(([rem]) => rem <= most);
  return (
    <>
      <h2>Khoảng cách</h2>
      <DataTable<[number, number]>
        caption="Khoảng cách"
        hideCaption
        rows={steps}
        columns={[
          { head: "rem", cell: ([rem]) => String(rem).replace(".", ","), isMain: true },
          { head: "px", cell: ([rem]) => rem * 16, isNumber: true },
          { head: "Số lần dùng", cell: ([, times]) => times, isNumber: true },
          {
            head: "Rộng",
            cell: ([rem]) => (
              <svg width={rem * 16} height="16" aria-hidden="true" focusable="false">
                <rect width="100%" height="100%" fill="currentColor" />
              </svg>
            ),
          },
        ]}
      />
    </>
  );
}

function Icons() {
  return (
    <>
      <h2>Biểu tượng</h2>
      <p class="glyphs">
        {PLACE_NAMES.map((place) => (
          <PlaceIcon key={place} place={place} />
        ))}
      </p>
      <div class="header">
        <p class="header-row">
          <span class="brand">
            <Wordmark tagline="Dấu hiệu riêng, không của cơ quan nào" />
          </span>
        </p>
      </div>
    </>
  );
}
