import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { typedAnswers } from "./answers.fixture.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { PASS_COOKIE, PASSES_COOKIE } from "./file-pass.ts";
import { aConfirmed, aDraft, ownNumbers } from "./files.fixture.ts";
import { QUESTIONS } from "./rules-answers.ts";
import { getByCode } from "./store.ts";

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

/** Every address below /register that takes a form of a file. */
const posts = routes
  .filter(({ method, path }) => method === "POST" && path.startsWith("/register/"))
  .map(({ path }) => path)
  .filter((path) => path !== "/register/resume" && path !== "/register/leave")
  .flatMap((path) => (path.includes(":step") ? QUESTIONS.map((step) => path.replace(":step", step)) : [path]));

const everything = async () => {
  const { rows } = await house.pool.query(
    `select (select count(*) from declaration) as files, (select count(*) from declaration_event) as events,
            (select md5(string_agg(d::text, '|' order by declaration_id)) from declaration d) as rows`,
  );
  return rows[0];
};

/** Each from an address of its own: how often one may ask is tested elsewhere. */
let made = 0;
function aBrowser(): PlainBrowser {
  made += 1;
  return new PlainBrowser(app, `10.0.${made >> 8}.${made & 255}`);
}

/** One page shows `shown`; in another tab of the same browser `open` is opened. */
async function twoTabs(shown: string, open: string): Promise<PlainBrowser> {
  const browser = await aBrowser().open("/register/resume");
  await browser.post("/register/resume", { code: shown, ...birth });
  await browser.raw("POST", "/register/resume", { code: open, ...birth });
  return browser;
}

describe("two tabs with the files of two persons", () => {
  it("there are addresses to be walked", () => {
    expect(posts.length).toBeGreaterThan(15);
    expect(posts).toEqual(expect.arrayContaining(["/register/birth", "/register/withdrawal", "/register/photos"]));
  });

  it.each(posts)(
    "a form of one file sent to %s while the other is open does nothing, and says which is which",
    async (path) => {
      const [{ code: shown }, { code: open }] = [await aConfirmed(house), await aConfirmed(house)];
      const browser = await twoTabs(shown, open);
      const before = await everything();
      await browser.post(path, { ...typedAnswers(), ...ownNumbers() });
      expect(browser.status).toBe(409);
      expect(browser.text).toContain(`Trang vừa gửi là của tờ khai ${shown}. Máy này đang mở tờ khai ${open}`);
      expect(browser.html).toContain('name="full_name" value="Nguyễn  Thị Diễm Hương "');
      expect(await everything()).toEqual(before);
    },
  );

  it("what was typed goes where it belongs by one press, and that file is the open one from then on", async () => {
    const [{ code: shown }, { code: open }] = [await aDraft(house), await aDraft(house)];
    const browser = await twoTabs(shown, open);
    const typed = { birth_day: "12", birth_month: "2", birth_year: "1955" };
    await browser.post("/register/birth", typed);
    await browser.post("/register/birth", { ...typed, reopen: "yes" });
    expect(browser.text).toContain(shown);
    expect((await getByCode(house.db, shown)).birthOn).toBe("1955-02-12");
    expect((await getByCode(house.db, open)).birthOn).toBe("1990-01-15");
    expect(browser.cookie(PASS_COOKIE)).toContain(shown);
  });

  it("a withdrawal takes back the file of its page, and what follows shows that file", async () => {
    const [{ code: shown }, { code: open }] = [await aConfirmed(house), await aConfirmed(house)];
    const browser = await twoTabs(shown, open);
    await browser.post("/register/withdrawal");
    await browser.post("/register/withdrawal", { reopen: "yes" });
    expect(browser.text).toContain("Ông/Bà đã rút tờ khai");
    expect(browser.text).toContain(shown);
    expect((await getByCode(house.db, shown)).status).toBe("withdrawn");
    expect((await getByCode(house.db, open)).status).toBe("confirmed");
  });

  it("the other file can be gone on with instead", async () => {
    const [{ code: shown }, { code: open }] = [await aDraft(house), await aConfirmed(house)];
    const browser = await twoTabs(shown, open);
    await browser.post("/register/birth");
    expect(browser.html).toContain('href="/register/check"');
    expect((await browser.open("/register/check")).path).toBe("/register/receipt");
    expect(browser.text).toContain(open);
  });

  it("a file that this device was left with is opened again by its code first; the text waits", async () => {
    const [{ code: shown }, { code: open }] = [await aDraft(house), await aDraft(house)];
    const browser = await twoTabs(shown, open);
    await browser.raw("POST", "/register/leave");
    await browser.raw("POST", "/register/resume", { code: open, ...birth });
    const typed = { birth_day: "13", birth_month: "2", birth_year: "1956" };
    await browser.post("/register/birth", { ...typed, reopen: "yes" });
    expect(browser.status).toBe(409);
    expect(browser.html).toContain('href="/register/resume" target="_blank"');
    await browser.raw("POST", "/register/resume", { code: shown, ...birth });
    await browser.post("/register/birth", { ...typed, reopen: "yes" });
    expect((await getByCode(house.db, shown)).birthOn).toBe("1956-02-13");
  });

  it("a file that the version before opened is kept beside the next one", async () => {
    const [{ code: shown }, { code: open }] = [await aDraft(house), await aDraft(house)];
    const browser = await aBrowser().open("/register/resume");
    await browser.post("/register/resume", { code: shown, ...birth });
    browser.forget(PASSES_COOKIE);
    await browser.raw("POST", "/register/resume", { code: open, ...birth });
    await browser.post("/register/birth", { birth_day: "14", birth_month: "2", birth_year: "1957", reopen: "yes" });
    expect((await getByCode(house.db, shown)).birthOn).toBe("1957-02-14");
  });

  it("a form from a session before is sent again for the file that it names", async () => {
    const [{ code: shown }, { code: open }] = [await aDraft(house), await aDraft(house)];
    const browser = await twoTabs(shown, open);
    browser.forget("vssid_visitor");
    await browser.post("/register/birth", birth);
    expect(browser.status).toBe(403);
    await browser.post("/register/birth", birth);
    expect(browser.status).toBe(409);
    expect(browser.text).toContain(`Trang vừa gửi là của tờ khai ${shown}`);
  });

  it.each([...QUESTIONS, "check", "scan", "photos", "receipt", "track", "withdrawal", "phone-confirmation"])(
    "every form of /register/%s names its file",
    async (name) => {
      const isDraft = [...QUESTIONS, "check", "scan"].includes(name as never);
      const { code } = isDraft ? await aDraft(house) : await aConfirmed(house);
      const browser = await aBrowser().open("/register/resume");
      await browser.post("/register/resume", { code, ...birth });
      await browser.open(`/register/${name}`);
      expect(browser.path).toBe(`/register/${name}`);
      const tokens = [...browser.html.matchAll(/name="_token" value="([^"]+)"/g)].map(([, token]) => token);
      expect(tokens.length).toBeGreaterThan(0);
      expect(tokens.filter((token) => !token?.endsWith(`.${code}`))).toEqual([]);
    },
  );
});
