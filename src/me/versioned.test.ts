import { describe, expect, test } from "vitest";
import { knownVersion, versioned } from "./versioned.ts";

describe("the version that an asker holds", () => {
  test.each([
    [undefined, "0"],
    ['"42-v1"', "42"],
    ['W/"42-v1"', "42"],
    ['"7-c1", "42-v1"', "42"],
    ['"42-v2"', "0"],
    ['"0-v1"', "0"],
    ["*", "0"],
    ['"42;drop table-v1"', "0"],
    ['"99999999999999999999-v1"', "0"],
  ])("is read from If-None-Match %s as %s", (tag, version) => {
    expect(knownVersion({ "if-none-match": tag }, "v1")).toBe(version);
  });

  test("an unchanged record is answered with 304 and no body", () => {
    expect(versioned("42", "v1", undefined)).toEqual({
      status: 304,
      headers: { etag: '"42-v1"', "cache-control": "private, no-cache" },
    });
  });

  test("a changed one with its body, kept by the asker only and checked each time", () => {
    expect(versioned("43", "v1", "{}")).toMatchObject({ status: 200, body: "{}", headers: { etag: '"43-v1"' } });
  });
});
