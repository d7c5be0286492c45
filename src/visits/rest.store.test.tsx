import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, innerTable, sampleTables, sampleWith } from "../../test/samples/envelope.ts";
import { changeRight } from "../account/rights.ts";
import { addStaff } from "../account/staff.ts";
import { flushLooks } from "../audit/record.ts";
import { importClaims } from "../intake/import-claims.ts";
import { importPersons } from "../intake/import-persons.ts";
import { routes as intakeRoutes } from "../intake/officer.tsx";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { addPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes as apiRoutes } from "./api.ts";
import { routes as citizenRoutes } from "./citizen.tsx";
import { routes as deskRoutes } from "./officer.tsx";

const KEY = "79999-20261120-000001";
let house: TestHouse;
let web: FastifyInstance;
let visitId: string;
let fileId: string;

beforeAll(async () => {
  house = await openTestHouse();
  const people =
    "full_name,birth,sex,personal_id,insurance_number\nNguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012";
  await importPersons(house, { name: "people.csv", bytes: Buffer.from(people) });
  await importClaims(house, { name: "0.xml", bytes: envelope([dossier(sampleTables())]) });
  const claim = dossier([
    ...sampleWith({ "XML1.MA_BENH_CHINH": "B20" }),
    innerTable("XML7", { MA_LK: KEY, SO_LUU_TRU: "00123", CHAN_DOAN_RV: "Kanarirời", NGAY_RA: "202611201100" }),
    innerTable("XML6", { MA_LK: KEY, NGAYKD_HIV: "20200102" }),
  ]);
  const stranger = dossier(
    sampleWith({ "*.MA_LK": "unknown", "XML1.SO_CCCD": "099199000009", "XML1.MA_THE_BHYT": "" }),
  );
  ({ fileId } = await importClaims(house, { name: "1.xml", bytes: envelope([claim, stranger]) }));
  const { rows } = await house.pool.query("select person_id, visit_id from visit");
  visitId = rows[0].visit_id;
  const citizen: Citizen = { kind: "citizen", personId: rows[0].person_id, scope: "full", sessionId: "0".repeat(64) };
  const ward = { personId: rows[0].person_id, publicId: "w", name: "x", relation: "mother", until: undefined };
  const guardian: Citizen = { ...citizen, personId: "999", actingFor: { ...ward, hidesSensitive: true } };
  const other: Citizen = { ...citizen, personId: (await addPerson(house.db)).personId };
  await addStaff(house, { username: "thu.canbo", name: "Cán bộ Thử", role: "officer", office: "52T01" });
  const staffId = (await house.pool.query("select staff_id from staff where username = 'thu.canbo'")).rows[0].staff_id;
  const officer: Staff = {
    ...{ kind: "staff", staffId, name: "Cán bộ Thử", sessionId: "1".repeat(64) },
    roles: [{ role: "officer", officeCode: "52T01" }],
  };
  web = await openWeb(
    house,
    [...citizenRoutes, ...apiRoutes, ...deskRoutes, ...intakeRoutes],
    [citizen, guardian, officer, other],
  );
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

const open = async (url: string, who: number) => {
  const { statusCode, body } = await web.inject({ url, headers: as(who) });
  return { statusCode, body };
};

describe("the person's own visit", () => {
  test("shows its papers by the names that people know, and says where it comes from", async () => {
    const { body } = await open(`/app/visits/${visitId}`, 0);
    for (const words of ["Giấy ra viện", "Kanarirời", "11:00 20/11/2026", "Tệp không có chữ ký số", "1 lần"]) {
      expect(body).toContain(words);
    }
    expect(body).not.toContain("02/01/2020");
  });

  test("shows HIV care on a page of its own, and the look is in the record of looks", async () => {
    expect((await open(`/app/visits/${visitId}`, 0)).body).toContain(`/app/visits/${visitId}/private-care`);
    expect((await open(`/app/visits/${visitId}/private-care`, 0)).body).toContain("02/01/2020");
    await flushLooks(house);
    const { rows } = await house.pool.query("select object_id from audit_event where action = 'read_hiv'");
    expect(rows).toEqual([{ object_id: visitId }]);
  });

  test("is not there for a guardian from whom private visits are kept", async () => {
    expect((await open(`/app/visits/${visitId}/private-care`, 1)).statusCode).toBe(404);
  });

  test("the list says up to which day the data go", async () => {
    expect((await open("/app/visits?year=2026", 0)).body).toContain("đến ngày 23/11/2026");
  });
});

describe("the person's own visit over the API", () => {
  const ask = async (path: string, who = 0) => {
    const reply = await web.inject({ url: `/api/v1/me/visits/${visitId}${path}`, headers: as(who) });
    return { status: reply.statusCode, body: reply.json() };
  };

  test("carries its papers as they were filled in and its version; HIV care only by name", async () => {
    const { body } = await ask("");
    expect(body).toMatchObject({ hasHivPart: true, source: { version: 2 } });
    expect(body.papers.XML7).toEqual([expect.objectContaining({ SO_LUU_TRU: "00123", CHAN_DOAN_RV: "Kanarirời" })]);
    expect(body.papers.XML6).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain("20200102");
  });

  test("gives HIV care at its own address, with a look of its own", async () => {
    const looks = async () => {
      await flushLooks(house);
      const { rows } = await house.pool.query("select count(*)::int as n from audit_event where action = 'read_hiv'");
      return rows[0].n as number;
    };
    const before = await looks();
    expect((await ask("/private-care")).body.tables.XML6).toEqual([
      expect.objectContaining({ NGAYKD_HIV: "20200102" }),
    ]);
    expect(await looks()).toBe(before + 1);
  });

  test.each(["", "/private-care"])(
    "is not there for a guardian from whom private visits are kept, nor for others (%s)",
    async (path) => {
      expect((await ask(path, 1)).status).toBe(404);
      expect((await ask(path, 3)).status).toBe(404);
    },
  );
});

describe("the claim at the counter", () => {
  const claim = () => open(`/console/claims/${visitId}`, 2);
  const right = (isEnding: boolean, name = "hiv") =>
    changeRight(house, { username: "thu.canbo", right: name, by: "QĐ thử", isEnding });

  test("says where it comes from to every desk; what was done for the person needs a right", async () => {
    const closed = (await claim()).body;
    expect(closed).toContain("Nội dung khám chữa bệnh cần quyền riêng");
    expect(closed).toContain("Tệp không có chữ ký số");
    await right(false);
    expect((await claim()).body).not.toMatch(/Kanarirời|02\/01\/2020|B20/);
    await right(true);
    await right(false, "claims");
  });

  test("which tells of HIV is closed without the right, open with it, closed once it ends; each look is audited", async () => {
    const closed = (await claim()).body;
    expect(closed).toContain("cần quyền riêng");
    expect(closed).not.toMatch(/Kanarirời|02\/01\/2020|B20/);
    await right(false);
    expect((await claim()).body).toMatch(/B20[\s\S]*Kanarirời[\s\S]*02\/01\/2020/);
    await right(true);
    expect((await claim()).body).not.toMatch(/Kanarirời|02\/01\/2020|B20/);
    const { rows } = await house.pool.query(
      "select detail from audit_event where action = 'claim.look' and actor_kind = 'staff' order by event_id",
    );
    expect(rows.map(({ detail }) => detail.seen)).toEqual([false, false, false, true, false]);
  });

  test("shows its earlier versions by day, file and amounts", async () => {
    expect((await claim()).body).toMatch(/gửi lại[\s\S]*726\.60/);
  });

  test("a right is given with its decision, and only the one there is", async () => {
    const asked = { username: "thu.canbo", right: "all", isEnding: false };
    await expect(changeRight(house, asked)).rejects.toMatchObject({
      faults: [{ key: "right_unknown" }, { key: "by_missing" }],
    });
  });
});

describe("a file at the counter", () => {
  test("shows what was rejected and why, gives it as CSV, and offers to run it again", async () => {
    const { body } = await open(`/console/intake/${fileId}`, 2);
    expect(body).toContain("Không có người nào mang số này trong hệ thống.");
    expect(body).toContain("Chạy lại 1 hồ sơ");
    expect((await open(`/console/intake/${fileId}/rejects.csv`, 2)).body).toContain("person_unknown");
    expect((await open("/console/intake?show=rejects", 2)).body).toContain(`/console/intake/${fileId}`);
    expect((await open("/console/intake/999999", 2)).statusCode).toBe(404);
  });
});
