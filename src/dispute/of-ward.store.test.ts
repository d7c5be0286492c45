import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { aChild, aDesk, aParent, type Child, link, type Parent } from "../guardian/guardian.fixture.ts";
import { addAcceptedFile } from "../me/person.fixture.ts";
import { readerOf } from "../me/reader.ts";
import { OFFICE } from "../review/counter.fixture.ts";
import { openDispute } from "./open.ts";
import { findCase } from "./store-desk.ts";

let house: TestHouse;
let mother: Parent;
let child: Child;
beforeAll(async () => {
  house = await openTestHouse();
  mother = await aParent(house);
  child = await aChild(house);
  await link(house, await aDesk(house), child, mother);
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});

const report = (who: { personId: string }, reader: Parent, says = "Không đúng ngày khám") => {
  const actor = { ...readerOf(reader.citizen), personId: who.personId };
  const answers = { kind: "missing", fact: { kind: "participation", id: "bhxh" }, says } as const;
  return openDispute(house, { actor, answers, now: house.clock.now() });
};
const officeOf = async (id: string) => (await findCase(house.db, id))?.officeCode;
const OTHER_OFFICE = "52T01";

describe("a report on the record of somebody without a file of their own", () => {
  it("lies at the office that made the link to the guardian", async () => {
    const { disputeId } = await report(child, mother);
    expect(await officeOf(disputeId)).toBe(OFFICE);
  });

  it("lies at the office that accepted the guardian's file where no office made the link, else is refused", async () => {
    const brother = await aChild(house);
    await expect(report(brother, mother)).rejects.toMatchObject({ faults: [{ key: "no_office" }] });
    await addAcceptedFile(house, mother.personId, OTHER_OFFICE);
    expect(await officeOf((await report(brother, mother)).disputeId)).toBe(OTHER_OFFICE);
  });

  it("that came to no office is given to one at the upgrade", async () => {
    const text = "update dispute set office_code = null where person_id = $1 returning dispute_id";
    const { rows } = await house.pool.query(text, [child.personId]);
    const path = new URL("../../db/migrations/0079_reports_and_deaths.sql", import.meta.url);
    const [update = ""] = (await readFile(path, "utf8")).split(";");
    await house.pool.query(update);
    expect(await officeOf(rows[0].dispute_id)).toBe(OFFICE);
  });
});

describe("a guardian's look at a child's reports", () => {
  it.each(["/app/disputes", "/app/disputes/new", "/api/v1/me/disputes"])("is on record: %s", async (path) => {
    const get = (url: string) => house.app.inject({ url, cookies: mother.cookies });
    const token = /name="_token" value="([^"]+)"/.exec((await get("/app/family")).body)?.[1] ?? "";
    await house.app.inject({
      ...{ method: "POST", url: "/app/family/acting", cookies: mother.cookies },
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _token: token, ward: child.publicId }).toString(),
    });
    const looks = async () => {
      await flushLooks(house);
      const line = { action: "read_disputes", person_id: child.personId, actor_id: mother.personId };
      const all = house.db.selectFrom("audit_event").select("event_id");
      return (await all.where((where) => where.and(line)).execute()).length;
    };
    const before = await looks();
    const url = path.endsWith("/new") ? `${path}?about=visit&fact=${child.visitId}` : path;
    expect((await get(url)).statusCode).toBe(200);
    expect(await looks()).toBe(before + 1);
  });
});
