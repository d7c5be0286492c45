import { describe, expect, it } from "vitest";
import { registry } from "../app.ts";
import { importanceOf, refusedShare } from "./rules-shed.ts";

const of = (method: string, path: string) => {
  const route = registry.find((row) => row.method === method && row.path === path);
  if (!route) throw new Error(`${method} ${path} is no address`);
  return importanceOf(route);
};

describe("how long an address can wait", () => {
  it.each([
    ["GET", "/sign-in"],
    ["POST", "/sign-in"],
    ["POST", "/api/v1/session"],
    ["GET", "/account/password"],
    ["GET", "/app/card"],
    ["GET", "/app/card/pass"],
    ["GET", "/api/v1/me/cards"],
    ["GET", "/verify"],
    ["GET", "/register/:step"],
    ["POST", "/register/:step"],
    ["GET", "/console/files/:code"],
    ["POST", "/console/files/:code/acceptance"],
    ["GET", "/console/hotline/calls/:id"],
  ])("%s %s is vital", (method, path) => expect(of(method, path)).toBe("vital"));

  it.each([
    ["GET", "/"],
    ["GET", "/app"],
    ["GET", "/app/visits"],
    ["GET", "/api/v1/me/visits"],
    ["GET", "/help"],
  ])("%s %s is usual", (method, path) => expect(of(method, path)).toBe("usual"));

  it.each([
    ["GET", "/console/coverage"],
    ["GET", "/console/coverage.xlsx"],
    ["GET", "/console/batches/:id/outcome.csv"],
    ["GET", "/api/v1/me/export"],
    ["GET", "/fhir/ExplanationOfBenefit"],
    ["POST", "/api/v1/facility/uploads"],
  ])("%s %s is bulk", (method, path) => expect(of(method, path)).toBe("bulk"));
});

describe("who is told to come again", () => {
  const calm = { waiting: 0, lagMs: 20 };
  it("nobody while the machine keeps up", () => {
    for (const one of ["vital", "usual", "bulk"] as const) expect(refusedShare(one, calm)).toBe(0);
  });

  it("first what can wait, last what is vital", () => {
    expect(refusedShare("bulk", { ...calm, waiting: 40 })).toBe(1);
    expect(refusedShare("usual", { ...calm, waiting: 40 })).toBe(0);
    expect(refusedShare("usual", { ...calm, waiting: 112 })).toBeCloseTo(0.5);
    expect(refusedShare("usual", { ...calm, lagMs: 1000 })).toBe(1);
    expect(refusedShare("vital", { waiting: 200, lagMs: 1500 })).toBe(0);
    expect(refusedShare("vital", { ...calm, waiting: 1000 })).toBe(1);
  });
});
