import { expect, it } from "vitest";
import { barLine } from "./progress-bar.ts";

it("shows the share as blocks and per cent, never more than the whole, and nothing of an unknown whole", () => {
  expect(barLine(50, 200, "claims.xml")).toBe(`${"█".repeat(8)}${"░".repeat(22)} 25%  claims.xml`);
  expect(barLine(300, 200, "claims.xml")).toBe(`${"█".repeat(30)} 100%  claims.xml`);
  expect(barLine(5, 0, "claims.xml")).toBe(`${"░".repeat(30)} 0%  claims.xml`);
});
