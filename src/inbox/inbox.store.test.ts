import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { words as factorWords } from "../factor/words.ts";
import { aChild, aDesk, again, aParent, link, type Parent } from "../guardian/guardian.fixture.ts";
import { queue } from "../notices/notices.fixture.ts";
import { setPolicy } from "../policy/set.ts";
import { keptDays } from "./rules.ts";

let house: TestHouse;
let reader: Parent;
let stranger: Parent;
const start = new Date("2026-11-23T02:00:00Z");
beforeAll(async () => {
  house = await openTestHouse();
  reader = await aParent(house, "Trần Thị Đọc Tin");
  stranger = await aParent(house, "Lê Thị Người Dưng");
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});

const get = (url: string, who: Parent) => house.app.inject({ url, cookies: who.cookies });
const list = async (who: Parent, query = "") => (await get(`/api/v1/me/notices${query}`, who)).json();
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

/** A declaration of this person; its messages know the file alone. */
async function aFileOf(personId: string | null): Promise<string> {
  const { rows } = await house.pool.query(
    `insert into declaration (code, created_at, person_id) values (gen_random_uuid()::text, $1, $2) returning declaration_id`,
    [start, personId],
  );
  return rows[0].declaration_id;
}

async function markAllSent(): Promise<void> {
  await house.pool.query(
    "update notice set state = 'delivered', sent_at = created_at, delivered_at = created_at, sealed_fields = null",
  );
}

describe("the messages in the account", () => {
  it("are those of the file and of the account, one for both ways, newest first, without a secret", async () => {
    const declarationId = await aFileOf(null);
    const confirmed = { template: "declaration_confirmed", class: "reminder", secrets: undefined } as const;
    await queue(house, {
      ...confirmed,
      fields: { code: "BD-4F7K-92QX", deadline: "thứ Năm, 03/12/2026", office: "BHXH Mẫu" },
      declarationId,
    });
    house.clock.moveTo(minutes(1));
    await queue(house, { declarationId, email: "doc@example.vn", phone: reader.phone, dueAt: minutes(16) });
    await markAllSent();
    expect((await list(reader)).notices).toEqual([]);
    await house.pool.query("update declaration set person_id = $1 where declaration_id = $2", [
      reader.personId,
      declarationId,
    ]);
    const { notices, unread, next } = await list(reader);
    expect(notices.map(({ template }: { template: string }) => template)).toEqual([
      "declaration_accepted",
      "declaration_confirmed",
    ]);
    expect([unread, next]).toEqual([2, null]);
    const one = await get(`/api/v1/me/notices/${notices[0].id}`, reader);
    expect(one.body).not.toMatch(/bake-metu|7912345678/);
    expect(one.body).not.toContain(reader.phone);
    expect(notices.map(({ lang }: { lang: string }) => lang)).toEqual(["vi", "vi"]);
    expect(one.json()).toMatchObject({
      lang: "vi",
      isCovered: true,
      sentTo: [
        { channel: "sms", to: expect.stringMatching(/^•+\d{3}$/), state: "delivered" },
        { channel: "email", to: "d•••@example.vn" },
      ],
    });
    expect(one.json().text.join(" ")).toContain("(chỉ có trong tin đã gửi)");
    const onEnglishPage = (await get(`/app/inbox/${notices[0].id}?lang=en`, reader)).body;
    expect(onEnglishPage).not.toMatch(/bake-metu|7912345678/);
  });

  it("are whole in the language in which they were sent, and say which it is", async () => {
    const owner = await aParent(house, "Trần Thị Đọc Tin Hai");
    const event = factorWords("vi").told.authenticator_on;
    const fields = { event, at: "10:42 23/11/2026" };
    await queue(house, { personId: owner.personId, template: "factor_changed", fields, secrets: undefined });
    const [{ id, title }] = (await list(owner)).notices;
    const page = (await get(`/app/inbox/${id}?lang=en`, owner)).body;
    expect(page).toContain('<html lang="en"');
    expect(page).toContain(`<h1 lang="vi">${title}</h1>`);
    const [, text = ""] = /<div class="inbox-text" lang="vi">(.*?)<\/div>/.exec(page) ?? [];
    expect(text).toContain(event);
    expect(text).not.toMatch(/\b(your|was|sign)\b/i);
  });

  it("are unread until they are opened, and the home page counts them", async () => {
    const key = { personId: stranger.personId, template: "password_changed", secrets: undefined } as const;
    await queue(house, { ...key, fields: { at: "09:00 23/11/2026" } });
    await queue(house, { ...key, fields: { at: "09:05 23/11/2026" } });
    await queue(house, {
      personId: stranger.personId,
      class: "code",
      template: "one_time_code",
      fields: { what: "đăng nhập", minutes: 5, tell: "Không đưa cho ai" },
      secrets: { code: "48151623" },
    });
    expect((await get("/app", stranger)).body).toContain("2 tin chưa đọc.");
    const { notices } = await list(stranger);
    expect(notices.map(({ isUnread }: { isUnread: boolean }) => isUnread)).toEqual([false, true, true]);
    expect((await get(`/app/inbox/${notices[1].id}`, stranger)).body).toContain("Mật khẩu");
    expect((await get("/app", stranger)).body).toContain("1 tin chưa đọc.");
    const reading = `/api/v1/me/notices/${notices[2].id}/reading`;
    const bearer = { authorization: `Bearer ${stranger.token}` };
    expect((await house.app.inject({ method: "POST", url: reading, headers: bearer, payload: {} })).statusCode).toBe(
      204,
    );
    expect((await get("/app", stranger)).body).toContain("Không có tin mới.");
    expect((await get(`/app/inbox/${notices[0].id}`, stranger)).body).not.toContain("48151623");
  });

  it("are nobody else's", async () => {
    const { notices } = await list(reader);
    for (const url of [`/app/inbox/${notices[0].id}`, `/api/v1/me/notices/${notices[0].id}`, "/app/inbox/0x1"]) {
      expect((await get(url, stranger)).statusCode, url).toBe(404);
    }
  });

  it("come a page at a time, none twice and none left out", async () => {
    const many = await aParent(house, "Phạm Thị Nhiều Tin");
    for (let nth = 0; nth < 5; nth += 1) {
      const fields = { at: `09:0${nth} 23/11/2026` };
      await queue(house, { personId: many.personId, template: "password_changed", secrets: undefined, fields });
    }
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await list(many, `?limit=2${cursor && `&cursor=${cursor}`}`);
      ids.push(...page.notices.map(({ id }: { id: string }) => id));
      cursor = page.next;
    }
    expect(ids).toHaveLength(5);
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => Number(other) - Number(one)));
    expect((await get("/api/v1/me/notices?cursor=abc", many)).statusCode).toBe(422);
  });

  it("of a ward are read by the guardian, who marks them for themselves alone", async () => {
    const child = await aChild(house);
    const mother = await aParent(house);
    await link(house, await aDesk(house), child, mother);
    await queue(house, {
      personId: child.personId,
      template: "ward_accepted",
      secrets: undefined,
      fields: { code: "BD-WARD-2222" },
    });
    const token = /name="_token" value="([^"]+)"/.exec((await get("/app/family", mother)).body)?.[1] ?? "";
    await house.app.inject({
      method: "POST",
      url: "/app/family/acting",
      cookies: mother.cookies,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _token: token, ward: child.publicId }).toString(),
    });
    const shown = (await get("/app/inbox", mother)).body;
    const [, title, heading] = /<title>([^<]+) – VssID[\s\S]*<h1>([^<]+)</.exec(shown) ?? [];
    expect([title, heading?.startsWith("Tin đã gửi cho ")]).toEqual([heading, true]);
    const { notices } = await list(mother);
    const [wards] = notices.filter(({ template }: { template: string }) => template === "ward_accepted");
    expect(wards.isUnread).toBe(true);
    expect((await get(`/app/inbox/${wards.id}`, mother)).body).toContain("BD-WARD-2222");
    const { rows } = await house.pool.query("select person_id, guardian_id from inbox_read where notice_id = $1", [
      wards.id,
    ]);
    expect(rows).toEqual([{ person_id: child.personId, guardian_id: mother.personId }]);
  });

  it("are shown as long as the setting says", async () => {
    await setPolicy(house, keptDays, { value: 30, from: "2026-12-01", by: "Quyết định thử" });
    house.clock.moveTo(new Date("2026-12-24T02:00:00Z"));
    reader = await again(house, reader);
    expect((await list(reader)).notices).toEqual([]);
  });
});
