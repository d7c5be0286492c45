import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { pdfPages } from "../../test/pdf.ts";
import { behindDeskWall } from "../db/wall.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { aDraft } from "../registration/files.fixture.ts";
import { lapseDue } from "../registration/lapse-due.ts";
import { eventsOf, getByCode } from "../registration/store.ts";
import { withdraw } from "../registration/withdraw.ts";
import { accept } from "../review/accept.ts";
import { aConfirmed, aStaff, countOf, itsPerson, sameAsDeclared } from "../review/counter.fixture.ts";
import { handOver } from "../review/hand-over.ts";
import { receive } from "../review/receive.ts";
import { refuse } from "../review/refuse.ts";
import { completeYear } from "../units/change-lists.ts";
import { addCodes } from "./add.ts";
import { finishBatch } from "./close.ts";
import { openBatch } from "./open.ts";
import { listBatches, readBatch } from "./read.ts";
import { removeFromBatch } from "./remove.ts";
import { progressOf } from "./rules.ts";
import { renderSlip } from "./slip.ts";
import { type Batch, getBatch } from "./store.ts";

const HERE = "52T01";
let house: TestHouse;
let lan: Staff;
let stranger: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  stranger = { ...(await aStaff(house, "Bùi Thị Xa")), roles: [{ role: "officer", officeCode: "52T02" }] };
});
afterAll(() => house.close());

const aBatch = (at = house): Promise<Batch> => openBatch(at, lan, { unit_name: "Trường Thử" });
/** Behind the wall of the desk, as every request of an officer. */
const scan = async (batch: Batch, ...codes: string[]) => {
  const lines = await behindDeskWall(lan.staffId, house.clock.now(), () =>
    addCodes(house, lan, batch.id, codes.join("\n")),
  );
  return lines.map(({ outcome }) => outcome);
};
const standsOf = async (batch: Batch) => (await readBatch(house.db, batch)).files.map(({ stand }) => stand);

describe("a batch", () => {
  it("is opened for a unit by its code, and not for a code that nobody has", async () => {
    expect(await openBatch(house, lan, { unit_code: "tp0001z" })).toMatchObject({
      unitCode: "TP0001Z",
      unitName: "Công ty TNHH May Mẫu Bình An",
      officeCode: HERE,
    });
    await expect(openBatch(house, lan, { unit_code: "KHONGCO" })).rejects.toBeInstanceOf(Invalid);
  });

  it("is not there for another office", async () => {
    const batch = await aBatch();
    await expect(getBatch(house.db, ["52T02"], batch.id)).rejects.toBeInstanceOf(NotFound);
    await expect(addCodes(house, stranger, batch.id, "BD-2222-2222")).rejects.toBeInstanceOf(NotFound);
  });

  it("tells of every scan plainly what came of it, and loses none", async () => {
    const [batch, other] = [await aBatch(), await aBatch()];
    const file = await aConfirmed(house);
    const elsewhere = await aConfirmed(house, { office: "52T02" });
    const taken = await aConfirmed(house);
    await scan(other, taken.code);
    const withdrawn = await aConfirmed(house);
    await withdraw(house, { code: withdrawn.code, actor: anyone, now: house.clock.now() });
    const draft = await aDraft(house, { office: HERE });
    expect(
      await scan(
        batch,
        file.code,
        file.code,
        elsewhere.code,
        taken.code,
        withdrawn.code,
        draft.code,
        "BD-2222-2222",
        "khong-phai-ma",
      ),
    ).toEqual(["taken", "twice", "elsewhere", "other_batch", "not_waiting", "unknown", "unknown", "no_code"]);
    const { lines } = await readBatch(house.db, batch);
    expect(lines.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lines[7]).toMatchObject({ code: null, declarationId: null });
  });

  it("a file scanned at two desks at once lies in one batch, once", async () => {
    const batches = [await aBatch(), await aBatch()];
    const { code, id } = await aConfirmed(house);
    const outcomes = await Promise.all([0, 1, 2, 3, 4, 5].map((nth) => scan(batches[nth % 2] as Batch, code)));
    expect(outcomes.flat().filter((outcome) => outcome === "taken")).toHaveLength(1);
    expect((await eventsOf(house.db, id)).filter(({ kind }) => kind === "batched")).toHaveLength(1);
  });

  it("starts the fifteen minutes of a file when it is taken up, not when it is scanned, and three lie open at most", async () => {
    const batch = await aBatch();
    const minh = await aStaff(house, "Lê Văn Minh");
    const files = [];
    for (let nth = 0; nth < 4; nth += 1) files.push(await aConfirmed(house));
    expect(await scan(batch, ...files.map(({ code }) => code))).toEqual(["taken", "taken", "taken", "taken"]);
    for (const { code } of files) expect((await getByCode(house.db, code)).noticeDueAt).toBeNull();
    house.clock.moveTo(new Date(house.clock.now().getTime() + 30 * 60_000));
    const before = house.clock.now();
    for (const file of files.slice(0, 3)) {
      const received = await receive(house, minh, file.code, sameAsDeclared(file));
      expect(received.noticeDueAt?.getTime()).toBeGreaterThanOrEqual(before.getTime() + 15 * 60_000);
    }
    const fourth = files[3];
    if (!fourth) throw new Error("four files were made");
    await expect(receive(house, minh, fourth.code, sameAsDeclared(fourth))).rejects.toMatchObject({
      code: "hands_full",
    });
  });

  it("peers 8: each person has an outcome of their own, and the unit's list holds no reason and no record", async () => {
    const batch = await aBatch();
    const [yes, no] = [await aConfirmed(house), await aConfirmed(house)];
    await itsPerson(house, yes);
    await itsPerson(house, no);
    await scan(batch, yes.code, no.code);
    for (const file of [yes, no]) await receive(house, lan, file.code, sameAsDeclared(file));
    await accept(house, lan, { code: yes.code, note: "" });
    await refuse(house, lan, { code: no.code, grounds: ["form_not_signed"], sentence: "Mời ký tờ khai rồi nộp lại." });
    expect(await standsOf(batch)).toEqual(["accepted", "refused"]);
    expect(await countOf(house, "notice where template = 'declaration_accepted' and declaration_id = $1", yes.id)).toBe(
      2,
    );
    expect(await countOf(house, "notice where template = 'declaration_refused' and declaration_id = $1", no.id)).toBe(
      2,
    );
  });

  it("shows a file that was handed to another office by its code only", async () => {
    const batch = await aBatch();
    const file = await aConfirmed(house, { full_name: "Ngô Thị Đi Xa" });
    await scan(batch, file.code);
    await handOver(house, lan, { code: file.code, office: "52T02", reason: "Người khai ở địa bàn kia" });
    const { lines } = await readBatch(house.db, batch);
    expect(await standsOf(batch)).toEqual(["gone"]);
    const slip = renderSlip({ batch, lines, officeName: "BHXH Thử", takerName: "Lan", lang: "vi" });
    const written = pdfPages(slip).flatMap(({ words }) => words.map(({ text }) => text));
    expect(written).toContain(file.code);
    expect(written.filter((word) => ["Ngô", "Đi", "Xa"].includes(word))).toEqual([]);
    expect(
      await countOf(house, "notice where template = 'declaration_handed_over' and declaration_id = $1", file.id),
    ).toBe(0);
  });

  it("lets go of no file that another office has by now: it stays handed in there", async () => {
    const batch = await aBatch();
    const file = await aConfirmed(house);
    await scan(batch, file.code);
    await handOver(house, lan, { code: file.code, office: "52T02", reason: "Người khai ở địa bàn kia" });
    const remove = () => removeFromBatch(house, lan, batch.id, file.code);
    await expect(behindDeskWall(lan.staffId, house.clock.now(), remove)).rejects.toBeInstanceOf(NotFound);
    const { officeCode, batchedAt } = await getByCode(house.db, file.code);
    expect([officeCode, batchedAt]).toEqual(["52T02", expect.any(Date)]);
  });

  it("closes only when every file is decided, and then takes nothing more", async () => {
    const batch = await aBatch();
    const file = await aConfirmed(house);
    await itsPerson(house, file);
    await scan(batch, file.code);
    await expect(finishBatch(house, lan, batch.id)).rejects.toMatchObject({ code: "batch_not_done" });
    await receive(house, lan, file.code, sameAsDeclared(file));
    await accept(house, lan, { code: file.code, note: "" });
    await finishBatch(house, lan, batch.id);
    await finishBatch(house, await aStaff(house, "Võ Thị Sau"), batch.id);
    const closed = "batch where batch_id = $1 and closed_by = $2";
    expect(await countOf(house, closed, batch.id, lan.staffId)).toBe(1);
    expect(await countOf(house, "audit_event where action = 'batch.close' and object_id = $1", batch.id)).toBe(1);
    await expect(scan(batch, file.code)).rejects.toBeInstanceOf(Conflict);
    const { files } = await readBatch(house.db, batch);
    expect(progressOf(files.map(({ stand }) => stand))).toEqual({ done: 1, of: 1 });
  });
});

describe("the ten days of a file in a batch", () => {
  it("are kept from the scan on: neither the sweep nor a touch ends it, weeks later an officer receives it", async () => {
    const late = await openTestHouse();
    try {
      const file = await aConfirmed(late);
      late.clock.moveTo(new Date("2026-12-03T16:59:59.000Z"));
      const batch = await aBatch(late);
      expect((await addCodes(late, lan, batch.id, file.code))[0]?.outcome).toBe("taken");
      late.clock.moveTo(new Date("2026-12-14T02:00:00.000Z"));
      expect(await lapseDue(late)).toMatchObject({ lapsed: 0 });
      await expect(removeFromBatch(late, lan, batch.id, file.code)).rejects.toMatchObject({ code: "would_lapse" });
      expect((await receive(late, lan, file.code, sameAsDeclared(file))).status).toBe("received");
    } finally {
      await late.close();
    }
  });

  it("are over at 24:00: a scan after that says that the form has lapsed, and the lapse stays", async () => {
    const late = await openTestHouse();
    try {
      const file = await aConfirmed(late);
      const batch = await aBatch(late);
      late.clock.moveTo(file.lapsesAt as Date);
      expect((await addCodes(late, lan, batch.id, file.code))[0]?.outcome).toBe("lapsed");
      expect((await getByCode(late.db, file.code)).status).toBe("lapsed");
    } finally {
      await late.close();
    }
  });

  it("race with the sweep at the last instant: in the batch means not lapsed, lapsed means not in the batch", async () => {
    const late = await openTestHouse();
    try {
      const files = [];
      for (let nth = 0; nth < 20; nth += 1) files.push(await aConfirmed(late));
      const batch = await aBatch(late);
      const deadline = files[0]?.lapsesAt as Date;
      late.clock.moveTo(new Date(deadline.getTime() - 1));
      const scans = files.map(({ code }) => addCodes(late, lan, batch.id, code));
      late.clock.moveTo(deadline);
      await Promise.all([lapseDue(late), lapseDue(late)]);
      const outcomes = (await Promise.all(scans)).map(([line]) => line?.outcome);
      for (const [nth, { code, id }] of files.entries()) {
        const { status } = await getByCode(late.db, code);
        expect(status).toBe(outcomes[nth] === "taken" ? "confirmed" : "lapsed");
        const kinds = (await eventsOf(late.db, id)).map(({ kind }) => kind);
        expect(kinds.includes("batched")).toBe(!kinds.includes("lapsed"));
      }
    } finally {
      await late.close();
    }
  });

  it("that are over keep a form in the batch, unless no table of holidays says so: then it may be taken out", async () => {
    const late = await openTestHouse({ at: "2028-12-20T03:00:00.000Z" });
    try {
      const officer = await aStaff(late, "Trần Thị Lan");
      const batch = await openBatch(late, officer, { unit_name: "Trường Thử" });
      const [first, second] = [await aConfirmed(late), await aConfirmed(late)];
      await addCodes(late, officer, batch.id, `${first.code}\n${second.code}`);
      late.clock.moveTo(new Date("2029-01-03T03:00:00Z"));
      await removeFromBatch(late, officer, batch.id, first.code);
      expect(await getByCode(late.db, first.code)).toMatchObject({ status: "confirmed", batchedAt: null });
      await late.pool.query("insert into public_holiday values ('2029-01-01', 2029, 'holiday', 'Tết', 'thử')");
      await completeYear(late, { year: 2029, by: "TB thử", why: "thử" });
      const taken = removeFromBatch(late, officer, batch.id, second.code);
      await expect(taken).rejects.toMatchObject({ code: "would_lapse" });
    } finally {
      await late.close();
    }
  });

  it("count again for a form that was scanned by mistake and taken out", async () => {
    const batch = await aBatch();
    const file = await aConfirmed(house);
    await scan(batch, file.code);
    const listed = async () => (await listBatches(house.db, [HERE], 100)).find(({ id }) => id === batch.id);
    expect(await listed()).toMatchObject({ of: 1 });
    await removeFromBatch(house, lan, batch.id, file.code);
    expect(await listed()).toMatchObject({ of: 0 });
    expect((await getByCode(house.db, file.code)).batchedAt).toBeNull();
    expect(await scan(batch, file.code)).toEqual(["taken"]);
  });
});
