import { expect, test } from "vitest";
import { words } from "./words.ts";

test.each([
  [0, "im lặng đã hơn 1 phút", "silent for over a minute"],
  [1, "im lặng đã 1 phút", "silent for 1 minute"],
  [119, "im lặng đã 119 phút", "silent for 119 minutes"],
  [120, "im lặng đã 2 giờ", "silent for 2 hours"],
  [47 * 60 + 59, "im lặng đã 47 giờ", "silent for 47 hours"],
  [48 * 60, "im lặng đã 2 ngày", "silent for 2 days"],
])("%i minutes of silence are said as people say them", (minutes, vi, en) => {
  expect(words("vi").watch.minutesAgo(minutes)).toBe(vi);
  expect(words("en").watch.minutesAgo(minutes)).toBe(en);
});
