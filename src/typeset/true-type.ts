import { readFileSync } from "node:fs";

/** The code points that a TrueType font can draw: its character map of the basic plane (cmap, format 4). */
export function readCodePoints(path: string): Set<number> {
  const font = readFileSync(path);
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + 16 * at);
  const cmap = tables.find((at) => font.toString("latin1", at, at + 4) === "cmap");
  if (cmap === undefined) throw new Error(`${path} has no cmap`);
  const start = font.readUInt32BE(cmap + 8);
  const maps = Array.from({ length: font.readUInt16BE(start + 2) }, (_, at) => {
    return start + font.readUInt32BE(start + 4 + 8 * at + 4);
  });
  const map = maps.find((at) => font.readUInt16BE(at) === 4);
  if (map === undefined) throw new Error(`${path} has no map of format 4`);
  return codePointsOf(font, map);
}

/** Four arrays side by side: ends, starts, deltas and offsets of runs of code points. */
function codePointsOf(font: Buffer, map: number): Set<number> {
  const span = font.readUInt16BE(map + 6);
  const found = new Set<number>();
  for (let run = 0; run < span; run += 2) {
    const ends = map + 14 + run;
    const starts = ends + span + 2;
    const delta = font.readUInt16BE(starts + span);
    const offsetAt = starts + 2 * span;
    const offset = font.readUInt16BE(offsetAt);
    for (let code = font.readUInt16BE(starts); code <= font.readUInt16BE(ends) && code < 0xffff; code += 1) {
      const place = offsetAt + offset + 2 * (code - font.readUInt16BE(starts));
      const glyph = offset === 0 ? (code + delta) & 0xffff : font.readUInt16BE(place);
      if (glyph !== 0) found.add(code);
    }
  }
  return found;
}
