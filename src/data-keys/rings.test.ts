import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWith, sealWith } from "../vault/cipher.ts";
import { type KeyRing, RingDown } from "../vault/ring.ts";
import { newRingText } from "../vault/ring-file.ts";
import { openRing } from "./open-ring.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "vssid-ring-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const dataKey = Buffer.alloc(32, 5);

/** What every ring can do: give back under the version that wrapped, and nothing once that is destroyed. */
async function turnsOver(ring: KeyRing): Promise<void> {
  const first = await ring.newest();
  const wrapped = await ring.wrap(first, dataKey, "key-a");
  expect(wrapped.includes(dataKey)).toBe(false);
  const second = await ring.make();
  expect(second).toBeGreaterThan(first);
  expect(await ring.newest()).toBe(second);
  expect(await ring.unwrap(first, wrapped, "key-a")).toEqual(dataKey);
  const anew = await ring.wrap(second, dataKey, "key-a");
  await ring.destroy(first);
  await ring.destroy(first);
  await expect(ring.unwrap(first, wrapped, "key-a")).rejects.toBeInstanceOf(RingDown);
  expect(await ring.unwrap(second, anew, "key-a")).toEqual(dataKey);
}

describe("a key ring in a file", () => {
  const put = (text: string, mode = 0o600) => {
    const path = join(home, "ring.json");
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  it("turns over, stays readable by its owner only, and binds what it wraps to its name", async () => {
    const path = put(newRingText());
    const ring = openRing({ kind: "file", path });
    await turnsOver(ring);
    expect(() => openRing({ kind: "file", path })).not.toThrow();
    const wrapped = await ring.wrap(2, dataKey, "key-a");
    await expect(ring.unwrap(2, wrapped, "key-b")).rejects.toThrow();
  });

  it("learns a version that another process made", async () => {
    const path = put(newRingText());
    const [mine, other] = [openRing({ kind: "file", path }), openRing({ kind: "file", path })];
    await mine.newest();
    const version = await other.make();
    expect(await mine.unwrap(version, await other.wrap(version, dataKey, "a"), "a")).toEqual(dataKey);
  });

  it("keeps a version that another process made meanwhile when an earlier one is destroyed", async () => {
    const path = put(newRingText());
    const [mine, other] = [openRing({ kind: "file", path }), openRing({ kind: "file", path })];
    await mine.newest();
    const version = await other.make();
    const wrapped = await other.wrap(version, dataKey, "a");
    await mine.destroy(1);
    expect(await openRing({ kind: "file", path }).unwrap(version, wrapped, "a")).toEqual(dataKey);
  });

  it.each([
    ["missing", () => join(home, "none.json"), "is missing or cannot be reached; make one with bin/vssid keys make"],
    [
      "readable by everybody",
      () => put(newRingText(), 0o644),
      "can be read or changed by others (mode 644): chmod 600",
    ],
    ["changeable by its group", () => put(newRingText(), 0o660), "can be read or changed by others (mode 660)"],
    ["no ring", () => put('{"keys":[]}'), "holds no key ring that can be read"],
    ["with a short key", () => put('{"keys":[{"version":1,"key":"AAAA"}]}'), "holds no"],
  ])("that is %s stops the start with what to do", (_what, path, told) => {
    expect(() => openRing({ kind: "file", path: path() })).toThrow(told);
  });
});

describe("a key service", () => {
  let server: Server;
  const asked: { path: string; token: string | undefined }[] = [];
  beforeEach(async () => {
    asked.length = 0;
    writeFileSync(tokenFile(), "t-1\n");
    server = transit(asked);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterEach(() => void server.close());
  const tokenFile = () => join(home, "token");
  const ringAt = (mount = "/v1/transit") => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${mount}`;
    return openRing({ kind: "http", url, tokenFile: tokenFile(), key: "vssid" });
  };

  it("turns over, with the token in its header and never in an address", async () => {
    await turnsOver(ringAt());
    expect(asked.every(({ token }) => token === "t-1")).toBe(true);
    expect(asked.some(({ path }) => path.includes("t-1"))).toBe(false);
  });

  it("is asked with the token that lies there now: one that was issued for an hour is followed by the next", async () => {
    const ring = ringAt();
    await ring.newest();
    writeFileSync(tokenFile(), "t-2\n");
    await ring.newest();
    expect(asked.map(({ token }) => token)).toEqual(["t-1", "t-2"]);
    rmSync(tokenFile());
    await expect(ring.newest()).rejects.toThrow("the file of the key service's token is missing or empty");
    expect(asked).toHaveLength(2);
  });

  it("that refuses, answers nonsense or is away counts as down, without its words", async () => {
    await expect(ringAt("/refuse").newest()).rejects.toThrow("the key service answered 403");
    await expect(ringAt("/nonsense").newest()).rejects.toThrow("the key service does not answer");
    const away = ringAt();
    await new Promise((done) => server.close(done));
    await expect(away.newest()).rejects.toBeInstanceOf(RingDown);
  });
});

describe("a key command", () => {
  const script = () => {
    const path = join(home, "hsm.mjs");
    writeFileSync(path, hsm);
    writeFileSync(join(home, "versions"), "1");
    return openRing({ kind: "command", command: [process.execPath, path] });
  };

  it("turns over", () => turnsOver(script()));

  it("that fails, is missing or says nothing counts as down", async () => {
    await expect(script().wrap(99, dataKey, "a")).rejects.toBeInstanceOf(RingDown);
    const silent = openRing({ kind: "command", command: ["true"] });
    await expect(silent.wrap(1, dataKey, "a")).rejects.toThrow("gave nothing");
    await expect(silent.newest()).rejects.toThrow("gave no number");
    const fails = openRing({ kind: "command", command: ["sh", "-c", "echo 7; exit 3"] });
    await expect(fails.newest()).rejects.toThrow("the key command failed");
    const endless = openRing({ kind: "command", command: ["sh", "-c", "yes AAAA | head -c 100000"] });
    await expect(endless.wrap(1, dataKey, "a")).rejects.toThrow("the key command failed");
    const missing = openRing({ kind: "command", command: [join(home, "none")] });
    await expect(missing.newest()).rejects.toBeInstanceOf(RingDown);
    expect(readFileSync(join(home, "versions"), "utf8")).toBe("1");
  });
});

/** As little of a transit engine as the adapter uses. */
function transit(asked: { path: string; token: string | undefined }[]): Server {
  const keys = [Buffer.alloc(32, 1)];
  let least = 1;
  const turns: Record<string, (body: Record<string, string>) => object | undefined> = {
    "/v1/transit/keys/vssid": () => ({ latest_version: keys.length }),
    "/v1/transit/keys/vssid/rotate": () => void keys.push(Buffer.alloc(32, keys.length + 1)),
    "/v1/transit/keys/vssid/config": ({ min_decryption_version: version }) => {
      least = Number(version);
      return undefined;
    },
    "/v1/transit/encrypt/vssid": ({ plaintext = "", associated_data: bound = "", key_version: version }) => {
      const key = keys[Number(version) - 1] ?? Buffer.alloc(0);
      const sealed = sealWith(key, Buffer.from(plaintext, "base64"), bound).toString("base64");
      return { ciphertext: `vault:v${version}:${sealed}` };
    },
    "/v1/transit/decrypt/vssid": ({ ciphertext = "", associated_data: bound = "" }) => {
      const [, version = "", sealed = ""] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? [];
      if (Number(version) < least) throw new Error("too old");
      const key = keys[Number(version) - 1] ?? Buffer.alloc(0);
      return { plaintext: openWith(key, Buffer.from(sealed, "base64"), bound).toString("base64") };
    },
  };
  return createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const path = request.url ?? "";
    asked.push({ path, token: request.headers["x-vault-token"] as string | undefined });
    if (path.startsWith("/refuse")) return response.writeHead(403).end('{"errors":["permission denied"]}');
    if (path.startsWith("/nonsense")) return response.end("<html>");
    try {
      const data = turns[path]?.(JSON.parse(Buffer.concat(parts).toString() || "{}"));
      response.end(data ? JSON.stringify({ data }) : "");
    } catch {
      response.writeHead(400).end("{}");
    }
  });
}

const hsm = `
import { createCipheriv, createDecipheriv } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
const file = new URL("./versions", import.meta.url);
const versions = readFileSync(file, "utf8").split(",").map(Number);
const [word, version] = process.argv.slice(2);
const iv = Buffer.alloc(16);
const input = () => Buffer.from(readFileSync(0, "utf8"), "base64");
const save = (list) => writeFileSync(file, list.join());
if (word === "newest") console.log(Math.max(...versions));
else if (word === "make") { versions.push(Math.max(...versions) + 1); save(versions); console.log(versions.at(-1)); }
else if (word === "destroy") save(versions.filter((one) => one !== Number(version)));
else {
  if (!versions.includes(Number(version))) process.exit(1);
  const key = Buffer.alloc(32, Number(version));
  const turn = word === "wrap" ? createCipheriv("aes-256-cbc", key, iv) : createDecipheriv("aes-256-cbc", key, iv);
  console.log(Buffer.concat([turn.update(input()), turn.final()]).toString("base64"));
}
`;
