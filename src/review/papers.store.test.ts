import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { roomForReason } from "../notices/templates.ts";
import { eventsOf, getByCode } from "../registration/store.ts";
import { accept } from "./accept.ts";
import { aConfirmed, aReceived, aStaff, countOf, itsPerson, sameAsDeclared } from "./counter.fixture.ts";
import { Displaced } from "./desk.ts";
import { loadDossier } from "./dossier.ts";
import { groundNames, groundsNow } from "./grounds.ts";
import { readAgain, receive } from "./receive.ts";
import { previewRefusal, refuse } from "./refuse.ts";
import { release } from "./release.ts";
import { draftSentence } from "./rules-grounds.ts";
import { take } from "./take.ts";

let house: TestHouse;
let lan: Staff;
let minh: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  minh = await aStaff(house, "Lê Văn Minh");
});
afterAll(() => house.close());

describe("C4: an act from an older page", () => {
  it("of an officer whose file was taken over is refused, also when it lies on no desk again; it is told what changed", async () => {
    const file = await aReceived(house, lan);
    const { holdingNo } = await getByCode(house.db, file.code);
    await take(house, minh, { code: file.code, isTakeOver: true, reason: "Chị Lan nghỉ trưa" });
    await release(house, minh, file.code);
    const late = accept(house, lan, { code: file.code, note: "", holding: holdingNo });
    await expect(late).rejects.toBeInstanceOf(Displaced);
    await expect(late).rejects.toMatchObject({ by: { name: minh.name } });
    const refusal = { code: file.code, grounds: ["other"], sentence: "Khai lại.", holding: holdingNo };
    await expect(refuse(house, lan, refusal)).rejects.toBeInstanceOf(Displaced);
    expect(await countOf(house, "notice where declaration_id = $1 and class = 'outcome'", file.id)).toBe(0);
    const now = await getByCode(house.db, file.code);
    await accept(house, lan, { code: file.code, note: "", holding: now.holdingNo });
  });
});

describe("I6: two papers", () => {
  it("are both kept; the officer says which one counts, and the decision names it", async () => {
    const file = await aReceived(house, lan);
    const passport = { id_kind: "passport", id_number: "C1234567", another_paper: "yes" };
    await readAgain(house, lan, file.code, sameAsDeclared(file, passport));
    const undecided = accept(house, lan, { code: file.code, note: "Đã xem" });
    await expect(undecided).rejects.toMatchObject({ inTheWay: expect.arrayContaining(["paper_to_choose"]) });
    const { papers } = await loadDossier(house.db, file, house.clock.now());
    expect(papers.map(({ no, kind }) => [no, kind])).toEqual([
      [1, "cccd"],
      [2, "passport"],
    ]);
    await accept(house, lan, { code: file.code, note: "", paperNo: 1 });
    const last = (await eventsOf(house.db, file.id)).at(-1);
    expect(last?.detail.paper).toEqual({ kind: "cccd", reading: 1 });
  });

  it("a corrected reading is no second paper", async () => {
    const file = await aReceived(house, lan, { paper: { id_number: "052190999999" } });
    await readAgain(house, lan, file.code, sameAsDeclared(file));
    const { papers, need } = await loadDossier(house.db, await getByCode(house.db, file.code), house.clock.now());
    expect([papers.map(({ no }) => no), need]).toEqual([[2], "nothing"]);
    await accept(house, lan, { code: file.code, note: "" });
  });
});

describe("P2: the code on the signed form", () => {
  it("must be the code of the file in which it is received", async () => {
    const file = await aConfirmed(house);
    const other = await aConfirmed(house);
    await itsPerson(house, file);
    const scan = (text: string) => receive(house, lan, file.code, sameAsDeclared(file, { form_code: text }));
    const wrong = scan(`https://vssid.example/register/resume?code=${other.code}`);
    await expect(wrong).rejects.toMatchObject({ faults: [{ field: "form_code", key: "form_code_other" }] });
    await expect(scan("???")).rejects.toBeInstanceOf(Invalid);
    expect((await getByCode(house.db, file.code)).status).toBe("confirmed");
    expect((await scan(file.code.toLowerCase())).status).toBe("received");
    await release(house, lan, file.code);
  });
});

describe("T10: a paper that ends on a printed day", () => {
  it("is good through that day at the counter, and takes a second person from the next midnight on", async () => {
    const own = await openTestHouse({ at: "2026-11-23T16:30:00Z" });
    const officer = await aStaff(own, "Trần Thị Lan");
    const lastDay = { expires_day: "23", expires_month: "11", expires_year: "2026" };
    const file = await aReceived(own, officer, { paper: lastDay });
    expect(dayOf(own.clock.now()).toString()).toBe("2026-11-23");
    expect((await loadDossier(own.db, file, own.clock.now())).need).toBe("nothing");
    own.clock.moveTo(new Date("2026-11-23T17:00:00Z"));
    const tomorrow = await loadDossier(own.db, file, own.clock.now());
    expect(tomorrow.obstacles).toEqual([{ obstacle: "paper_out_of_date", need: "supervisor" }]);
    await own.close();
  });
});

describe("I9: grounds of refusal", () => {
  const eight = [
    "another_paper_shown",
    "original_not_shown",
    "paper_out_of_date",
    "name_differs",
    "birth_differs",
    "register_has_old_cmnd",
    "face_differs",
    "copy_unreadable",
  ];
  it("the eight reasons that peers know tell in one text message what is wrong, what to bring and where", async () => {
    const known = await groundsNow(house.db, house.clock.now());
    for (const code of eight) {
      const vi = draftSentence(known, [code], "vi");
      expect(vi, code).toMatch(/mang|Mang/);
      expect(vi, code).toContain("quầy");
      expect(draftSentence(known, [code], "en"), code).toMatch(/bring|Bring|come in person/);
    }
  });

  it("every sentence fits one text message and is said in two languages; only the free one is empty", async () => {
    const known = await groundsNow(house.db, house.clock.now());
    expect(known.map(({ code }) => code)).toContain("form_not_signed");
    for (const { code, said } of known) {
      for (const lang of ["vi", "en"] as const) {
        expect(said[lang].sentence.length, code).toBeLessThanOrEqual(roomForReason("BD-4F7K-92QX", lang));
        expect(said[lang].bring && said[lang].label, code).toBeTruthy();
        expect(said[lang].sentence === "", code).toBe(code === "other");
        for (const sentence of said[lang].sentence.split(/(?<=\.)\s/)) {
          expect(sentence.split(" ").length, sentence).toBeLessThanOrEqual(20);
        }
      }
    }
  });

  it("are rows with days: one that has ended is offered no more and keeps its name in old decisions", async () => {
    const own = await openTestHouse();
    const officer = await aStaff(own, "Trần Thị Lan");
    await own.pool.query(
      "update code_list_entry set valid_to = '2026-11-22' where list = 'refusal_ground' and code = 'face_differs'",
    );
    await own.pool.query(
      `insert into code_list_entry values ('refusal_ground', 'form_torn', '2026-11-23', null, 'Tờ khai bị rách', 'Torn form',
        '{"vi": {"sentence": "Tờ khai bị rách. In lại và mang đến quầy.", "bring": "Tờ khai mới"}, "en": {"sentence": "The form is torn.", "bring": "A new form"}}', 'made up')`,
    );
    const file = await aReceived(own, officer);
    const gone = refuse(own, officer, { code: file.code, grounds: ["face_differs"], sentence: "Khai lại." });
    await expect(gone).rejects.toMatchObject({ faults: [{ field: "grounds" }] });
    expect((await groundNames(own.db, "vi")).get("face_differs")).toBe("Người đến nộp không giống ảnh trên giấy tờ");
    await refuse(own, officer, { code: file.code, grounds: ["form_torn"], sentence: "In lại tờ khai." });
    await own.close();
  });

  it("the preview counts the parts of the text message, and says when the sentence is cut there", async () => {
    const known = await groundsNow(house.db, house.clock.now());
    const file = await aReceived(house, minh);
    const preview = (sentence: string) =>
      previewRefusal(house, file, { refusal: { grounds: ["other"], sentence }, known });
    expect(await preview("Khai lại.")).toMatchObject({ smsParts: 1, isCut: false });
    expect(await preview("Ơ".repeat(200))).toMatchObject({ smsParts: 1, isCut: true });
    expect((await preview("Khai lại.")).mail).toContain("Giấy tờ tùy thân bản gốc");
  });
});
