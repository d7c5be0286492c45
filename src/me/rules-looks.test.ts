import { expect, test } from "vitest";
import { type Look, lookLines } from "./rules-looks.ts";

const look = (event_id: string, seconds: number, action: string, office_name: string | null = null): Look => ({
  event_id,
  at: new Date(Date.UTC(2026, 10, 23, 2, 0, seconds)),
  actor_id: null,
  actor_kind: "staff",
  action,
  purpose: "review",
  office_name,
});

test("the same deed of the same office within a minute is one line with its count", () => {
  const lines = lookLines([look("4", 59, "review.look"), look("3", 40, "review.look"), look("2", 10, "review.look")]);
  expect(lines.map(({ event_id, times }) => [event_id, times])).toEqual([["4", 3]]);
});

test("another deed, another office or a later minute is a line of its own", () => {
  const lines = lookLines([
    look("5", 200, "review.look"),
    look("4", 130, "review.look"),
    look("3", 120, "review.accept"),
    look("2", 119, "review.look"),
    look("1", 118, "review.look", "BHXH cơ sở Mẫu"),
  ]);
  expect(lines.map(({ event_id, times }) => [event_id, times])).toEqual([
    ["5", 1],
    ["4", 1],
    ["3", 1],
    ["2", 1],
    ["1", 1],
  ]);
});
