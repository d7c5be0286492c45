import { EventEmitter } from "node:events";
import { afterEach, expect, it, vi } from "vitest";
import { endWithReader } from "./end-with-reader.ts";

afterEach(() => vi.restoreAllMocks());

/** With which code a command ends when its output fails so, and what it says. */
function endsAfter(code: string): { codes: number[]; said: string } {
  const complained = vi.spyOn(console, "error").mockImplementation(() => {});
  const streams = { stdout: new EventEmitter(), stderr: new EventEmitter() };
  const codes: number[] = [];
  endWithReader(streams as unknown as Parameters<typeof endWithReader>[0], (ended) => codes.push(ended));
  streams.stderr.emit("error", new Error("nobody reads this either"));
  streams.stdout.emit("error", Object.assign(new Error(`${code}: write`), { code }));
  return { codes, said: complained.mock.calls.join("\n") };
}

it("a command whose reader has seen enough ends as others do, and says nothing", () => {
  expect(endsAfter("EPIPE")).toEqual({ codes: [141], said: "" });
});

it("a command whose output finds no room says so in one line, and has failed", () => {
  expect(endsAfter("ENOSPC")).toEqual({ codes: [1], said: "vssid: what is printed finds no room: ENOSPC: write" });
});
