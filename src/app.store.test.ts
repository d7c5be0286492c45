import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../test/house.ts";
import { asOwner } from "../test/owner.ts";
import { openSession } from "./account/open-session.ts";
import { registry } from "./app.ts";
import { flushLooks } from "./audit/record.ts";
import { looksAt } from "./audit/store.ts";
import { inTransaction } from "./db/transaction.ts";

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

test("what only the inside may read has one address each, which a proxy can keep to itself", async () => {
  const statusOf = async (url: string) => (await house.app.inject(url)).statusCode;
  for (const path of ["/metrics", "/readyz"]) {
    expect(await statusOf(path)).toBe(200);
    expect(await statusOf(`${path}?brief`)).toBe(200);
    for (const other of [
      `${path}/`,
      `${path}/?brief`,
      `/${path}`,
      `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
    ]) {
      expect(await statusOf(other), other).toBe(404);
    }
  }
});

test("an answer that shows somebody leaves only when its row is written", async () => {
  await asOwner(
    house,
    `insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
     values (1, gen_random_uuid(), 'Lê Thị Mẫu', 'le thi mau', '1955-01-01', 2);
     insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     values (1, 'none', 'chosen', '2026-11-01', '2026-11-01')`,
  );
  const now = house.clock.now();
  const asked = { scope: "full", kind: "bearer", device: "", now } as const;
  const { token } = await inTransaction(house.db, (tx) => openSession(tx, { personId: "1" }, asked));
  const ask = () => house.app.inject({ url: "/api/v1/me", headers: { authorization: `Bearer ${token}` } });
  const looks = async () => (await looksAt(house.db, ["1"], "self", 10)).length;
  expect((await ask()).statusCode).toBe(200);
  expect(await looks()).toBe(1);
  await asOwner(house, "revoke insert on audit_event from vssid_app, vssid_citizen");
  const refused = await ask();
  expect(refused.statusCode).toBeGreaterThanOrEqual(500);
  expect(refused.body).not.toContain("Mẫu");
  await asOwner(house, "grant insert on audit_event to vssid_app, vssid_citizen");
  await flushLooks(house);
  expect(await looks()).toBe(2);
});
