import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { firstChoice } from "../account/account.fixture.ts";
import { changePassword } from "../account/change-password.ts";
import { askChange } from "./ask-change.ts";
import { codeIn, twiceProvedHoa } from "./contact.fixture.ts";
import { proveChange } from "./prove-change.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

async function lastLangOf(template: string): Promise<string | undefined> {
  const asked = "select lang from notice where template = $1 order by notice_id desc limit 1";
  return (await house.pool.query<{ lang: string }>(asked, [template])).rows[0]?.lang;
}

it.each(["vi", "en"] as const)(
  "the owner of an account in %s is warned in that language, whatever language whoever acts reads",
  async (lang) => {
    const { citizen, personId } = await twiceProvedHoa(house);
    await house.pool.query("update account set lang = $1 where person_id = $2", [lang, personId]);
    const now = house.clock.now();
    const other = lang === "vi" ? "en" : "vi";
    const asked = await askChange(house, citizen, { kind: "phone", typed: "0987650031", lang: other, now });
    if (typeof asked === "string") throw new Error(asked);
    await proveChange(house, citizen, { changeId: asked.changeId, code: await codeIn(house, "one_time_code"), now });
    await changePassword(house, citizen, {
      currentPassword: firstChoice,
      newPassword: "mây cây cầu xanh bóng mát",
      now,
    });
    expect([await lastLangOf("contact_changing"), await lastLangOf("password_changed")]).toEqual([lang, lang]);
  },
);
