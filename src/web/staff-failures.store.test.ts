import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { StaffRole } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { pageRoute, redirect } from "./route.ts";
import { createWeb } from "./server.ts";

/** What staff are shown where something at their desk cannot be done. */
let house: TestHouse;
let web: FastifyInstance;
let role: StaffRole = "officer";
beforeAll(async () => {
  house = await openTestHouse();
  const desk = { method: "GET", who: ["officer"], purpose: "review" } as const;
  const routes = [
    pageRoute({ ...desk, path: "/console", handle: () => redirect("/console/me") }),
    pageRoute({ ...desk, path: "/console/find", handle: () => Promise.reject(new NotFound("declaration")) }),
  ];
  web = await createWeb(house, routes, async () => ({
    ...{ kind: "staff", staffId: "1", name: "Đỗ Thị Đầu Mối", sessionId: "00" },
    roles: [{ role, ...(role === "coordinator" ? { unitCode: "TP" } : { officeCode: "52T01" }) }],
  }));
});
afterAll(async () => {
  await web.close();
  await house.close();
});

test("a failure at the desk keeps its frame, and leads back to where one's work begins", async () => {
  for (const [one, home] of [
    ["officer", "/console"],
    ["coordinator", "/console/units"],
  ] as const) {
    role = one;
    const { body } = await web.inject({ url: "/console/find" });
    expect(body).toContain('class="console');
    expect(body).toContain("Đỗ Thị Đầu Mối");
    expect(body).toContain(`class="button" href="${home}"`);
    expect(body).not.toContain('href="/"');
  }
});

test("the address of the desk leads everybody who has no counter to their own work", async () => {
  role = "coordinator";
  const { statusCode, headers } = await web.inject({ url: "/console" });
  expect([statusCode, headers.location]).toEqual([303, "/console/units"]);
});
