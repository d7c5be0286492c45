import { encode } from "uqr";

/** Light modules around the code (quiet zone) that readers need. */
const QUIET_MODULES = 4;

/** A QR code as lines of width 1 in an SVG of `size` by `size` modules, quiet zone included: dark runs, row by row. */
export function qrPath(text: string, ecc: "L" | "M" = "M"): { size: number; path: string } {
  const { data, size } = encode(text, { ecc, border: QUIET_MODULES });
  return { size, path: data.map(runsOf).join("") };
}

function runsOf(row: readonly boolean[], y: number): string {
  let path = "";
  let at = 0;
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    path += `${path ? `m${from - at} 0` : `M${from} ${y}.5`}h${x + 1 - from}`;
    at = x + 1;
  }
  return path;
}
