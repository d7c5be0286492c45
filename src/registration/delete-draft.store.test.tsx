import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { cardPicture } from "../pictures/pictures.fixture.ts";
import { createWeb } from "../web/server.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { deleteDraft } from "./delete-draft.ts";
import { PASS_COOKIE } from "./file-pass.ts";
import { aConfirmed, aDraft, anOfficer } from "./files.fixture.ts";
import { sendPhotos } from "./photos/send-photos.ts";
import { photosOf } from "./photos/store-photo.ts";
import { eventsOf, getByCode } from "./store.ts";

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

const by = (code: string) => ({ code, actor: anyone, now: house.clock.now() });
const birth = { birth_day: "15", birth_month: "1", birth_year: "1990" };

async function comeBack(code: string): Promise<PlainBrowser> {
  const browser = await new PlainBrowser(app).open("/register/resume");
  return browser.post("/register/resume", { code, ...birth });
}

/** The whole row, and what is on record of it. */
async function leftOf(code: string): Promise<string> {
  const tables = [
    house.pool.query("select * from declaration where code = $1", [code]),
    house.pool.query("select * from audit_event where object_id = $1", [code]),
  ];
  return JSON.stringify((await Promise.all(tables)).map(({ rows }) => rows));
}

describe("a draft that is deleted", () => {
  it("is empty at once, with its pictures: code, times and the deed are left", async () => {
    const { code, id, answers } = await aDraft(house);
    await sendPhotos(house, { ...by(code), pictures: { front: await cardPicture() }, insists: true });
    await deleteDraft(house, by(code));
    expect(await photosOf(house.db, id)).toEqual([]);
    const left = await leftOf(code);
    for (const typed of [answers.paper?.number, answers.phone?.number, answers.name?.full, "Hương", "1990-01-15"]) {
      expect(left).not.toContain(typed);
    }
    expect(left).toContain("declaration.delete_draft");
    expect(await getByCode(house.db, code)).toMatchObject({ status: "withdrawn", answers: {}, officeCode: null });
    expect((await eventsOf(house.db, id)).map(({ kind }) => kind)).toEqual(["drafted", "withdrawn"]);
  });

  it("twice at once is one event", async () => {
    const { code, id } = await aDraft(house);
    await Promise.all([deleteDraft(house, by(code)), deleteDraft(house, by(code))]);
    expect((await eventsOf(house.db, id)).map(({ kind }) => kind)).toEqual(["drafted", "withdrawn"]);
    expect((await leftOf(code)).match(/declaration\.delete_draft/g)).toHaveLength(1);
  });

  it("is one that was not confirmed, and the person's: staff delete none", async () => {
    const confirmed = await aConfirmed(house);
    await expect(deleteDraft(house, by(confirmed.code))).rejects.toBeInstanceOf(NotAllowed);
    const draft = await aDraft(house);
    await expect(deleteDraft(house, { ...by(draft.code), actor: anOfficer })).rejects.toBeInstanceOf(NotAllowed);
    expect((await getByCode(house.db, draft.code)).answers).toEqual(draft.answers);
  });
});

describe("deleting a draft, without script", () => {
  it.each(["/register/name", "/register/check", "/register"])(
    "is offered on %s, asks first, and ends on a page that says so",
    async (path) => {
      const { code } = await aDraft(house);
      const browser = await comeBack(code);
      await browser.open(path);
      expect(browser.html).toContain('href="/register/deletion"');
      await browser.open("/register/deletion");
      expect(browser.text).toContain(`Xóa tờ khai ${code}`);
      expect((await getByCode(house.db, code)).status).toBe("draft");
      await browser.post("/register/deletion");
      expect([browser.path, browser.cookie(PASS_COOKIE)]).toEqual(["/register/deleted", undefined]);
      expect(browser.text).toContain("Đã xóa tờ khai");
      expect((await comeBack(code)).text).toContain("Câu trả lời cũ không còn");
    },
  );

  it("pressed on two devices that have it open ends on the same page", async () => {
    const { code } = await aDraft(house);
    const [here, there] = [await comeBack(code), await comeBack(code)];
    await here.open("/register/deletion");
    await here.post("/register/deletion");
    await there.post("/register/deletion");
    expect([there.path, there.status]).toEqual(["/register/deleted", 200]);
    const later = await there.open("/register/check");
    expect(later.path).toBe("/register/resume");
  });

  it("does nothing to a confirmed declaration, and nothing without its pass", async () => {
    const { code } = await aConfirmed(house);
    const browser = await comeBack(code);
    expect((await browser.open("/register/deletion")).path).toBe("/register/receipt");
    expect((await browser.post("/register/deletion")).path).toBe("/register/receipt");
    expect((await getByCode(house.db, code)).status).toBe("confirmed");
    expect((await new PlainBrowser(app).open("/register/deletion")).path).toBe("/register/resume");
  });

  it("is asked where a draft would be withdrawn, and said where the deleted file is still open", async () => {
    const { code } = await aDraft(house);
    const [here, there] = [await comeBack(code), await comeBack(code)];
    expect((await here.open("/register/withdrawal")).path).toBe("/register/deletion");
    await here.post("/register/deletion");
    await there.open("/register/name");
    expect(there.path).toBe("/register/track");
    expect(there.text).toContain("Tờ khai này đã xóa");
    expect(there.text).not.toContain("30 ngày");
  });
});
