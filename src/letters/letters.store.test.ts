import { createHash } from "node:crypto";
import pg from "pg";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dice } from "../../test/dice.ts";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { fontsIn, MM, pdfPages, wordsOutside } from "../../test/pdf.ts";
import { placesOf } from "../../test/places.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { startDelivery } from "../notices/deliver.ts";
import { judge } from "../notices/gate.ts";
import { quick, soon } from "../notices/notices.fixture.ts";
import { fakeMx } from "../notices/providers.fixture.ts";
import type { Claimed } from "../notices/store.ts";
import { cardPicture } from "../pictures/pictures.fixture.ts";
import { setPolicy } from "../policy/set.ts";
import { actOnLetters, type LetterLedger, registersOf } from "./acts.fixture.ts";
import { findReceived, getOwnLetter } from "./desk.ts";
import { addGroup, changeHead, createDraft, removeFromDraft } from "./draft.ts";
import { enter, getByAddressee, PASS_SECONDS, pdfOf, readPass } from "./entry.ts";
import { letterGates } from "./gate.ts";
import {
  addressee,
  aHead,
  aPdf,
  aSentLetter,
  aStaff,
  aTellingPdf,
  GUEST_LINE,
  OFFICE,
  secretTo,
  someUnits,
} from "./letters.fixture.ts";
import { receiptCodes } from "./marks.ts";
import { printReceipt, printRegister, registerCsv } from "./print.ts";
import { remindLetters } from "./remind-due.ts";
import { standOf } from "./rules.ts";
import { letterReminders } from "./rules-reminders.ts";
import { sendLetter } from "./send.ts";
import { sendSignCode, signReceipt } from "./sign.ts";
import { findLetter, listLetters } from "./store.ts";
import { addresseesOf } from "./store-addressees.ts";
import { findReceipt, talkOf } from "./store-receipts.ts";
import { answerAddressee, askSender } from "./talk.ts";

let house: TestHouse;
let supervisor: Staff;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  await house.pool.query("delete from drive_unit");
  await someUnits(house);
  supervisor = await aStaff(house, "supervisor", { officeCode: OFFICE });
});
afterAll(() => house.close());

const at = (day: string, time = "09:00") => house.clock.moveTo(new Date(`${day}T${time}:00+07:00`));
const signer = { signer: "Trần Thị Nhận", position: "Văn thư", place: "Xã Mẫu Bình" };
const strokes = "10,20 30,40 50,60 70,80;100,20 120,40 140,60 160,80";
const faultsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (failure: { faults?: { field: string; key: string }[]; code?: string }) =>
      failure.faults?.map(({ field, key }) => `${field} ${key}`) ?? [failure.code],
  );
const told = async (template: string) =>
  (
    await house.db
      .selectFrom("notice")
      .select(["channel", "recipient"])
      .where("template", "=", template)
      .orderBy("notice_id")
      .execute()
  ).map(({ channel, recipient }) => `${channel} ${recipient}`);

async function signByCode(letterId: string): Promise<void> {
  const now = house.clock.now();
  const guest = await getByAddressee(house, (await addressee(house, letterId, /Trạm/)).addresseeId);
  const codeId = await sendSignCode(house, guest, { channel: "sms", lang: "vi", now });
  const code = await secretTo(house, "0999900720", "one_time_code", "code");
  await signReceipt(house, guest, { form: { ...signer, code_id: codeId, code }, way: "code", now });
}

describe("a letter (công văn)", () => {
  it("is refused with every fault at its box, and kept as a draft when all is there", async () => {
    expect(
      await faultsOf(createDraft(house, supervisor, { ...aHead, number: "", dated_day: "31" }, Buffer.from("x"))),
    ).toEqual(["number number_missing", "dated dated_missing", "pdf pdf_kind"]);
    const id = await createDraft(house, supervisor, aHead, aPdf());
    expect(await faultsOf(addGroup(house, supervisor, id, { group: "X", lines: "Ai đó\nAi; sai" }, []))).toEqual([
      "lines line_unreached",
      "lines line_contact",
    ]);
    expect(await faultsOf(sendLetter(house, supervisor, id))).toEqual(["group nobody"]);
  });

  it("is kept and sent on without what the file told of its writer", async () => {
    const told = aTellingPdf(await cardPicture({ width: 640, height: 404 }), { width: 640, height: 404 });
    const id = await createDraft(house, supervisor, aHead, told);
    const kept = await pdfOf(house, id);
    expect(told.includes("TELLS-AUTHOR")).toBe(true);
    expect(kept.includes("TELLS")).toBe(false);
    const letter = await findLetter(house.db, id);
    expect(letter?.pdfBytes).toBe(kept.length);
    expect(letter?.pdfSha256).toEqual(createHash("sha256").update(kept).digest());
    await changeHead(house, supervisor, id, aHead, told);
    expect((await pdfOf(house, id)).includes("TELLS")).toBe(false);
  });

  it("that is digitally signed stays as it is once the sender says so; what lies over a page is never lost unseen", async () => {
    const signed = Buffer.concat([aPdf(), Buffer.from("% /ByteRange [0 10 20 30]\n%%EOF\n")]);
    expect(await faultsOf(createDraft(house, supervisor, aHead, signed))).toEqual(["pdf pdf_signed"]);
    const id = await createDraft(house, supervisor, { ...aHead, keeps_signed: "yes" }, signed);
    expect(await pdfOf(house, id)).toEqual(signed);
    const stamped = Buffer.concat([aPdf(), Buffer.from("% /Subtype /Stamp\n%%EOF\n")]);
    expect(await faultsOf(createDraft(house, supervisor, aHead, stamped))).toEqual(["pdf pdf_undrawn"]);
    expect(await faultsOf(changeHead(house, supervisor, id, aHead, stamped))).toEqual(["pdf pdf_undrawn"]);
    expect(await pdfOf(house, id)).toEqual(signed);
  });

  it("once sent is never changed, and reaches units at their desk and others by mail and text", async () => {
    const id = await aSentLetter(house, supervisor);
    expect(await told("letter_sent")).toEqual(
      expect.arrayContaining(["sms 0999900721", "email xa01@example.vn", "sms 0999900720", "email tram@example.vn"]),
    );
    const letter = await findLetter(house.db, id);
    expect(await faultsOf(changeHead(house, supervisor, id, { ...aHead, subject: "Khác" }, undefined))).toEqual([
      "letter_sent",
    ]);
    const { addresseeId } = await addressee(house, id, /Mẫu An/);
    expect(await faultsOf(removeFromDraft(house, supervisor, id, addresseeId))).toEqual(["letter_sent"]);
    expect(await faultsOf(addGroup(house, supervisor, id, { group: "Thêm" }, ["enterprise"]))).toEqual(["letter_sent"]);
    expect(await findLetter(house.db, id)).toEqual(letter);
    const coordinator = await aStaff(house, "coordinator", { unitCode: "XA02" });
    expect((await findReceived(house.db, coordinator, id))?.addressee.name).toBe("UBND xã Mẫu An");
    const elsewhere = await aStaff(house, "coordinator", { unitCode: "DN01" });
    expect(await findReceived(house.db, elsewhere, id)).toBeUndefined();
  });

  it("goes by mail without a button that would refuse it: campaigns alone are refused", async () => {
    const mx = await fakeMx();
    Object.assign(house.settings, { smtpUrl: mx.url, smppUrl: "" });
    await aSentLetter(house, supervisor);
    const delivery = startDelivery(house, quick, letterGates);
    try {
      await soon(() => expect(mx.mails).toHaveLength(2));
    } finally {
      await delivery.stop();
      await mx.stop();
    }
    for (const mail of mx.mails) {
      const { headers } = await PostalMime.parse(mail);
      expect(headers.map(({ key }) => key).filter((key) => key.startsWith("list-"))).toEqual([]);
    }
  });

  it("belongs to its office or to the unit of its leader, and is not there for others", async () => {
    const id = await aSentLetter(house, supervisor);
    const leader = await aStaff(house, "leader", { officeCode: OFFICE });
    expect((await getOwnLetter(house.db, leader, id)).number).toBe("01/DEMO-VX");
    const ofUnit = await aStaff(house, "leader", { unitCode: "XA01" });
    for (const other of [ofUnit, await aStaff(house, "officer", { officeCode: "52T02" })]) {
      await expect(getOwnLetter(house.db, other, id)).rejects.toThrow("not_found.letter");
    }
    const own = await createDraft(house, ofUnit, aHead, aPdf());
    expect(await getOwnLetter(house.db, ofUnit, own)).toMatchObject({ unitCode: "XA01", officeCode: null });
    await expect(getOwnLetter(house.db, supervisor, own)).rejects.toThrow("not_found.letter");
    await expect(
      createDraft(house, await aStaff(house, "coordinator", { unitCode: "XA02" }), aHead, aPdf()),
    ).rejects.toThrow("forbidden");
  });

  it("opens by the code of its message alone, and the first opening is told of", async () => {
    const id = await aSentLetter(house, supervisor);
    const key = await secretTo(house, "0999900720", "letter_sent", "key");
    expect(key).toMatch(/^CV(-[2-9A-Z]{4}){4}$/);
    expect(standOf(await addressee(house, id, /Trạm/))).toBe("unopened");
    expect(await faultsOf(enter(house, "CV-2222-2222-2222-2222", house.clock.now()))).toEqual(["key key_unknown"]);
    const entered = await enter(house, key.toLowerCase().replaceAll("-", " "), house.clock.now());
    if (entered.kind !== "letter") throw new Error("not opened");
    expect(readPass(house.vault, entered.pass, house.clock.now())).toBe(
      (await addressee(house, id, /Trạm/)).addresseeId,
    );
    const twoHoursOn = new Date(house.clock.now().getTime() + PASS_SECONDS * 1000);
    expect(readPass(house.vault, entered.pass, twoHoursOn)).toBeUndefined();
    expect(standOf(await addressee(house, id, /Trạm/))).toBe("opened");
    at("2027-06-01");
    expect(await faultsOf(enter(house, key, house.clock.now()))).toEqual(["key key_unknown"]);
    for (const secret of [key.slice(3), key.slice(3).replaceAll("-", "")])
      expect(await placesOf(house, secret)).toEqual([]);
  });

  it("that is a draft still is not there for its addressee", async () => {
    const id = await createDraft(house, supervisor, aHead, aPdf());
    await addGroup(house, supervisor, id, { group: "Cơ quan khác", lines: GUEST_LINE }, []);
    const { addresseeId } = await addressee(house, id, /Trạm/);
    await expect(getByAddressee(house, addresseeId)).rejects.toThrow(NotFound);
  });

  it("is signed for once: a second signing is refused, the first receipt stands and its row cannot be changed", async () => {
    const id = await aSentLetter(house, supervisor);
    await signByCode(id);
    const guest = await getByAddressee(house, (await addressee(house, id, /Trạm/)).addresseeId);
    const again = { form: { ...signer, drawing: strokes }, way: "drawn", now: house.clock.now() } as const;
    expect(await faultsOf(signReceipt(house, guest, again))).toEqual(["letter_signed"]);
    expect(guest.addressee).toMatchObject({ signerName: "Trần Thị Nhận", place: "Xã Mẫu Bình", way: "code_sms" });
    await expect(house.pool.query("update letter_receipt set place = 'x'")).rejects.toThrow("permission denied");
  });

  it("signed by hand keeps the strokes sealed; the printed code finds the receipt and sees a change", async () => {
    const id = await aSentLetter(house, supervisor);
    const now = house.clock.now();
    const { addresseeId } = await addressee(house, id, /Mẫu Bình/);
    const about = await getByAddressee(house, addresseeId);
    const form = { ...signer, drawing: strokes };
    expect(
      await faultsOf(
        signReceipt(house, about, { form: { ...form, drawing: "1,1 2,2", place: "" }, way: "drawn", now }),
      ),
    ).toEqual(["place place_missing", "drawing drawing_short"]);
    await signReceipt(house, about, { form, way: "drawn", now });
    const receipt = await findReceipt(house.db, addresseeId);
    if (!receipt) throw new Error("it was signed");
    expect(receipt.sealedDrawing?.toString("latin1")).not.toContain("10,20");
    const [code] = receiptCodes(house, receipt.digest);
    expect(await enter(house, code, now)).toMatchObject({ kind: "receipt", isUnchanged: true });
    const printed = await printReceipt(house, { ...about, receipt, lang: "vi" });
    const [page, ...more] = pdfPages(printed);
    expect([more.length, page && wordsOutside(page, 8 * MM), fontsIn(printed).foreign]).toEqual([0, [], []]);
    expect(page?.words.map(({ text }) => text).join(" ")).toContain("Trần Thị Nhận");
    const owner = new pg.Client(house.connection);
    await owner.connect();
    await owner.query("update letter_receipt set signer_name = 'Ai Khác'");
    await owner.end();
    expect(await enter(house, code, now)).toMatchObject({ kind: "receipt", isUnchanged: false });
  });

  it("is reminded of by the plan in working hours, and no more once it is signed", async () => {
    await setPolicy(house, letterReminders, {
      value: { firstAfterDays: 2, everyDays: 3, most: 5 },
      from: "2026-11-01",
      by: "Quyết định thử",
    });
    const id = await aSentLetter(house, supervisor);
    at("2026-11-24");
    expect(await remindLetters(house)).toEqual({ reminded: 0, failed: 0 });
    at("2026-11-25", "07:59");
    expect(await remindLetters(house)).toEqual({ reminded: 0, failed: 0 });
    at("2026-11-25", "08:00");
    const runs = await Promise.all([remindLetters(house), remindLetters(house)]);
    expect(runs.map(({ reminded }) => reminded).reduce((one, other) => one + other)).toBe(2);
    const [queued] = await house.db
      .selectFrom("notice")
      .selectAll()
      .where("template", "=", "letter_reminder")
      .where("recipient", "=", "0999900720")
      .execute();
    await signByCode(id);
    expect(await judge(house, letterGates, queued as unknown as Claimed)).toBe("overtaken");
    at("2026-11-28");
    expect(await remindLetters(house), "a Saturday").toEqual({ reminded: 0, failed: 0 });
    at("2026-11-30");
    expect(await remindLetters(house), "one is left: the commune with an address").toEqual({ reminded: 1, failed: 0 });
    at("2027-02-10");
    expect(await remindLetters(house), "due for more than sixty days").toEqual({ reminded: 0, failed: 0 });
  });

  it("that replaces another says so, and ends the reminders and the signing of the old one", async () => {
    const id = await aSentLetter(house, supervisor);
    const next = await aSentLetter(house, supervisor, { number: "02/DEMO-VX", replaces: id });
    expect((await findLetter(house.db, id))?.replacedBy).toMatchObject({ id: next, number: "02/DEMO-VX" });
    const fields = await house.db
      .selectFrom("notice")
      .select("fields")
      .where("template", "=", "letter_sent")
      .orderBy("notice_id", "desc")
      .executeTakeFirst();
    expect(JSON.stringify(fields)).toContain("Thay công văn 01/DEMO-VX");
    const old = await getByAddressee(house, (await addressee(house, id, /Trạm/)).addresseeId);
    expect(await faultsOf(signReceipt(house, old, { form: signer, way: "account", now: house.clock.now() }))).toEqual([
      "letter_replaced",
    ]);
    at("2026-11-26");
    expect(await remindLetters(house), "two addressees of the new one alone").toEqual({ reminded: 2, failed: 0 });
    expect(await faultsOf(aSentLetter(house, supervisor, { number: "03/DEMO-VX", replaces: id }))).toEqual([
      "replaces replaces_unfit",
    ]);
  });

  it("is replaced once: of two drafts that replace it one is sent, and the other is refused", async () => {
    const id = await aSentLetter(house, supervisor);
    const drafts: string[] = [];
    for (const number of ["02/DEMO-VX", "03/DEMO-VX", "04/DEMO-VX"]) {
      const draft = await createDraft(house, supervisor, { ...aHead, number, replaces: id }, aPdf());
      await addGroup(house, supervisor, draft, { group: "Cơ quan khác", lines: GUEST_LINE }, []);
      drafts.push(draft);
    }
    const [late = "", ...both] = drafts;
    const letters = await hold(house, "lock table letter in share mode");
    const sending = Promise.all(both.map((draft) => faultsOf(sendLetter(house, supervisor, draft))));
    await letters.waiting(2);
    await letters.letGo();
    const said = await sending;
    expect(said.toSorted((one, other) => one.length - other.length)).toEqual([[], ["replaces_unfit"]]);
    expect(await faultsOf(sendLetter(house, supervisor, late))).toEqual(["replaces_unfit"]);
    expect((await findLetter(house.db, late))?.sentAt).toBeNull();
  });

  it("is asked about and answered in one thread; each side is told", async () => {
    const id = await aSentLetter(house, supervisor);
    const guest = await getByAddressee(house, (await addressee(house, id, /Trạm/)).addresseeId);
    await askSender(house, guest, "Trạm có phải lập danh sách không?", undefined);
    expect(await told("letter_asked")).toEqual(["email vanthu@example.vn"]);
    const senders = { offices: [OFFICE], units: [] };
    expect(await listLetters(house.db, senders, { limit: 10 })).toMatchObject([
      { addressees: 3, signed: 0, unanswered: 1 },
    ]);
    await answerAddressee(house, guest, "Có, gửi trước ngày 30.", supervisor);
    expect(await told("letter_answered")).toEqual(["sms 0999900720", "email tram@example.vn"]);
    expect(await listLetters(house.db, senders, { limit: 10 })).toMatchObject([{ unanswered: 0 }]);
    expect((await talkOf(house.db, guest.addressee.addresseeId)).map(({ isAnswer }) => isAnswer)).toEqual([
      false,
      true,
    ]);
  });

  it("has a register on paper and as CSV, and nothing of a person in the audit", async () => {
    const id = await aSentLetter(house, supervisor);
    await signByCode(id);
    const letter = await findLetter(house.db, id);
    if (!letter) throw new Error("it was sent");
    const addressees = await addresseesOf(house.db, id);
    const csv = registerCsv({ addressees, lang: "vi" });
    expect(csv).toContain('"Trạm y tế Mẫu","đã ký nhận"');
    expect(csv).toContain('"UBND xã Mẫu An","chưa mở"');
    const printed = printRegister(house, {
      letter,
      addressees,
      keeper: "Lê Văn Mẫu",
      lang: "vi",
      now: house.clock.now(),
    });
    const pages = pdfPages(printed);
    expect([pages.flatMap((page) => wordsOutside(page, 8 * MM)), fontsIn(printed).foreign]).toEqual([[], []]);
    const { rows } = await house.pool.query(
      "select action, detail::text from audit_event where action like 'letter.%'",
    );
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["letter.send", "letter.sign"]));
    expect(JSON.stringify(rows)).not.toMatch(/Trần|Nhận|0999900|@/);
  });
});

it("the list and the registers equal a recount of what happened, after random acts", { timeout: 600_000 }, async () => {
  const seed = Number(process.env.VSSID_SEED ?? 330);
  const acts = Number(process.env.VSSID_ACTS ?? 200) / 4;
  const [game, ledger]: [ReturnType<typeof dice>, LetterLedger] = [dice(seed), new Map()];
  for (let nth = 1; nth <= acts; nth += 1) {
    await actOnLetters(house, game, ledger, supervisor);
    if (nth % Math.ceil(acts / 4) !== 0) continue;
    const { told, truth } = await registersOf(house, ledger);
    expect(told, `seed ${seed}, act ${nth}`).toEqual(truth);
  }
});
