import { hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { memoryRing, secretOfTests, vaultOfTests } from "../../test/vault.ts";
import { TryLater } from "../kernel/failures.ts";
import { sealWith } from "./cipher.ts";
import { ownKeys } from "./own-keys.ts";
import { RING_VOUCHES, SHARED_CLASSES, type SharedClass } from "./places.ts";
import { RingDown } from "./ring.ts";

const vault = vaultOfTests();
const text = Buffer.from("48213907");

describe("a seal", () => {
  it("opens in its own column of its own row only", () => {
    const sealed = vault.seal("authenticator", text, "person:42");
    expect(sealed.includes(text)).toBe(false);
    expect(vault.open("authenticator", sealed, "person:42")).toEqual(text);
    expect(() => vault.open("authenticator", sealed, "person:43")).toThrow();
    for (const other of SHARED_CLASSES.filter((one) => one !== "authenticator")) {
      expect(() => vault.open(other, sealed, "person:42"), other).toThrow();
    }
  });

  it("of a class says which key it needs, and of two classes no key is the same", () => {
    const heads = SHARED_CLASSES.map((purpose: SharedClass) => vault.seal(purpose, text, "x").toString("hex", 0, 20));
    expect(new Set(heads).size).toBe(SHARED_CLASSES.length);
  });

  it("that was changed by one bit does not open", () => {
    const sealed = vault.seal("notice", text, "otp:1");
    for (const at of [0, 10, 24, 36, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => vault.open("notice", changed, "otp:1"), `byte ${at}`).toThrow();
    }
  });

  it("made before there were data keys stays readable", async () => {
    const notice = "3efc0b074e7dd0809fc37484d706b1a188733ac171c196707c6805eeedca12c708302a4560bd19cf3ba1fc80449806";
    expect(vault.open("notice", Buffer.from(notice, "hex"), "otp:1").toString()).toBe('{"code":"48213907"}');
    const seed = "ad4816a9524765140a6237eb0b77190a785d7493767c62b46294bae31ab831b175f6bd29264330fb8558e268";
    expect(vault.open("authenticator", Buffer.from(seed, "hex"), "person:42").toString()).toBe("JBSWY3DPEHPK3PXP");
    const copy = "5173290e79737aa7e4002d410d4f9fee80e54568ddb2b8f56ae19af92bf2e907795be4a8d51d3a37c7bf02dc1b6d641f";
    const held = { sealed: Buffer.from(copy, "hex"), dataKeyId: null, keyVersion: null, wrapped: null };
    const id = "2b0f6d0e-6c3d-4a57-9d7e-1f0b5a3c7e11";
    expect((await vault.openOwn("id-paper", held, id)).toString()).toBe("a picture of a paper");
  });
});

describe("a seal that is to be believed", () => {
  const { bytes, keyId } = secretOfTests(7);
  const bySecret = (purpose: string) =>
    sealWith(Buffer.from(hkdfSync("sha256", bytes, keyId, purpose, 32)), text, "person:42:AQ");

  it("is made by no secret, whoever holds it", () => {
    expect(vault.open("authenticator", bySecret("authenticator"), "person:42:AQ")).toEqual(text);
    for (const purpose of RING_VOUCHES) {
      expect(() => vault.open(purpose, bySecret(purpose), "person:42:AQ"), purpose).toThrow("no data key");
      expect(vault.open(purpose, vault.seal(purpose, text, "person:42:AQ"), "person:42:AQ")).toEqual(text);
    }
  });
});

describe("two secrets", () => {
  const old = vaultOfTests(secretOfTests(7));
  const toldOfNew = vaultOfTests(secretOfTests(7), secretOfTests(8, "known"));
  const newInFront = vaultOfTests(secretOfTests(8), secretOfTests(7, "known"));
  const afterBreach = vaultOfTests(secretOfTests(8), secretOfTests(7, "leaked"));
  const alone = vaultOfTests(secretOfTests(8));

  it("mark with the one in front, and know the marks of both, the own one first", () => {
    expect(toldOfNew.mark("x", "text")).toEqual(old.mark("x", "text"));
    expect(newInFront.mark("x", "text")).toEqual(alone.mark("x", "text"));
    expect(newInFront.marks("x", "text")).toEqual([alone.mark("x", "text"), old.mark("x", "text")]);
    expect(toldOfNew.marks("x", "text")).toEqual([old.mark("x", "text"), alone.mark("x", "text")]);
    expect(old.marks("x", "text")).toEqual([old.mark("x", "text")]);
  });

  it("vouch for each other in both directions; one that leaked is found by and vouches for nothing", () => {
    const given = { old: old.mark("x", "text"), fresh: alone.mark("x", "text") };
    const isMark = (vault: typeof old) => [given.old, given.fresh].map((mark) => vault.isMark("x", "text", mark));
    expect(isMark(old)).toEqual([true, false]);
    expect(isMark(toldOfNew)).toEqual([true, true]);
    expect(isMark(newInFront)).toEqual([true, true]);
    expect(isMark(alone)).toEqual([false, true]);
    expect(isMark(afterBreach)).toEqual([false, true]);
    expect(afterBreach.marks("x", "text")).toEqual([given.fresh]);
    expect(afterBreach.everyMark("x", "text")).toEqual([given.fresh, given.old]);
    expect(newInFront.isMark("x", "text", given.old.subarray(1))).toBe(false);
    expect(newInFront.isMark("y", "text", given.old)).toBe(false);
  });

  it("open each other's tickets; of one that leaked only what a row decides opens", () => {
    const ticket = old.seal("a ticket", text, "x");
    const handle = old.seal("kept-card", text, "x");
    for (const vault of [toldOfNew, newInFront]) {
      expect(vault.open("a ticket", ticket, "x")).toEqual(text);
      expect(old.open("a ticket", toldOfNew.seal("a ticket", text, "x"), "x")).toEqual(text);
    }
    expect(toldOfNew.open("a ticket", newInFront.seal("a ticket", text, "x"), "x")).toEqual(text);
    expect(() => alone.open("a ticket", ticket, "x")).toThrow();
    expect(() => afterBreach.open("a ticket", ticket, "x")).toThrow();
    expect(afterBreach.open("kept-card", handle, "x")).toEqual(text);
  });

  it("open what was sealed before there were data keys, under whichever of them, also under one that leaked", async () => {
    const seed = Buffer.from(
      "ad4816a9524765140a6237eb0b77190a785d7493767c62b46294bae31ab831b175f6bd29264330fb8558e268",
      "hex",
    );
    const copy = "5173290e79737aa7e4002d410d4f9fee80e54568ddb2b8f56ae19af92bf2e907795be4a8d51d3a37c7bf02dc1b6d641f";
    const held = { sealed: Buffer.from(copy, "hex"), dataKeyId: null, keyVersion: null, wrapped: null };
    const id = "2b0f6d0e-6c3d-4a57-9d7e-1f0b5a3c7e11";
    for (const vault of [toldOfNew, newInFront, afterBreach]) {
      expect(vault.open("authenticator", seed, "person:42").toString()).toBe("JBSWY3DPEHPK3PXP");
      expect((await vault.openOwn("id-paper", held, id)).toString()).toBe("a picture of a paper");
    }
    expect(() => alone.open("authenticator", seed, "person:42")).toThrow();
    await expect(alone.openOwn("id-paper", held, id)).rejects.toThrow();
  });

  it("are named without being told, the one in front first", () => {
    expect([newInFront.keyId, newInFront.secrets]).toEqual([
      "test-8",
      [
        { keyId: "test-8", standing: "front" },
        { keyId: "test", standing: "known" },
      ],
    ]);
  });
});

describe("data keys of single objects", () => {
  const limits = { keptMs: 60_000, keptMost: 3, reserve: 4 };

  /** A ring that can be switched off, and a clock. */
  function outage() {
    const state = { isDown: false, now: 0, unwraps: 0 };
    const ring = memoryRing();
    const down = async () => {
      if (state.isDown) throw new RingDown("away");
    };
    const keys = ownKeys(
      {
        ...ring,
        wrap: async (...given) => down().then(() => ring.wrap(...given)),
        unwrap: async (...given) => {
          state.unwraps += 1;
          return down().then(() => ring.unwrap(...given));
        },
      },
      limits,
      () => state.now,
    );
    return { state, keys };
  }

  it("are remembered for a while: a ring that is away for a minute stops neither looking nor filing", async () => {
    const { state, keys } = outage();
    const seen = await keys.take(1);
    await new Promise((done) => setTimeout(done, 5));
    state.isDown = true;
    expect(await keys.open(seen)).toEqual(seen.key);
    for (let n = 0; n < limits.reserve; n += 1) expect((await keys.take(1)).version).toBe(1);
    await expect(keys.take(1)).rejects.toBeInstanceOf(TryLater);
    state.now = 30_000;
    expect(state.unwraps).toBe(0);
  });

  it("are asked for again after that, and whoever waits is told to come back: 503", async () => {
    const { state, keys } = outage();
    const seen = await keys.take(1);
    state.now = 61_000;
    expect(await keys.open(seen)).toEqual(seen.key);
    expect(state.unwraps).toBe(1);
    state.now = 122_000;
    state.isDown = true;
    await expect(keys.open(seen)).rejects.toMatchObject({ code: "keys_unavailable", status: 503 });
  });

  it("are remembered up to a number: the oldest is forgotten first", async () => {
    const { state, keys } = outage();
    const [first, , , last] = [await keys.take(1), await keys.take(1), await keys.take(1), await keys.take(1)];
    if (!first || !last) throw new Error("no keys");
    await keys.open(last);
    expect(state.unwraps).toBe(0);
    await keys.open(first);
    expect(state.unwraps).toBe(1);
  });

  it("wrapped ahead by an older version are not used", async () => {
    const { keys } = outage();
    await keys.take(1);
    await new Promise((done) => setTimeout(done, 5));
    expect((await keys.take(2)).version).toBe(2);
  });
});
