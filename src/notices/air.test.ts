import { describe, expect, it } from "vitest";
import { createAhead, createSky, type Place } from "./air.ts";

/** Who has come in, in order, by line; names are the messages'. */
function doors(size: number, ...windows: number[]) {
  const sky = createSky(size);
  const lines = windows.map((window) => sky.line(window));
  const inside: string[] = [];
  const places = new Map<string, Place>();
  const act = (name: string, how: "answered" | "leave") => {
    places.get(name)?.[how]();
    return settled();
  };
  return {
    inside,
    leave: (name: string) => act(name, "leave"),
    answered: (name: string) => act(name, "answered"),
    place: (name: string) => places.get(name),
    async come(name: string, isUrgent = true, line = 0): Promise<void> {
      void lines[line]?.enter(isUrgent).then((place) => {
        places.set(name, place);
        inside.push(name);
      });
      await settled();
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the places of a window", () => {
  it("are never more than the window, and whoever came first goes first", async () => {
    const { inside, come, leave } = doors(2, 2);
    for (const name of ["a", "b", "c", "d"]) await come(name);
    expect(inside).toEqual(["a", "b"]);
    await leave("a");
    expect(inside).toEqual(["a", "b", "c"]);
  });

  it("are urgent messages' before all others'", async () => {
    const { inside, come, leave } = doors(2, 2);
    for (const name of ["u1", "u2"]) await come(name);
    await come("bulk", false);
    await come("u3");
    await leave("u1");
    expect(inside).toEqual(["u1", "u2", "u3"]);
    await leave("u2");
    expect(inside).toEqual(["u1", "u2", "u3", "bulk"]);
  });

  it("are half of them at most for what is not urgent", async () => {
    const { inside, come, leave } = doors(4, 4);
    for (const name of ["b1", "b2", "b3"]) await come(name, false);
    expect(inside).toEqual(["b1", "b2"]);
    await come("u1");
    expect(inside).toEqual(["b1", "b2", "u1"]);
    await leave("b1");
    expect(inside).toEqual(["b1", "b2", "u1", "b3"]);
  });

  it("say who had to wait", async () => {
    const { come, leave, place } = doors(1, 1);
    await come("a");
    await come("b");
    await leave("a");
    expect(place("a")?.hasWaited).toBe(false);
    expect(place("b")?.hasWaited).toBe(true);
  });
});

describe("the places of two lines", () => {
  it("are all one line's while the other needs none, but never more calls than its window", async () => {
    const { inside, come, answered } = doors(4, 2, 2);
    for (const name of ["a", "b", "c", "d", "e"]) await come(name);
    expect(inside).toEqual(["a", "b"]);
    for (const name of ["a", "b", "c"]) await answered(name);
    // Four without a mark on the air: no fifth, whoever may call.
    expect(inside).toEqual(["a", "b", "c", "d"]);
  });

  it("come back to the line that lent them, first of all", async () => {
    const { inside, come, answered, leave } = doors(4, 2, 2);
    for (const name of ["a", "b", "c", "d", "e"]) await come(name);
    for (const name of ["a", "b", "c"]) await answered(name);
    await come("other", true, 1);
    expect(inside).not.toContain("other");
    await leave("a");
    expect(inside).toEqual(["a", "b", "c", "d", "other"]);
  });

  it("are not lent while the other waits for one of its own", async () => {
    const { inside, come, answered } = doors(4, 2, 2);
    for (const name of ["o1", "o2", "o3"]) await come(name, true, 1);
    for (const name of ["a", "b", "c"]) await come(name);
    await answered("a");
    expect(inside).toEqual(["o1", "o2", "a", "b"]);
  });
});

describe("what is leased ahead", () => {
  it("is nothing at first, grows with what goes through, and has an end", () => {
    const ahead = createAhead(8);
    expect(ahead.size(0)).toBe(0);
    for (let n = 0; n < 10; n += 1) ahead.note(n);
    expect(ahead.size(10)).toBeGreaterThan(6);
    for (let n = 0; n < 500; n += 1) ahead.note(10 + n / 10);
    expect(ahead.size(60)).toBe(56);
  });

  it("is nothing again once nothing moves", () => {
    const ahead = createAhead(8);
    for (let n = 0; n < 20; n += 1) ahead.note(n);
    expect(ahead.size(1000)).toBe(0);
  });
});
