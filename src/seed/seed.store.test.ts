import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type CastMember, seed } from "./seed.ts";

let house: TestHouse;
let cast: readonly CastMember[];
beforeAll(async () => {
  house = await openTestHouse();
  cast = await seed(house);
}, 60_000);
afterAll(() => house.close());

test("everybody whom the start-up text introduces can sign in", async () => {
  const citizens = cast.filter(({ signIn }) => /^\d+$/.test(signIn));
  expect(citizens).toHaveLength(2);
  for (const { signIn, password } of citizens) {
    const answer = await house.app.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login: signIn, password },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ mustChangePassword: false });
  }
});

test("the worker's visit of the sample claim is there with its costs", async () => {
  const { signIn, password } = cast.find(({ name }) => name === "Nguyễn Văn Mẫu") as CastMember;
  const { token } = (
    await house.app.inject({ method: "POST", url: "/api/v1/session", payload: { login: signIn, password } })
  ).json();
  const visits = await house.app.inject({
    url: "/api/v1/me/visits?year=2026",
    headers: { authorization: `Bearer ${token}` },
  });
  expect(visits.body).toContain("726600.50");
});

test("a second run adds nothing and introduces the same people", async () => {
  expect(await seed(house)).toEqual(cast);
});
