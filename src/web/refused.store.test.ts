import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { pageRoute, type Route, redirect } from "./route.ts";
import { createWeb } from "./server.ts";

let house: TestHouse;
let web: FastifyInstance;

const routes: Route[] = [
  pageRoute({ method: "POST", path: "/form", who: ["anyone"], purpose: "none", handle: () => redirect("/form") }),
  pageRoute({ method: "GET", path: "/own", who: ["citizen"], purpose: "own_record", handle: () => redirect("/") }),
  pageRoute({
    method: "GET",
    path: "/named/:name",
    who: ["anyone"],
    purpose: "none",
    handle: ({ params }) => ({ kind: "bytes", type: "text/plain", bytes: `${params.name}` }),
  }),
];

beforeAll(async () => {
  house = await openTestHouse();
  web = await createWeb(house, routes, async () => anyone);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

test("a form that is a plain text is refused plainly, not read as one field a letter", async () => {
  const answer = await web.inject({
    method: "POST",
    url: "/form",
    headers: { "content-type": "text/plain" },
    payload: "name=An",
  });
  expect(answer.statusCode).toBe(403);
  expect(answer.body).not.toContain('value="n"');
});

test("a name with a NUL in the address is a page that is not there", async () => {
  expect((await web.inject("/named/An")).body).toBe("An");
  expect((await web.inject("/named/A%00n")).statusCode).toBe(404);
});

test("whoever must sign in comes back to a page without its query, where that is too long for a header", async () => {
  const page = await web.inject(`/own?q=${"%25".repeat(400)}`);
  expect(page.headers.location).toBe("/sign-in?next=%2Fown");
});
