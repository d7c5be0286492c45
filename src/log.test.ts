import fs from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createLog, errorWithoutValues, openOutput, withoutValues } from "./log.ts";

function written(act: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  act(createLog("info", { write: (line) => void lines.push(line) }));
  return lines.join("");
}

it("says of an error of PostgreSQL what broke, and none of the values", () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint "person_key_pkey"'), {
    code: "23505",
    constraint: "person_key_pkey",
    detail: "Key (number)=(0000000012) already exists.",
    where: "COPY person, line 1: Nguyễn Văn Mẫu",
    parameters: ["0999900012"],
  });
  const line = written((log) => log.error({ err: error }, "request failed"));
  expect(JSON.parse(line).err).toMatchObject({ type: "Error", code: "23505", constraint: "person_key_pkey" });
  expect(line).toContain("person_key_pkey");
  expect(line).not.toMatch(/0000000012|Mẫu|0999900012/);
});

it.each([
  ['invalid input syntax for type bigint: "Nguyễn Văn Mẫu"', 'invalid input syntax for type bigint: "…"'],
  ['value "0999900012" is out of range for type integer', 'value "…" is out of range for type integer'],
  ["Unexpected token 'N', \"Nguyễn V\"... is not valid JSON", "Unexpected token '…', \"…\"... is not valid JSON"],
  ["550 5.1.1 <mau@example.vn>: Recipient unknown", "550 5.1.1 <…@…>: Recipient unknown"],
  ["no receipt for 84 999 900 012", "no receipt for …"],
  ['relation "visit" does not exist', 'relation "visit" does not exist'],
])("a sentence loses the values that it quotes: %s", (said, kept) => {
  expect(withoutValues(said)).toBe(kept);
});

it("looks into causes, and takes what is no error for a sentence", () => {
  const told = errorWithoutValues(new Error("outer", { cause: new Error("no such number 0999900012") }));
  expect(JSON.stringify(told)).not.toContain("0999900012");
  expect(errorWithoutValues("0999900012")).toEqual({ message: "…" });
});

it("takes out fields by their name, and cleans what stands as a reason", () => {
  const line = written((log) =>
    log.warn({ phone: "0999900012", asked: { email: "mau@example.vn" }, reason: "no such number 0999900012" }, "x"),
  );
  expect(line).not.toMatch(/0999900012|mau@/);
});

it("writes nothing below its level", () => {
  expect(written((log) => log.debug("unseen"))).toBe("");
});

describe("standard output whose disk is full", () => {
  afterEach(() => vi.restoreAllMocks());

  /** A disk that has room, or has none; what it holds. */
  function disk() {
    const its = { isFull: false, text: "" };
    vi.spyOn(fs, "writeSync").mockImplementation((_fd: number, data: unknown) => {
      if (its.isFull) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      its.text += String(data);
      return Buffer.byteLength(String(data));
    });
    return its;
  }

  it("stops nobody, be it the last line of a process, and gets what waited once there is room", () => {
    const its = disk();
    const log = createLog("info", openOutput());
    log.info("before");
    its.isFull = true;
    log.info("without room");
    log.fatal("the last one");
    its.isFull = false;
    log.info("after");
    expect(its.text.match(/"msg":"[^"]*/g)?.map((msg) => msg.slice(7))).toEqual([
      "before",
      "without room",
      "the last one",
      "after",
    ]);
  });

  it("keeps a megabyte waiting, and tells how many lines were left out", async () => {
    const its = disk();
    const log = createLog("info", openOutput());
    its.isFull = true;
    for (let line = 0; line < 1_200; line += 1) log.info({ text: "x".repeat(1_000) }, "waits");
    its.isFull = false;
    log.info("after");
    log.info("after that");
    await nextTurn();
    const lines = its.text.trimEnd().split("\n");
    const { lost, level } = JSON.parse(lines.at(-1) ?? "");
    expect({ level, isAllTold: lines.length - 1 + lost }).toEqual({ level: 40, isAllTold: 1_202 });
    expect(lost).toBeGreaterThan(200);
  });
});
