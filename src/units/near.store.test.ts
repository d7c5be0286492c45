import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./citizen.tsx";
import { facilitiesNear, officesNear } from "./store-near.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** Xã Tuy Phước, Tỉnh Gia Lai: of the old district of Tuy Phước. */
const tuyPhuoc = { provinceCode: "52", communeCode: "21952", on: "2026-11-23" };

describe("places near a commune", () => {
  it("the office that serves it comes first, then those of the old district, then the province's", async () => {
    const offices = await officesNear(house.db, tuyPhuoc, 10);
    expect(offices[0]).toMatchObject({ code: "52T01", nearness: 0 });
    expect(offices.map(({ nearness }) => nearness)).toEqual(offices.map(({ nearness }) => nearness).toSorted());
    expect(offices.map(({ code }) => code)).toContain("52000");
    expect(offices.map(({ code }) => code)).not.toContain("52H14");
  });

  it("a facility is where the end of its address says: the very commune, a sister of the old district, elsewhere", async () => {
    const near = await facilitiesNear(house.db, tuyPhuoc, 30);
    const of = (code: string) => near.find((one) => one.code === code)?.nearness;
    expect([of("52998"), of("52997"), of("52999")]).toEqual([0, 1, 2]);
    expect(near.map(({ code }) => code)).not.toContain("79999");
  });

  it("an office that has closed is not named, and one of another day is", async () => {
    const before = await officesNear(house.db, { ...tuyPhuoc, on: "2025-06-15" }, 10);
    expect(before.map(({ code }) => code)).toContain("52H14");
  });

  it("the page works by addresses alone, takes no unknown place, and says that it knows no distances", async () => {
    const web = await openWeb(house, routes, []);
    const shown = await web.inject("/find?province=52&commune=21952");
    expect(shown.body).toContain("BHXH cơ sở Tuy Phước".replace("BHXH", "Bảo hiểm xã hội"));
    expect(shown.body).toContain("Danh mục chưa có tọa độ");
    const inList = [...shown.body.matchAll(/<div id="(place-\d+)"/g)].map(([, id]) => id);
    const onMap = [...shown.body.matchAll(/<a href="#(place-\d+)"/g)].map(([, id]) => id);
    expect(inList.length).toBeGreaterThan(3);
    expect(onMap.toSorted()).toEqual(inList.toSorted());
    // The one script of pages with boxes keeps what is chosen when the text grows.
    const plain = shown.body.replace('<script type="module" src="/stay.js" id="stay"></script>', "");
    expect(plain).not.toContain("<script");
    const unknown = await web.inject("/find?province=52&commune=zz'--");
    expect([unknown.statusCode, unknown.body.includes("Cơ quan BHXH</h2>")]).toEqual([200, false]);
    expect((await web.inject("/find?old=tuy phuoc")).body).toContain("Trước là");
    await web.close();
  });
});
