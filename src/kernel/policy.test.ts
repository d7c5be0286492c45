import { describe, expect, it } from "vitest";
import { z } from "zod";
import { definePolicy, ownValueOn } from "./policy.ts";

const policy = definePolicy({
  name: "test.days",
  meaning: "Days",
  schema: z.number(),
  values: [
    { from: "2021-01-01", value: 10, source: "first law" },
    { from: "2026-07-01", value: 15, source: "second law" },
  ],
});

describe("the product's own value of a policy", () => {
  it.each([
    ["2020-12-31", 10, "2021-01-01"],
    ["2021-01-01", 10, "2021-01-01"],
    ["2026-06-30", 10, "2021-01-01"],
    ["2026-07-01", 15, "2026-07-01"],
    ["2030-01-01", 15, "2026-07-01"],
  ])("on %s is %d, from %s on", (on, value, from) => {
    expect(ownValueOn(policy, on)).toMatchObject({ value, from });
  });

  it("must be there", () => {
    expect(() => ownValueOn({ ...policy, values: [] }, "2026-01-01")).toThrow("test.days has no value");
  });
});
