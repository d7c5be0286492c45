import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { routes as guardians } from "../guardian/officer-file.tsx";
import type { Staff } from "../kernel/actor.ts";
import { ceilings } from "../looks/rules-policies.ts";
import { setPolicy } from "../policy/set.ts";
import { routes as api } from "../registration/api.ts";
import { createWeb } from "../web/server.ts";
import { aConfirmed, aReceived, aStaff, itsPerson } from "./counter.fixture.ts";
import { routes as pages } from "./officer.tsx";
import { routes as transfers } from "./officer-transfer.tsx";

let house: TestHouse;
let app: FastifyInstance;
let present: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createWeb(house, [...pages, ...transfers, ...guardians, ...api], async () => present);
  const two = { hour: { soft: 1, hard: 2 }, day: { soft: 1, hard: 2 } };
  const value = { ...ceilings.values[0]?.value, officer: two };
  await setPolicy(house, ceilings, { value, from: "2026-11-23", by: "Quyết định thử" });
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const statusOf = async (url: string) => (await app.inject({ method: "GET", url })).statusCode;
const page = (code: string) => `/console/files/${code}`;
const forms = {
  "the page": (code: string) => `${page(code)}/form.pdf`,
  "the API": (code: string) => `/api/v1/declarations/${code}/form.pdf`,
};

describe("form 01 that an officer prints", () => {
  for (const [way, formOf] of Object.entries(forms)) {
    it(`by ${way} is a counted look at its person; printing a file that is open costs nothing more`, async () => {
      present = await aStaff(house, "Trần Thị In");
      const [first, second, third] = [await aConfirmed(house), await aConfirmed(house), await aConfirmed(house)];
      const persons = [await itsPerson(house, first), await itsPerson(house, second), await itsPerson(house, third)];
      expect(await statusOf(page(first.code))).toBe(200);
      expect(await statusOf(formOf(first.code))).toBe(200);
      expect(await statusOf(formOf(second.code))).toBe(200);
      expect(await statusOf(formOf(third.code))).toBe(403);
      expect(await statusOf(formOf(first.code))).toBe(200);
      const { rows } = await house.pool.query(
        "select person_id, bool_or(action = 'look.refused') refused from audit_event where actor_id = $1 and person_id is not null group by 1 order by 1",
        [present.staffId],
      );
      expect(rows).toMatchObject(persons.map((person_id, at) => ({ person_id, refused: at === 2 })));
    });
  }
});

describe("a page of a file that names its person", () => {
  const aChilds = () =>
    aReceived(house, present, {
      typed: {
        for_whom: "child",
        declarer: "Trần Thị Mẹ Mẫu",
        full_name: "Nguyễn Bảo Na Mẫu",
        birth_day: "2",
        birth_month: "5",
        birth_year: "2022",
        email: "",
      },
    });

  it.each([
    ["of the hand-over", () => aConfirmed(house), "hand-over"],
    ["of the guardian", aChilds, "guardian"],
  ])("%s is a counted look at the file", async (_, aFile, name) => {
    present = await aStaff(house, "Trần Thị Chuyển");
    const { code } = await aFile();
    expect(await statusOf(`${page(code)}/${name}`)).toBe(200);
    const { rows } = await house.pool.query("select action from audit_event where actor_id = $1 and object_id = $2", [
      present.staffId,
      code,
    ]);
    expect(rows).toContainEqual({ action: "review.look" });
  });
});
