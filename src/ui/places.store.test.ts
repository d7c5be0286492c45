import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { NewMember } from "../account/staff.ts";
import { addUnit } from "../coverage/roll-up.fixture.ts";
import { hired } from "../staff-factor/staff.fixture.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await addUnit(house, { unit_code: "TINH", kind: "province", office_code: "52000" });
  await addUnit(house, { unit_code: "XA1", parent_code: "TINH" });
});
afterAll(() => house.close());

const members: Omit<NewMember, "name">[] = [
  { username: "menu.officer", role: "officer", office: "52T01" },
  { username: "menu.supervisor", role: "supervisor", office: "52T01" },
  { username: "menu.hotline", role: "hotline", office: "52T01" },
  { username: "menu.coordinator", role: "coordinator", unit: "XA1" },
  { username: "menu.leader", role: "leader", unit: "TINH" },
  { username: "menu.head", role: "leader", office: "52T01" },
  { username: "menu.auditor", role: "auditor" },
  { username: "menu.operator", role: "operator" },
];

describe.each(members)("the menu of $username", (member) => {
  it("and the way back from the guides lead to no page that is refused to them", async () => {
    const { token } = await hired(house, { name: "Trần Thị Lan", ...member });
    const read = (url: string) => house.app.inject({ url, headers: { cookie: `vssid_session=${token}` } });
    const { body: desk } = await read("/console/me");
    const [menu = ""] = /<nav class="desk-places"[\s\S]*?<\/nav>/.exec(desk) ?? [];
    const { body: guides } = await read("/guides");
    const [, back = ""] = /<a[^>]*class="back"[^>]*href="([^"]+)"/.exec(guides) ?? [];
    const places = [...menu.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? "");
    expect(places.length).toBeGreaterThan(0);
    expect(back).toMatch(/^\/console/);
    const answers = await Promise.all(
      [...places, back].map(async (url) => ({ url, status: (await read(url)).statusCode })),
    );
    expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
  });
});
