import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { demoDigits } from "./demo-digits.ts";
import { type CastMember, seed } from "./seed.ts";

let house: TestHouse;
let cast: readonly CastMember[];
beforeAll(async () => {
  house = await openTestHouse();
  cast = await seed(house);
});
afterAll(() => house.close());

test("everybody whom the start-up text introduces can sign in", async () => {
  const citizens = cast.filter(({ signIn }) => /^\d+$/.test(signIn));
  expect(citizens).toHaveLength(3);
  for (const { signIn, password, hasDigits } of citizens) {
    const code = hasDigits ? await demoDigits(house, signIn) : undefined;
    const answer = await house.app.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login: signIn, password, ...(code ? { code } : {}) },
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

test("digits are shown of the demo's own people, and in the demo only", async () => {
  const { signIn } = cast.find(({ hasDigits }) => hasDigits) as CastMember;
  const production = { ...house, settings: { ...house.settings, profile: "production" as const } };
  await expect(demoDigits(production, signIn)).rejects.toThrow("no made-up people");
  await expect(demoDigits(house, "0000000012")).rejects.toThrow("no authenticator");
  await house.db
    .updateTable("setting")
    .set({ value: JSON.stringify([]) })
    .where("name", "=", "demo_cast")
    .execute();
  await expect(demoDigits(house, signIn)).rejects.toThrow("none of the demo's");
  await house.db
    .updateTable("setting")
    .set({ value: JSON.stringify(cast) })
    .where("name", "=", "demo_cast")
    .execute();
});

test("whoever starts it in a later year meets cards that are good, and months up to the last one", async () => {
  const later = await openTestHouse({ at: "2028-02-29T02:00:00Z" });
  try {
    const citizens = (await seed(later)).filter(({ signIn }) => /^\d+$/.test(signIn));
    for (const { signIn, password, hasDigits } of citizens) {
      const code = hasDigits ? await demoDigits(later, signIn) : undefined;
      const payload = { login: signIn, password, ...(code ? { code } : {}) };
      const { token } = (await later.app.inject({ method: "POST", url: "/api/v1/session", payload })).json();
      const headers = { authorization: `Bearer ${token}` };
      expect((await later.app.inject({ url: "/api/v1/me/cards", headers })).body).toContain("2028-12-31");
    }
    const { rows } = await later.pool.query("select max(to_month)::text as last from participation_period");
    expect(rows).toEqual([{ last: "2028-01-01" }]);
  } finally {
    await later.close();
  }
});

test("a second run adds nothing and introduces the same people", async () => {
  expect(await seed(house)).toEqual(cast);
});
