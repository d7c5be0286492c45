import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { confirm } from "./confirm.ts";
import { aConfirmed, aDraft, anAccount, aPerson, ownNumbers } from "./files.fixture.ts";
import { getByCode } from "./store.ts";
import { withdraw } from "./withdraw.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const confirmed = (code: string) => confirm(house, { code, actor: anyone, now: house.clock.now() });

async function keyOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return "done";
  if (!(error instanceof Invalid)) throw error;
  return error.faults.map(({ key }) => key).join(" ");
}

/** Somebody whom the register knows by three numbers, and the ways to declare them: each names one number only. */
let known = 0;
async function aKnownPerson() {
  known += 1;
  const tail = String(known).padStart(4, "0");
  const [cccd, cmnd, insurance] = [`05219088${tail}`, `21588${tail}`, `529088${tail}`];
  const person = { name: "Nguyễn Thị Diễm Hương", birthOn: "1990-01-15" };
  const id = await aPerson(house, { ...person, personalId: cccd, insuranceNumber: insurance });
  await house.pool.query("insert into person_key values ('cmnd', $1, $2)", [cmnd, id]);
  const unknown = { insurance_number: "", insurance_known: "no" };
  const ways = {
    cccd: { ...ownNumbers(), ...unknown, paper_number: cccd },
    cmnd: { ...ownNumbers(), ...unknown, paper_kind: "cmnd", paper_number: cmnd },
    number: { ...ownNumbers(), paper_kind: "passport", paper_number: `B77${tail}${tail}`, insurance_number: insurance },
    asChild: { ...ownNumbers(), ...unknown, paper_number: cccd, for_whom: "child", declarer: "Lê Thị Mẹ" },
    elsewhere: { ...ownNumbers(), ...unknown, paper_kind: "cmnd", paper_number: cmnd, office: "52000" },
  };
  return { id, ways };
}

describe("one person", () => {
  it("has one open declaration, by CCCD, CMND, insurance number, as a child or at another office (I10)", async () => {
    const { ways } = await aKnownPerson();
    const offices = await house.db.selectFrom("bhxh_office").select("office_code").execute();
    const elsewhere = offices.find(({ office_code }) => office_code !== "52T01")?.office_code ?? "";
    const drafts = {
      cmnd: await aDraft(house, ways.cmnd),
      number: await aDraft(house, ways.number),
      asChild: await aDraft(house, ways.asChild),
      elsewhere: await aDraft(house, { ...ways.elsewhere, office: elsewhere }),
    };
    const open = await aConfirmed(house, ways.cccd);
    expect(await keyOf(confirmed(drafts.cmnd.code))).toBe("open_for_person");
    expect(await keyOf(confirmed(drafts.number.code))).toBe("open_for_person");
    expect(await keyOf(confirmed(drafts.asChild.code))).toBe("open_for_paper");
    expect(await keyOf(confirmed(drafts.elsewhere.code))).toBe("open_for_person");
    await withdraw(house, { code: open.code, actor: anyone, now: house.clock.now() });
    expect(await keyOf(confirmed(drafts.cmnd.code))).toBe("done");
    expect(await keyOf(confirmed(drafts.number.code))).toBe("open_for_person");
  });

  it("confirmed three ways at the same moment ends with one open declaration, ten times (I10)", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ways } = await aKnownPerson();
      const drafts = [await aDraft(house, ways.cccd), await aDraft(house, ways.cmnd), await aDraft(house, ways.number)];
      const said = await Promise.all(drafts.map(({ code }) => keyOf(confirmed(code))));
      expect(said.filter((one) => one === "done")).toHaveLength(1);
      expect(said.filter((one) => one === "open_for_person")).toHaveLength(2);
      const states = await Promise.all(drafts.map(async ({ code }) => (await getByCode(house.db, code)).status));
      expect(states.filter((one) => one === "confirmed")).toHaveLength(1);
    }
  });

  it("with an account opens no second way in, whichever number is declared (I10)", async () => {
    const { id, ways } = await aKnownPerson();
    await anAccount(house, id);
    for (const way of [ways.cccd, ways.cmnd, ways.number, ways.asChild]) {
      expect(await keyOf(aConfirmed(house, way))).toBe("account_active");
    }
  });

  it("is not found out by a stranger: with another name or birth date the numbers stay two people's", async () => {
    const { ways } = await aKnownPerson();
    await aConfirmed(house, ways.cccd);
    expect(await keyOf(aConfirmed(house, { ...ways.cmnd, full_name: "Trần Văn Lạ" }))).toBe("done");
    expect(await keyOf(aConfirmed(house, { ...ways.number, birth_day: "16" }))).toBe("done");
  });
});

describe("one phone", () => {
  it("of a grandmother with an account carries the child's file, written in any form, and no second adult's (I11, N17)", async () => {
    const { phone = "" } = ownNumbers();
    await anAccount(house, await aPerson(house, { name: "Lê Thị Mận", birthOn: "1955-01-01", accountPhone: phone }));
    const child = { for_whom: "child", declarer: "Lê Thị Mận", declarer_as: "bà ngoại" };
    for (const form of [phone, `+84 ${phone.slice(1)}`, `84${phone}`.replace(/^840/, "0084")]) {
      const draft = await aDraft(house, { ...ownNumbers(), ...child, phone: form });
      expect(draft.phone).toBe(phone);
      expect(await keyOf(confirmed(draft.code))).toBe("done");
      expect(await keyOf(aDraft(house, { ...ownNumbers(), phone: form }))).toBe("phone_of_another");
      const helped = { for_whom: "helped", declarer: "Lê Thị Mận", declarer_as: "hàng xóm" };
      expect(await keyOf(aDraft(house, { ...ownNumbers(), ...helped, phone: form }))).toBe("phone_of_another");
    }
  });

  it("that its owner gave up locks nobody out: the child's file goes on, and an adult may declare with it (I11)", async () => {
    const { phone = "" } = ownNumbers();
    const id = await aPerson(house, { name: "Lê Thị Mận", birthOn: "1955-01-01", accountPhone: phone });
    const child = await aDraft(house, { ...ownNumbers(), phone, for_whom: "child", declarer: "Lê Thị Mận" });
    expect(await keyOf(aDraft(house, { ...ownNumbers(), phone }))).toBe("phone_of_another");
    await house.pool.query("delete from person_key where person_id = $1", [id]);
    expect(await keyOf(confirmed(child.code))).toBe("done");
    expect(await keyOf(aConfirmed(house, { ...ownNumbers(), phone }))).toBe("done");
  });
});
