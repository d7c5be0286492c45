import assert from "node:assert";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRing } from "./data-keys/open-ring.ts";
import { openVault, ownPushKeys, ownRing } from "./keys.ts";
import type { VaultKeys } from "./vault/vault.ts";

/** The secret alone: nothing here has a place. */
const none: VaultKeys = {
  classes: { current: () => assert.fail(), find: () => undefined },
  own: { take: () => assert.fail(), open: () => assert.fail() },
  version: () => 1,
};

const given = (secret?: Buffer) => ({ secret, known: [], leaked: [] });

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "vssid-keys-"));
});
afterEach(() => rmSync(home, { recursive: true }));

describe("the secret of the demo", () => {
  it("is made once, can be read by its owner only, and opens tomorrow what was sealed today", () => {
    const sealed = openVault(given(), home, none).seal("test", Buffer.from("one-time password"), "context");
    expect(openVault(given(), home, none).open("test", sealed, "context").toString()).toBe("one-time password");
    expect(statSync(join(home, "keys/secret")).mode & 0o777).toBe(0o600);
    expect(Buffer.from(readFileSync(join(home, "keys/secret"), "utf8"), "base64")).toHaveLength(32);
  });

  it("may have others beside it, known or leaked: an own name each, the one that writes first", () => {
    const of = (byte: number) => Buffer.alloc(32, byte);
    const sealed = openVault(given(of(8)), home, none).seal("test", Buffer.from("one-time password"), "context");
    const vault = openVault({ secret: of(9), known: [of(8)], leaked: [of(7)] }, home, none);
    expect(vault.open("test", sealed, "context").toString()).toBe("one-time password");
    const nameOf = (byte: number) => openVault(given(of(byte)), home, none).keyId;
    expect(vault.secrets).toEqual([
      { keyId: nameOf(9), standing: "front" },
      { keyId: nameOf(8), standing: "known" },
      { keyId: nameOf(7), standing: "leaked" },
    ]);
  });

  it("has beside it a key ring, made once and readable by its owner only", async () => {
    const path = join(home, "keys/ring.json");
    expect(ownRing(home)).toEqual({ kind: "file", path });
    const text = readFileSync(path, "utf8");
    expect(await openRing(ownRing(home)).newest()).toBe(1);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("has beside it a pair of keys for notices on devices, made once and readable by its owner only", () => {
    const made = ownPushKeys(home);
    expect(ownPushKeys(home)).toEqual(made);
    expect(Buffer.from(made.publicKey, "base64url")).toHaveLength(65);
    expect(statSync(join(home, "keys/push.pem")).mode & 0o777).toBe(0o600);
  });

  it("is not made where the operator gives one; the key's name follows the secret", () => {
    const opened = openVault(given(Buffer.alloc(32, 9)), home, none);
    expect(() => statSync(join(home, "keys"))).toThrow("ENOENT");
    expect(openVault(given(Buffer.alloc(32, 9)), home, none).keyId).toBe(opened.keyId);
    expect(openVault(given(Buffer.alloc(32, 8)), home, none).keyId).not.toBe(opened.keyId);
  });
});
