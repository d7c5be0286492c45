import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.ts";

const breath = () => new Promise((resolve) => setImmediate(resolve));

describe("a suspect", () => {
  it("waits for what is under way, and while it waits nothing else may begin", async () => {
    const turns = createTurns();
    const ended = [turns.begin(), turns.begin()];
    let isOver = false;
    const alone = turns.alone(async () => {
      isOver = true;
    });
    expect(turns.isClosed()).toBe(true);
    ended[0]?.();
    await breath();
    expect(isOver).toBe(false);
    ended[1]?.();
    await alone;
    expect([isOver, turns.isClosed()]).toEqual([true, false]);
  });

  it("is the only one: a second does not begin beside it", async () => {
    const turns = createTurns();
    let end = (): void => undefined;
    const first = turns.alone(
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    await turns.alone(() => Promise.reject(new Error("began beside another")));
    end();
    await first;
  });

  it("whose work fails leaves the way free", async () => {
    const turns = createTurns();
    await expect(turns.alone(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(turns.isClosed()).toBe(false);
  });
});
