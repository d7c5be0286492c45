import { bad, good, type Outcome } from "../kernel/outcome.ts";

/** Where squares stand on the tile map: what a table of places must say. Pure. */
export interface TilePlace {
  /** From the left and from above, from 0. */
  across: number;
  down: number;
}

export interface TileUnit {
  code: string;
  name: string;
}

/** As they are typed: columns and rows from 1, by code; empty: by name, after those that have a place. */
export interface TypedPlace {
  across: string;
  down: string;
}

export interface TileFault {
  /** Of the box; `lines`: of what was pasted. */
  field: string;
  key: "tile_half" | "tile_range" | "tile_taken" | "tile_unknown";
  unit: string;
  /** Who stands there already. */
  other?: string;
}

export const COLUMNS = 41;
export const ROWS = 61;

export const boxOf = (what: "across" | "down", code: string): string => `${what}-${code}`;

/**
 * The place of each unit, or null where it has none. `standing`: squares of other units that are seen on the same maps.
 * Two squares on one place are refused, each by the name of the other.
 */
export function parseTiles(
  units: readonly TileUnit[],
  typed: ReadonlyMap<string, TypedPlace>,
  standing: readonly (TileUnit & TilePlace)[],
): Outcome<Map<string, TilePlace | null>, TileFault[]> {
  const faults: TileFault[] = [];
  const places = new Map<string, TilePlace | null>();
  const taken = new Map(standing.map(({ name, ...at }) => [`${at.across} ${at.down}`, name]));
  for (const { code, name } of units) {
    const fault = (what: "across" | "down", key: TileFault["key"], other?: string) =>
      faults.push({ field: boxOf(what, code), key, unit: name, ...(other ? { other } : {}) });
    const [across, down] = [typed.get(code)?.across.trim() ?? "", typed.get(code)?.down.trim() ?? ""];
    const [column, row] = [countOf(across, COLUMNS), countOf(down, ROWS)];
    if (across === "" && down === "") places.set(code, null);
    else if (across === "" || down === "") fault(across === "" ? "across" : "down", "tile_half");
    else if (column === undefined) fault("across", "tile_range");
    else if (row === undefined) fault("down", "tile_range");
    else {
      const place = { across: column - 1, down: row - 1 };
      const key = `${place.across} ${place.down}`;
      const other = taken.get(key);
      if (other !== undefined) fault("across", "tile_taken", other);
      else taken.set(key, name);
      places.set(code, place);
    }
  }
  return faults.length > 0 ? bad(faults) : good(places);
}

function countOf(text: string, most: number): number | undefined {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= most ? count : undefined;
}

/** Lines of code, column and row as a spreadsheet gives them, with tabs, commas or semicolons between. */
export function readLines(text: string, units: readonly TileUnit[]): Outcome<Map<string, TypedPlace>, TileFault[]> {
  const codes = new Set(units.map(({ code }) => code));
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.split(/[\t;,]/).map((cell) => cell.trim()))
    .filter(([code]) => code);
  const isKnown = ([code = ""]: readonly string[]) => codes.has(code.toUpperCase());
  const [head, ...rest] = lines;
  const own = head && !isKnown(head) && isHeading(head) ? rest : lines;
  const unknown = own.find((line) => !isKnown(line));
  if (unknown) return bad([{ field: "lines", key: "tile_unknown", unit: unknown[0]?.slice(0, 20) ?? "" }]);
  return good(new Map(own.map(([code = "", across = "", down = ""]) => [code.toUpperCase(), { across, down }])));
}

const isHeading = (cells: readonly string[]) => cells.length > 1 && cells.every((cell) => !/\d/.test(cell));
