import { expect, it } from "vitest";
import { MovableClock } from "./clock.ts";

const never = () => new AbortController().signal;

it("who moved the clock waits for a worker that begins only then", async () => {
  const clock = new MovableClock(new Date("2026-11-23T02:00:00Z"));
  const done: string[] = [];
  const followed = clock.letFollow(never());
  clock.follow(async () => void done.push("first"));
  clock.follow(async () => void done.push("second"));
  expect(await followed).toBe(true);
  expect(done).toEqual(["first", "second"]);
});

it("where no worker begins, that is said", async () => {
  const clock = new MovableClock(new Date("2026-11-23T02:00:00Z"));
  expect(await clock.letFollow(AbortSignal.timeout(20))).toBe(false);
});

it("each time it is moved the work is done again", async () => {
  const clock = new MovableClock(new Date("2026-11-23T02:00:00Z"));
  const times: Date[] = [];
  clock.follow(async () => void times.push(clock.now()));
  await clock.letFollow(never());
  await clock.letFollow(never());
  expect(times).toHaveLength(2);
});
