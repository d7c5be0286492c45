import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { confirm } from "../registration/confirm.ts";
import { aDraft } from "../registration/files.fixture.ts";
import { aConfirmed, aStaff, OFFICE } from "./counter.fixture.ts";
import { findFile } from "./find-file.ts";

let house: TestHouse;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
});
afterAll(() => house.close());

describe("the box of the counter", () => {
  it("finds a file by a passport of another state, whatever its form", async () => {
    for (const number of ["TR1234567", "C01X00T47"]) {
      const paper = { paper_kind: "passport", paper_number: number, paper_country: "Nhật Bản" };
      const file = await aConfirmed(house, paper);
      const found = await findFile(house, lan, number.toLowerCase());
      expect(found).toMatchObject({ query: { kind: "number" }, isCut: false });
      expect(found.files.map(({ code }) => code)).toEqual([file.code]);
    }
  });

  it("finds no draft, by whatever is typed, nor an office for it: nobody has confirmed it yet", async () => {
    const own = { paper_number: "052190880010", insurance_number: "5290880010", phone: "0987650433" };
    const draft = await aDraft(house, { office: OFFICE, full_name: "Hồ Thị Chưa Gửi", ...own });
    const typed = [draft.code, draft.answers.phone?.number, draft.answers.paper?.number, "hồ thị chưa gửi"];
    for (const text of typed) {
      expect(await findFile(house, lan, text ?? ""), text).toMatchObject({ files: [], elsewhere: undefined });
    }
    await confirm(house, { code: draft.code, actor: anyone, now: house.clock.now() });
    for (const text of typed) expect((await findFile(house, lan, text ?? "")).files, text).toHaveLength(1);
  });

  it("says that there are more files of a telephone than it shows", async () => {
    const helped = { for_whom: "helped", declarer: "Cô Giáo", declarer_as: "Trường", phone: "0987650432" };
    for (let at = 0; at < 20; at += 1) await aConfirmed(house, helped);
    const found = await findFile(house, lan, helped.phone);
    expect([found.files.length, found.isCut]).toEqual([20, true]);
  });
});
