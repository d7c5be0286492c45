import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { seat } from "../contact/contact.fixture.ts";
import { aChild, aDesk, aParent, type Child, courtDecision, link, type Parent } from "./guardian.fixture.ts";

/** What an officer reads of somebody's links is on record of everybody whose name it shows. */
let house: TestHouse;
let mother: Parent;
let children: Child[];
let officer: Awaited<ReturnType<typeof seat>>;
beforeAll(async () => {
  house = await openTestHouse({ at: "2026-11-23T02:00:00.000Z" });
  const desk = await aDesk(house);
  mother = await aParent(house);
  children = [await aChild(house), await aChild(house)];
  for (const child of children) await link(house, desk, child, mother);
  await link(house, desk, mother, await aParent(house, "Trần Văn Giám Hộ"), courtDecision);
  officer = await seat(house, "le.minh", "officer");
});
afterAll(() => house.close());

async function looksOf(work: () => Promise<unknown>): Promise<string[]> {
  const looks = house.db.selectFrom("audit_event").where("action", "=", "guardian.look");
  const { last } = await looks.select(({ fn }) => fn.max("event_id").as("last")).executeTakeFirstOrThrow();
  await work();
  const rows = await looks
    .select("person_id")
    .where("event_id", ">", last ?? "0")
    .where("actor_id", "=", officer.staff.staffId)
    .execute();
  return rows.map(({ person_id }) => person_id ?? "").toSorted();
}

const pageOf = (path: string) =>
  house.app.inject({ url: `/console/guardians/${path}`, cookies: { vssid_session: officer.token } });

describe("a look at somebody's links", () => {
  test("is one at their guardians and wards, too, whose names are shown", async () => {
    const shown = [children[0]?.name ?? "", children[1]?.name ?? "", "Trần Văn Giám Hộ"];
    const { rows } = await house.pool.query("select person_id from person where full_name = any($1)", [shown]);
    const looked = await looksOf(async () => {
      const { body } = await pageOf(mother.publicId);
      for (const name of shown) expect(body).toContain(name);
    });
    expect(looked).toEqual([mother.personId, ...rows.map(({ person_id }) => person_id)].toSorted());
  });

  test("is one at that person alone where no other name is shown", async () => {
    const looked = await looksOf(async () => {
      const { body } = await pageOf(`${mother.publicId}/links`);
      for (const { name } of children) expect(body).not.toContain(name);
    });
    expect(looked).toEqual([mother.personId]);
  });
});
