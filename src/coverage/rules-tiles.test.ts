import { expect, test } from "vitest";
import { parseTiles, readLines, type TypedPlace } from "./rules-tiles.ts";

const units = [
  { code: "XA1", name: "Xã Một" },
  { code: "XA2", name: "Xã Hai" },
];
const typed = (places: Record<string, [string, string]>) =>
  new Map(Object.entries(places).map(([code, [across, down]]): [string, TypedPlace] => [code, { across, down }]));
const told = (places: Record<string, [string, string]>, standing: Parameters<typeof parseTiles>[2] = []) => {
  const parsed = parseTiles(units, typed(places), standing);
  return parsed.ok
    ? [...parsed.value].map(([code, at]) => `${code} ${at ? `${at.across} ${at.down}` : "-"}`)
    : parsed.faults.map(({ field, key, other }) => [field, key, other].filter(Boolean).join(" "));
};

test("squares are placed from 1, one on each place; empty is no place", () => {
  expect(told({ XA1: [" 1 ", "1"], XA2: ["41", "61"] })).toEqual(["XA1 0 0", "XA2 40 60"]);
  expect(told({ XA1: ["2", "3"] })).toEqual(["XA1 1 2", "XA2 -"]);
});

test("what is half, out of range or on another's place is refused at its box, by the name of the other", () => {
  expect(told({ XA1: ["1", ""], XA2: ["", "2"] })).toEqual(["down-XA1 tile_half", "across-XA2 tile_half"]);
  expect(told({ XA1: ["0", "1"], XA2: ["1", "62"] })).toEqual(["across-XA1 tile_range", "down-XA2 tile_range"]);
  expect(told({ XA1: ["1", "một"] })).toEqual(["down-XA1 tile_range"]);
  expect(told({ XA1: ["2", "2"], XA2: ["2", "2"] })).toEqual(["across-XA2 tile_taken Xã Một"]);
  const standing = [{ code: "XB", name: "Xã Bên", across: 4, down: 4 }];
  expect(told({ XA2: ["5", "5"] }, standing)).toEqual(["across-XA2 tile_taken Xã Bên"]);
});

test("lines of a spreadsheet are read with or without their heading; a code that is not there is named", () => {
  const lines = (text: string) => {
    const read = readLines(text, units);
    return read.ok ? [...read.value].map(([code, at]) => `${code} ${at.across} ${at.down}`) : read.faults[0]?.unit;
  };
  expect(lines("mã\tcột\thàng\nxa1\t1\t2\r\n\nXA2\t3\t4\n")).toEqual(["XA1 1 2", "XA2 3 4"]);
  expect(lines("XA1;1;2")).toEqual(["XA1 1 2"]);
  expect(lines("XA1;1;2\nXA9;1;1")).toBe("XA9");
  expect(lines("XA9;1;1\nXA1;1;2")).toBe("XA9");
});
