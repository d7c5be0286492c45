import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { codeAt } from "./codes.fixture.ts";
import { aConfirmed, aDraft, anAccount, aPerson, ownNumbers } from "./files.fixture.ts";
import { proveContact } from "./prove-contact.ts";
import { sendContactCode } from "./send-code.ts";
import type { Declaration } from "./store.ts";

let house: TestHouse;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createWeb(house, routes, async () => anyone);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const birth = { birth_day: "15", birth_month: "1", birth_year: "1990" };

/** Opens a draft and presses the last button. */
async function tryToConfirm({ code }: Declaration): Promise<PlainBrowser> {
  const browser = await new PlainBrowser(app).open("/register/resume");
  await browser.post("/register/resume", { code, ...birth });
  expect(browser.path).toBe("/register/check");
  return browser.post("/register/confirmation");
}

async function withProvedPhone(draft: Declaration): Promise<Declaration> {
  const asked = { code: draft.code, contact: "phone", now: house.clock.now() } as const;
  const { requestId } = await sendContactCode(house, { ...asked, lang: "vi" });
  return proveContact(house, { ...asked, requestId, typed: await codeAt(house, draft.phone ?? ""), actor: anyone });
}

/** The register's person with an account, reached at this phone. */
async function aUser(numbers: Record<string, string>, accountPhone: string): Promise<void> {
  const person = { name: "Nguyễn Thị Diễm Hương", birthOn: "1990-01-15" };
  const insuranceNumber = numbers.insurance_number ?? "";
  await anAccount(house, await aPerson(house, { ...person, insuranceNumber, accountPhone }));
}

const bare = (browser: PlainBrowser) =>
  browser.html.replace(/name="_token" value="[^"]+"/g, "").replace(/BD-\w{4}-\w{4}/g, "");

describe("what stands in the way of confirming", () => {
  it("looks the same to a stranger, byte for byte: an open file by number, by paper, by person, or an account (H2)", async () => {
    const [byNumber, byPaper, byUser, own] = [ownNumbers(), ownNumbers(), ownNumbers(), ownNumbers()];
    await aConfirmed(house, byNumber);
    await aConfirmed(house, byPaper);
    await aUser(byUser, own.phone ?? "");
    const drafts = [
      await aDraft(house, { ...ownNumbers(), insurance_number: byNumber.insurance_number ?? "" }),
      await aDraft(house, { ...ownNumbers(), paper_number: byPaper.paper_number ?? "" }),
      await aDraft(house, { ...byUser, phone: ownNumbers().phone ?? "" }),
      // Somebody who knows the phone of the open file, and cannot read what comes to it.
      await aDraft(house, byNumber),
    ];
    const seen = await Promise.all(drafts.map(tryToConfirm));
    for (const browser of seen) {
      expect([browser.status, browser.path]).toEqual([200, "/register/standing"]);
      expect(bare(browser)).toBe(bare(seen[0] as PlainBrowser));
    }
    expect(seen[0]?.text).toContain("chúng tôi không nói rõ hơn ở đây");
    for (const way of ["/register/resume", "/sign-in", "/account/recovery", "/register/number-of-another"]) {
      expect(seen[0]?.html).toContain(`href="${way}"`);
    }
  });

  it("looks the same to whoever proved a phone of their own and tries numbers of others", async () => {
    const [numbers, user] = [ownNumbers(), ownNumbers()];
    await aConfirmed(house, numbers);
    await aUser(user, ownNumbers().phone ?? "");
    const tried = await Promise.all(
      [numbers, user].map(async (known) => {
        const draft = await aDraft(house, { ...known, phone: ownNumbers().phone ?? "" });
        return tryToConfirm(await withProvedPhone(draft));
      }),
    );
    expect(bare(tried[0] as PlainBrowser)).toBe(bare(tried[1] as PlainBrowser));
    expect(tried[0]?.text).toContain("không nói rõ hơn");
    expect(tried[0]?.text).not.toContain("03/12/2026");
  });

  it("is told plainly to whoever proved the phone of the open file: until when, where, and what to do", async () => {
    const numbers = ownNumbers();
    const open = await aConfirmed(house, numbers);
    const browser = await tryToConfirm(await withProvedPhone(await aDraft(house, numbers)));
    expect(browser.text).toContain("Đang có một tờ khai chờ nộp");
    expect(browser.text).toContain("thứ Năm, 03/12/2026");
    expect(browser.text).toContain("Bảo hiểm xã hội cơ sở Tuy Phước");
    expect(browser.html).not.toContain(open.code);
    expect(browser.html).toContain('href="/register/resume"');
  });

  it("is told plainly to whoever proved the phone of the account: sign in or recover", async () => {
    const numbers = ownNumbers();
    await aUser(numbers, numbers.phone ?? "");
    const browser = await tryToConfirm(await withProvedPhone(await aDraft(house, numbers)));
    expect(browser.text).toContain("Người này đã có tài khoản");
    expect(browser.html).toContain('href="/account/recovery"');
  });

  it("is gone once the other file is gone: the page leads back to the check", async () => {
    const numbers = ownNumbers();
    const open = await aConfirmed(house, numbers);
    const browser = await tryToConfirm(await aDraft(house, numbers));
    await house.pool.query("update declaration set status = 'withdrawn' where code = $1", [open.code]);
    expect((await browser.open("/register/standing")).path).toBe("/register/check");
    expect((await browser.post("/register/confirmation")).path).toBe("/register/receipt");
  });

  it("is not told to anybody without a file, nor is anything on the page about somebody else's number", async () => {
    expect((await new PlainBrowser(app).open("/register/standing")).path).toBe("/register/resume");
    const page = await new PlainBrowser(app).open("/register/number-of-another");
    expect(page.text).toContain("mang ra quầy");
    expect(page.text).toContain("Giấy khai sinh hoặc giấy tờ đổi tên");
  });
});
