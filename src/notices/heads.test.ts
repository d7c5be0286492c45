import { expect, it } from "vitest";
import { createHeads } from "./heads.ts";
import type { Claimed } from "./store.ts";

const dueAt = new Date("2026-11-23T02:15:00Z");
const found = [
  { lane: 1, due_at: dueAt, notice_id: "7" },
  { lane: 1, due_at: dueAt, notice_id: "9" },
] as Claimed[];

it("a look begins where the last one found its first, for half a second, each lane by itself", () => {
  const heads = createHeads();
  expect(heads.of([1, 1], 0)).toBeUndefined();
  heads.note([1, 1], found, 2, 0);
  expect(heads.of([1, 1], 499)).toEqual({ lane: 1, dueAt, noticeId: "7" });
  expect(heads.of([2, 3], 1)).toBeUndefined();
  expect(heads.of([1, 1], 500)).toBeUndefined();
});

it("where less was due than could be taken, the next look begins at the beginning", () => {
  const heads = createHeads();
  heads.note([1, 1], found, 2, 0);
  heads.note([1, 1], found, 3, 1);
  expect(heads.of([1, 1], 2)).toBeUndefined();
});
