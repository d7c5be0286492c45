import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./api.ts";
import { aConfirmed, aStaff, countOf, itsPerson } from "./counter.fixture.ts";

let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  app = await createWeb(house, routes, async () => lan);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const post = async (url: string, payload: object, key: string) =>
  app.inject({ method: "POST", url: `/api/v1/declarations${url}`, payload, headers: { "idempotency-key": key } });

describe("an act of the desk with an Idempotency-Key", () => {
  it("that was refused is done by the same request, once it is possible", async () => {
    const file = await aConfirmed(house);
    await itsPerson(house, file);
    const early = await post(`/${file.code}/acceptance`, {}, "accept");
    expect([early.statusCode, early.json().now]).toEqual([409, "confirmed"]);
    expect(await countOf(house, "idempotency_key")).toBe(0);
    const { paper, name, birth } = file.answers;
    const read = { kind: paper?.kind, number: paper?.number, name: name?.full, birth: birth?.on };
    const seen = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
    expect((await post(`/${file.code}/reception`, { paper: read, ...seen }, "receive")).statusCode).toBe(201);
    const done = await post(`/${file.code}/acceptance`, {}, "accept");
    expect([done.statusCode, done.json().status]).toEqual([201, "accepted"]);
    const again = await post(`/${file.code}/acceptance`, {}, "accept");
    expect([again.body, again.headers["idempotent-replay"]]).toEqual([done.body, "true"]);
  });
});
