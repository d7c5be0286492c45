import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mondayMorning, openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { advance, onFile } from "./advance.ts";
import { aConfirmed, aDraft, anOfficer } from "./files.fixture.ts";
import { printForm } from "./print.ts";
import { eventsOf } from "./store.ts";
import { queueOf } from "./store-queue.ts";
import { type Search, searchDeclarations } from "./store-search.ts";
import { withdraw } from "./withdraw.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const found = async (search: Omit<Search, "limit" | "officeCodes"> & Partial<Search>) =>
  (await searchDeclarations(house.db, { officeCodes: ["52T01"], ...search, limit: 20 })).map(({ code }) => code);

describe("searching at the counter", () => {
  it("finds a file by code, number, paper, phone and name without marks", async () => {
    const file = await aConfirmed(house, { full_name: "Đặng Thị Quỳnh Ẩn" });
    for (const search of [
      { code: file.code },
      { number: file.insuranceNumber ?? "" },
      { number: file.idNumber ?? "" },
      { phone: file.phone ?? "" },
      { text: "dang thi quynh" },
      { text: "ĐẶNG THỊ", status: "confirmed" as const },
    ]) {
      expect(await found(search)).toEqual([file.code]);
    }
    expect(await found({ text: "%" })).toEqual([]);
  });

  it("by a number or phone of many files shows the open ones first, then the newest", async () => {
    const phone = "0987650431";
    const helped = { for_whom: "helped", declarer: "Cô Giáo", declarer_as: "Trường", phone };
    const later = (minutes: number) => house.clock.moveTo(new Date(Date.parse(mondayMorning) + minutes * 60_000));
    const codes: string[] = [];
    for (let at = 0; at < 4; at += 1) {
      later(at);
      codes.push((await aConfirmed(house, helped)).code);
    }
    const [oldest = "", older, newer = "", newest] = codes;
    const at = house.clock.now();
    for (const code of [oldest, newer]) await withdraw(house, { code, actor: anyone, now: at });
    expect(await found({ phone })).toEqual([newest, older, newer, oldest]);
    later(0);
  });

  it("stays inside the offices given, and with none of them finds nothing", async () => {
    const { code } = await aConfirmed(house);
    expect(await found({ code, officeCodes: ["52T01"] })).toEqual([code]);
    expect(await found({ code, officeCodes: ["52T02"] })).toEqual([]);
    expect(await found({ code, officeCodes: [] })).toEqual([]);
  });

  it("finds a draft by its code only", async () => {
    const { code, phone } = await aDraft(house);
    expect(await found({ code })).toEqual([code]);
    expect(await found({ phone: phone ?? "" })).toEqual([]);
  });
});

describe("the queue", () => {
  it("has the least time left on top: the 15 minutes first, then the days", async () => {
    const other = await openTestHouse();
    const at = (minutes: number) => new Date(Date.parse("2026-11-23T02:00:00Z") + minutes * 60_000);
    const codes: string[] = [];
    for (const day of [25, 23, 24, 24]) {
      other.clock.moveTo(new Date(`2026-11-${day}T02:00:00Z`));
      codes.push((await aConfirmed(other)).code);
    }
    const [lastDays, firstDays, receivedLate, receivedFirst] = codes;
    const receive = (code: string | undefined, minutes: number) =>
      onFile(other, at(minutes), (tx) =>
        advance(tx, code ?? "", { kind: "received", actor: anOfficer, at: at(minutes) }),
      );
    await receive(receivedLate, 9);
    await receive(receivedFirst, 3);
    const queue = await queueOf(other.db, ["52T01"], { limit: 10 });
    expect(queue.map(({ code }) => code)).toEqual([receivedFirst, receivedLate, firstDays, lastDays]);
    expect(await queueOf(other.db, ["52T02"], { limit: 10 })).toEqual([]);
    expect(await queueOf(other.db, ["52T01"], { limit: 10, statuses: ["received"], isUnheld: true })).toHaveLength(2);
    await other.close();
  });
});

describe("printing", () => {
  it("by an officer leaves an event, by the person none", async () => {
    const { code, id } = await aConfirmed(house);
    const now = house.clock.now();
    await printForm(house, { code, actor: anyone, now });
    await printForm(house, { code, actor: anOfficer, now, officeCode: "52T01" });
    const printed = (await eventsOf(house.db, id)).filter(({ kind }) => kind === "printed");
    expect(printed).toMatchObject([{ actorKind: "staff", actorId: "1", officeCode: "52T01" }]);
  });

  it("refuses a draft, and a file whose days are over", async () => {
    const { code } = await aDraft(house);
    const file = await aConfirmed(house);
    await expect(printForm(house, { code, actor: anyone, now: house.clock.now() })).rejects.toBeInstanceOf(NotAllowed);
    const now = file.lapsesAt ?? new Date(0);
    await expect(printForm(house, { code: file.code, actor: anyone, now })).rejects.toMatchObject({ now: "lapsed" });
  });

  it("refuses answers that were changed behind the confirmation", async () => {
    const { code } = await aConfirmed(house);
    await house.pool.query(
      `update declaration set answers = jsonb_set(answers, '{phone,number}', '"0999999999"') where code = $1`,
      [code],
    );
    await expect(printForm(house, { code, actor: anyone, now: house.clock.now() })).rejects.toThrow("changed");
  });
});
