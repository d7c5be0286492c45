import { expect, test } from "vitest";
import { TryLater } from "../kernel/failures.ts";
import { createLane, hashSecret, isSecret } from "./hash-lane.ts";

/** Work that ends when told to. */
function held() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end };
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test("two hashes run at once and the others wait", async () => {
  const lane = createLane(2, 10);
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await settle();
    running -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => lane.run(work, false)));
  expect(most).toBe(2);
});

test("a known device goes before strangers who waited longer", async () => {
  const lane = createLane(1, 10);
  const first = held();
  const order: string[] = [];
  const note = (name: string) => async () => {
    order.push(name);
  };
  const all = [lane.run(first.work, false), lane.run(note("stranger"), false), lane.run(note("known"), true)];
  await settle();
  first.end();
  await Promise.all(all);
  expect(order).toEqual(["known", "stranger"]);
});

test("a full queue refuses at once with 503, and known devices still have their own", async () => {
  const lane = createLane(1, 1);
  const first = held();
  const all = [lane.run(first.work, false), lane.run(async () => {}, false)];
  await settle();
  await expect(lane.run(async () => {}, false)).rejects.toThrow(TryLater);
  const known = lane.run(async () => "in", true);
  first.end();
  await Promise.all(all);
  expect(await known).toBe("in");
});

test("work that fails leaves its place to the next", async () => {
  const lane = createLane(1, 5);
  await expect(lane.run(() => Promise.reject(new Error("no")), false)).rejects.toThrow("no");
  expect(await lane.run(async () => "yes", false)).toBe("yes");
});

test("passwords are kept as argon2id of at least 19 MiB and two passes", async () => {
  const hash = await hashSecret("cây khế ngọt sau vườn");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isSecret(hash, "cây khế ngọt sau vườn", false)).toBe(true);
  expect(await isSecret(hash, "cây khế ngọt sau hè", false)).toBe(false);
  expect(await isSecret(undefined, "cây khế ngọt sau vườn", false)).toBe(false);
});
