import { afterEach, describe, expect, it, vi } from "vitest";
import { TryLater } from "../kernel/failures.ts";
import { Decoders, type Limits } from "./decoders.ts";

/** Answers a picture of one byte, "ok", with the process's own number as its width; other bytes are deeds. */
const program = `
  const tell = (width) => {
    const head = Buffer.alloc(28);
    head.writeUInt32BE(1, 0);
    head.writeUInt32BE(width, 4);
    head.writeUInt32BE(1, 12);
    head.writeUInt32BE(globalThis.grown ? 900 : 50, 24);
    process.stdout.write(Buffer.concat([head, Buffer.from([7])]));
  };
  process.stdin.on("data", (part) => {
    const deed = part.subarray(8 + part.readUInt32BE(0)).toString();
    if (deed === "die") process.exit(9);
    if (deed === "spin") for (;;);
    if (deed === "chatter") process.stdout.write(Buffer.alloc(100_000, 255));
    if (deed === "grow") globalThis.grown = true;
    // What a shell and the system that starts it put there themselves.
    const harmless = ["MALLOC_ARENA_MAX", "UV_THREADPOOL_SIZE", "PWD", "OLDPWD", "SHLVL", "_", "__CF_USER_TEXT_ENCODING"];
    if (deed === "known") return tell(Object.keys(process.env).filter((name) => !harmless.includes(name)).length);
    if (deed !== "hang") tell(process.pid);
  });`;

const made: Decoders[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.end();
});

/** The limits may be changed while they serve. */
const usual = { atOnce: 1, waitingMost: 2, waitingBytesMost: 100, patienceMs: 30_000, idleMs: 60_000 };

function decoders(
  changed: Partial<Limits> = {},
  limits = { ...usual, picturesEach: 100, residentMbMost: 500 },
): Decoders {
  const one = new Decoders(Object.assign(limits, changed), program);
  made.push(one);
  return one;
}
const ask = async (one: Decoders, deed: string) =>
  (await one.draw({ bytes: Buffer.from(deed), settings: { pixels: 1 } }))?.width;

describe("processes that decode pictures", () => {
  it("serve one picture after the other, and are replaced after so many or when they have grown", async () => {
    const pool = decoders({ picturesEach: 3 });
    const [first, second, third, fourth] = [
      await ask(pool, "ok"),
      await ask(pool, "ok"),
      await ask(pool, "ok"),
      await ask(pool, "ok"),
    ];
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
    expect(await ask(pool, "grow")).toBe(fourth);
    expect(await ask(pool, "ok")).not.toBe(fourth);
  });

  it("harm nobody else when one dies: its picture is tried again and refused, the next is taken", async () => {
    const pool = decoders();
    const [died, next] = await Promise.all([ask(pool, "die"), ask(pool, "ok")]);
    expect(died).toBeUndefined();
    expect(next).toBeGreaterThan(0);
  });

  it("are replaced when they were killed between two pictures", async () => {
    const pool = decoders();
    const first = (await ask(pool, "ok")) ?? 0;
    process.kill(first, "SIGKILL");
    const next = await ask(pool, "ok");
    expect(next).toBeGreaterThan(0);
    expect(next).not.toBe(first);
  });

  it("are killed when a picture keeps them busy for too long, and when they say what nobody asked", async () => {
    const limits = { ...usual, picturesEach: 100, residentMbMost: 500 };
    const pool = decoders({ patienceMs: 800 }, limits);
    const spun = ask(pool, "spin").catch(() => undefined);
    const waits = ask(pool, "ok");
    await new Promise((begun) => setImmediate(begun));
    limits.patienceMs = 30_000;
    expect(await spun).toBeUndefined();
    const next = await waits;
    expect(next).toBeGreaterThan(0);
    expect(await ask(pool, "chatter")).toBeUndefined();
    expect(await ask(pool, "ok")).not.toBe(next);
  });

  it("tell whoever comes to a full queue to come again, by number and by bytes, and lose nobody who waits", async () => {
    const pool = decoders();
    const waiting = Array.from({ length: 3 }, () => ask(pool, "ok"));
    await expect(ask(pool, "ok")).rejects.toThrow(TryLater);
    expect(await Promise.all(waiting)).toHaveLength(3);
    const few = [ask(pool, "ok"), ask(pool, "ok")];
    await expect(ask(pool, "x".repeat(100))).rejects.toMatchObject({ code: "pictures_busy", status: 503 });
    expect((await Promise.all(few)).every(Boolean)).toBe(true);
  });

  it("say that the machine was busy, not that the picture is broken, when they were given no time", async () => {
    const limits = { ...usual, picturesEach: 100, residentMbMost: 500 };
    const pool = decoders({}, limits);
    await ask(pool, "ok");
    limits.patienceMs = 400;
    await expect(ask(pool, "hang")).rejects.toMatchObject({ code: "pictures_busy" });
  });

  it("know nothing of our environment, whatever its name", async () => {
    vi.stubEnv("VSSID_PROBE", "secret");
    vi.stubEnv("DATABASE_URL", "postgres://secret");
    expect(await ask(decoders(), "known")).toBe(0);
    vi.unstubAllEnvs();
  });
});
