import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, hiddenIn, visible } from "../account/browser.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { addGroup, changeHead, createDraft } from "./draft.ts";
import { aHead, aPdf, aSentLetter, aStaff, GUEST_LINE, OFFICE } from "./letters.fixture.ts";
import { routes } from "./officer.tsx";
import { sendLetter } from "./send.ts";
import { findLetter } from "./store.ts";
import { addresseesOf } from "./store-addressees.ts";

let house: TestHouse;
let app: FastifyInstance;
let staff: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  staff = await aStaff(house, "supervisor", { officeCode: OFFICE });
  app = await createWeb(house, routes, async () => staff);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const browser = browserOn(() => app);
const other = { group: "Cơ quan khác", lines: "Bưu điện Mẫu; buudien@example.vn" };

async function aDraft(head: object = {}) {
  const id = await createDraft(house, staff, { ...aHead, ...head }, aPdf());
  await addGroup(house, staff, id, { group: "Trạm", lines: GUEST_LINE }, []);
  const at = `/console/letters/${id}`;
  return { id, at, press: (act: string, form: Record<string, string>) => browser.fill(at, form, `${at}/${act}`) };
}
const kept = async (id: string) => {
  const letter = await findLetter(house.db, id);
  return [letter?.number, letter?.sentAt ? "sent" : "draft", (await addresseesOf(house.db, id)).length];
};

/** Of a page's form what a browser sends of itself: hidden boxes, and the letter that is chosen to be replaced. */
function formIn(body: string): Record<string, string> {
  const [select = ""] = body.match(/<select[^>]*name="replaces"[\s\S]*?<\/select>/) ?? [];
  const [option = ""] = select.match(/<option[^>]*selected[^>]*>/) ?? [];
  return { ...hiddenIn(body), replaces: /value="(\d+)"/.exec(option)?.[1] ?? "" };
}

describe("a draft", () => {
  test("is sent as it stands on the page, with what was changed there", async () => {
    const { id, press } = await aDraft();
    expect((await press("sending", { ...aHead, number: "13/DEMO-VX" })).statusCode).toBe(303);
    expect(await kept(id)).toEqual(["13/DEMO-VX", "sent", 1]);
  });

  test("keeps its head and a group that is being typed, whichever button is pressed", async () => {
    const { id, press } = await aDraft();
    await press("addressees", { ...aHead, ...other, number: "14/DEMO-VX" });
    expect(await kept(id)).toEqual(["14/DEMO-VX", "draft", 2]);
    const [{ addresseeId = "" } = {}] = await addresseesOf(house.db, id);
    await press("removal", { ...aHead, number: "15/DEMO-VX", addressee: addresseeId });
    expect(await kept(id)).toEqual(["15/DEMO-VX", "draft", 1]);
    await press("head", { ...aHead, group: "Nhóm ba", lines: "Chợ Mẫu; cho@example.vn", number: "16/DEMO-VX" });
    expect(await kept(id)).toEqual(["16/DEMO-VX", "draft", 2]);
  });

  test("is not sent with a fault in its head, nor beside a group that is not added yet: both stay in their boxes", async () => {
    const { id, press } = await aDraft();
    const faulty = await press("sending", { ...aHead, number: "", subject: "V/v mẫu đã sửa" });
    expect(visible(faulty.body)).toContain("Nhập số công văn");
    expect(faulty.body).toContain("V/v mẫu đã sửa</textarea>");
    const waits = await press("sending", { ...aHead, ...other, number: "17/DEMO-VX" });
    expect(visible(waits.body)).toContain("Chưa gửi. Nhóm đang ghi chưa được thêm");
    expect(waits.body).toContain("buudien@example.vn</textarea>");
    expect(await kept(id)).toEqual(["17/DEMO-VX", "draft", 1]);
  });

  test("is saved, not sent, by the Enter key: the button that saves stands first", async () => {
    const { id } = await aDraft();
    const { body } = await browser.get(`/console/letters/${id}`);
    const form = body.slice(body.indexOf(`action="/console/letters/${id}/head"`));
    const [first = ""] = form.match(/<button[^>]*>/) ?? [];
    expect(first).not.toContain("formaction");
    expect(form.slice(0, form.indexOf("</form>"))).toContain(`formaction="/console/letters/${id}/sending"`);
  });

  test("writes no change into the log where nothing was changed", async () => {
    const { id, press } = await aDraft();
    await press("addressees", { ...aHead, ...other });
    const { rows } = await house.pool.query(
      "select action from audit_event where object_kind = 'letter' and object_id = $1",
      [id],
    );
    expect(rows).toEqual([{ action: "letter.draft" }]);
  });

  test("whose letter was replaced meanwhile keeps it chosen, and is refused in words at each press until another is", async () => {
    const replaces = await aSentLetter(house, staff, { number: "20/DEMO-VX" });
    const [first, second] = [await aDraft({ number: "21/DEMO-VX", replaces }), await aDraft({ replaces })];
    const before = (await browser.get(second.at)).body;
    await sendLetter(house, staff, first.id);
    const unfit = "Chỉ thay được công văn của mình, đã gửi và chưa bị thay";
    for (const body of [before, (await browser.get(second.at)).body]) {
      const refused = await browser.send(`${second.at}/sending`, { ...aHead, ...formIn(body) });
      expect([refused.statusCode, formIn(refused.body).replaces]).toEqual([409, replaces]);
      expect(visible(refused.body)).toContain(unfit);
      const again = await browser.send(`${second.at}/sending`, { ...aHead, ...formIn(refused.body) });
      expect([again.statusCode, visible(again.body).includes(unfit)]).toEqual([409, true]);
    }
    await second.press("addressees", { ...aHead, ...other, replaces });
    expect(await findLetter(house.db, second.id)).toMatchObject({ sentAt: null, replacesId: replaces });
    expect((await second.press("sending", { ...aHead, replaces: "" })).statusCode).toBe(303);
    expect(await findLetter(house.db, second.id)).toMatchObject({ replacesId: null });
  });

  describe("that was changed elsewhere since its page was drawn", () => {
    const changed = "công văn vừa được sửa ở máy hoặc thẻ khác";
    async function olderPage() {
      const { id, at, press } = await aDraft();
      const { body } = await browser.get(at);
      await press("head", { ...aHead, number: "31/RIGHT" });
      const send = (act: string, form: Record<string, string>, from = body) =>
        browser.send(`${at}/${act}`, { ...aHead, ...formIn(from), ...form });
      return { id, send };
    }

    test("is not sent from that page, which then shows the draft as it is and sends that", async () => {
      const { id, send } = await olderPage();
      const refused = await send("sending", {});
      expect([refused.statusCode, visible(refused.body).includes(changed)]).toEqual([409, true]);
      expect(refused.body).toContain('value="31/RIGHT"');
      expect(await kept(id)).toEqual(["31/RIGHT", "draft", 1]);
      expect((await send("sending", { number: "31/RIGHT" }, refused.body)).statusCode).toBe(303);
      expect(await kept(id)).toEqual(["31/RIGHT", "sent", 1]);
    });

    test("keeps its newer head where nothing was typed over it, and what else was pressed is done", async () => {
      const { id, send } = await olderPage();
      expect((await send("addressees", other)).statusCode).toBe(303);
      const faulty = await send("addressees", { group: "Nhóm ba", lines: "Ai đó" });
      expect([faulty.statusCode, faulty.body.includes('value="31/RIGHT"')]).toEqual([422, true]);
      expect(faulty.body).toContain("Ai đó</textarea>");
      expect(await kept(id)).toEqual(["31/RIGHT", "draft", 2]);
    });

    test("is not overwritten unasked: what was typed stays in its boxes, and counts once it is pressed again", async () => {
      const { id, send } = await olderPage();
      const faulty = await send("head", { number: "" });
      for (const from of [undefined, faulty.body]) {
        const refused = await send("head", { subject: "V/v mẫu khác", ...other }, from);
        expect([refused.statusCode, visible(refused.body).includes(changed)]).toEqual([409, true]);
        expect(refused.body).toContain("V/v mẫu khác</textarea>");
        expect(refused.body).toContain("buudien@example.vn</textarea>");
        expect(await kept(id)).toEqual(["31/RIGHT", "draft", 1]);
      }
      const { body } = await send("head", { subject: "V/v mẫu khác" });
      expect((await send("sending", { subject: "V/v mẫu khác" }, body)).statusCode).toBe(303);
      expect(await findLetter(house.db, id)).toMatchObject({ number: aHead.number, subject: "V/v mẫu khác" });
    });

    test("may be saved from its page again and again, after its own refusals too", async () => {
      const { at, press } = await aDraft();
      const { body } = await browser.get(at);
      const waits = await browser.send(`${at}/sending`, { ...aHead, ...formIn(body), ...other, number: "32/DEMO-VX" });
      expect(waits.statusCode).toBe(422);
      const next = { ...aHead, ...formIn(waits.body), number: "33/DEMO-VX" };
      expect((await browser.send(`${at}/head`, next)).statusCode).toBe(303);
      expect((await browser.send(`${at}/head`, next)).statusCode).toBe(303);
      expect((await press("sending", next)).statusCode).toBe(303);
    });

    test("is not sent either when the change comes between keeping the head and sending it, and takes no PDF unasked", async () => {
      const { id } = await aDraft();
      const seen = await changeHead(house, staff, id, aHead, undefined);
      await changeHead(house, staff, id, { ...aHead, number: "34/RIGHT" }, undefined);
      await expect(sendLetter(house, staff, id, seen)).rejects.toThrow("head_changed");
      const withPdf = changeHead(house, staff, id, { ...aHead, shown: seen }, aPdf("Trang khác"));
      await expect(withPdf).rejects.toThrow("head_changed");
      expect(await kept(id)).toEqual(["34/RIGHT", "draft", 1]);
    });
  });
});
