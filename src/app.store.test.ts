import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../test/house.ts";
import { registry } from "./app.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test("the start page opens", async () => {
  const answer = await house.app.inject("/");
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain("<!doctype html>");
});

test("no address is declared twice", () => {
  const names = registry.map(({ method, path }) => `${method} ${path.replace(/:\w+|\{\w+\}/g, "*")}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test("only the pages with the camera may compile WebAssembly", async () => {
  const may = registry.filter((route) => route.kind === "page" && route.usesWasm);
  expect(may.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /register/scan",
    "GET /verify",
    "POST /verify",
  ]);
  const policyOf = async (url: string) => String((await house.app.inject(url)).headers["content-security-policy"]);
  for (const url of ["/", "/register", "/register/resume", "/sign-in"]) {
    expect(await policyOf(url), url).toContain("script-src 'self';");
    expect(await policyOf(url), url).not.toContain("unsafe");
  }
});

test("readiness and metrics tell how the outbox stands", async () => {
  const ready = await house.app.inject("/readyz");
  expect(ready.json()).toMatchObject({
    status: "ready",
    database: "up",
    outbox: { queued: 0, late: 0, endangered: 0 },
  });
  expect((await house.app.inject("/metrics")).body).toContain('vssid_state{part="outbox",what="late"} 0');
});
