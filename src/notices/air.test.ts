import { describe, expect, it } from "vitest";
import { createAhead, createAir } from "./air.ts";

/** Who has come in, in order. */
function door(window: number) {
  const air = createAir(window);
  const inside: string[] = [];
  return {
    inside,
    leave: air.leave,
    async come(name: string, isUrgent: boolean): Promise<void> {
      void air.enter(isUrgent).then(() => inside.push(name));
      await settled();
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the places of a window", () => {
  it("are never more than the window, and whoever came first goes first", async () => {
    const { inside, come, leave } = door(2);
    for (const name of ["a", "b", "c", "d"]) await come(name, true);
    expect(inside).toEqual(["a", "b"]);
    leave(true);
    await settled();
    expect(inside).toEqual(["a", "b", "c"]);
  });

  it("are urgent messages' before all others'", async () => {
    const { inside, come, leave } = door(2);
    for (const name of ["u1", "u2"]) await come(name, true);
    await come("bulk", false);
    await come("u3", true);
    leave(true);
    await settled();
    expect(inside).toEqual(["u1", "u2", "u3"]);
    leave(true);
    await settled();
    expect(inside).toEqual(["u1", "u2", "u3", "bulk"]);
  });

  it("are half of them at most for what is not urgent", async () => {
    const { inside, come, leave } = door(4);
    for (const name of ["b1", "b2", "b3"]) await come(name, false);
    expect(inside).toEqual(["b1", "b2"]);
    await come("u1", true);
    expect(inside).toEqual(["b1", "b2", "u1"]);
    leave(false);
    await settled();
    expect(inside).toEqual(["b1", "b2", "u1", "b3"]);
  });

  it("say who had to wait", async () => {
    const air = createAir(1);
    expect(await air.enter(true)).toBe(false);
    const second = air.enter(true);
    air.leave(true);
    expect(await second).toBe(true);
  });
});

describe("what is leased ahead", () => {
  it("is nothing at first, grows with what goes through, and has an end", () => {
    const ahead = createAhead(8);
    expect(ahead.size(0)).toBe(0);
    for (let n = 0; n < 10; n += 1) ahead.note(n);
    expect(ahead.size(10)).toBeGreaterThan(6);
    for (let n = 0; n < 500; n += 1) ahead.note(10 + n / 10);
    expect(ahead.size(60)).toBe(24);
  });

  it("is nothing again once nothing moves", () => {
    const ahead = createAhead(8);
    for (let n = 0; n < 20; n += 1) ahead.note(n);
    expect(ahead.size(1000)).toBe(0);
  });
});
