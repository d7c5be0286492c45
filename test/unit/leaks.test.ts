import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";
import { hitsOf, readRun } from "../leaks/read.ts";
import { Search } from "../leaks/search.ts";
import { madeUpTokens } from "../leaks/tokens.ts";

/** R39: what looks through the logs of the suite finds what is planted in them. */
const tokens = madeUpTokens(projectRoot);
const search = new Search(tokens);
const folder = mkdtempSync(join(tmpdir(), "vssid-leaks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kindsIn = (kind: "log" | "messages" | "addresses", line: object) =>
  hitsOf(kind, JSON.stringify(line), search).map((hit) => hit.kind);

it("knows many made-up people, by name and number, and what they chose and suffer from", () => {
  const count = (kind: string) => tokens.filter((token) => token.kind === kind).length;
  expect(count("name")).toBeGreaterThan(200);
  expect(count("number")).toBeGreaterThan(200);
  expect(count("password")).toBeGreaterThan(10);
  expect(count("health")).toBeGreaterThan(30);
});

describe("in the log", () => {
  it.each([
    ["name", { msg: "file of Nguyễn Văn Mẫu" }],
    ["name", { err: { detail: { who: "NGUYEN VAN MAU" } } }],
    ["number", { key: "0000000012" }],
    ["number", { to: "84999123456" }],
    ["number", { card: "DN4790000000012" }],
    ["e-mail", { reason: "550 nobody@mau.example.vn" }],
    ["password", { typed: "lua chin ben song Con 52" }],
    ["code", { code: "BD-4F7K-92QX" }],
    ["code", { code: "481593" }],
    ["health", { words: "Tăng huyết áp vô căn" }],
    ["token of a session", { cookie: createHash("sha256").update("token").digest("base64url") }],
  ])("%s is found", (kind, line) => {
    expect(kindsIn("log", { level: 30, time: 1, ...line })).toContain(kind);
  });

  it("a pattern of a route, a time, a process and our own identifiers are nothing personal", () => {
    const line = {
      ...{ level: 30, time: 1_795_000_000_000, pid: 123_456, hostname: "BD-4F7K-92QX" },
      ...{ route: "/app/visits/:id/hiv", reference: "7d9f3c1a-0000-4000-8000-052191000301", status: 404 },
    };
    expect(kindsIn("log", line)).toEqual([]);
    expect(kindsIn("log", { route: "/app/0000000012" })).toEqual(["number"]);
  });
});

it("in a message the name and a code are the person's own; numbers, lasting passwords and illness are not", () => {
  const text = "Kính gửi Nguyễn Văn Mẫu, mã 481593";
  expect(kindsIn("messages", { to: "84999900012", text })).toEqual([]);
  expect(kindsIn("messages", { text: `${text}, 0000000012` })).toEqual(["number"]);
  expect(kindsIn("messages", { subject: "HIV" })).toEqual(["health"]);
});

it("in an address the name is found although it is written as addresses are", () => {
  expect(kindsIn("addresses", { url: `/console?q=${encodeURIComponent("Nguyễn Văn Mẫu")}` })).toEqual(["name"]);
  expect(kindsIn("addresses", { url: "/console?q=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu" })).toEqual(["name"]);
  expect(kindsIn("addresses", { location: "/declare/BD-4F7K-92QX" })).toEqual([]);
});

it("reads every file of a run but the greeting of a demo, and counts what it read", () => {
  const greeting = "\nVssID is ready: http://x/\nNguyễn Văn Mẫu  0000000012\nEnd it with Ctrl-C.\n";
  writeFileSync(join(folder, "log-journeys-1.jsonl"), `{"msg":"well"}\n${greeting}plain text of Nguyễn Văn Mẫu\n`);
  writeFileSync(join(folder, "addresses-houses-1.jsonl"), '{"location":"/app"}\n');
  const { lines, found } = readRun(folder, search);
  expect(lines).toEqual({ log: 2, messages: 0, addresses: 1 });
  expect(found).toMatchObject([{ kind: "name", text: "Nguyễn Văn Mẫu", file: "log-journeys-1.jsonl" }]);
});
