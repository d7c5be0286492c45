import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { insertKeys } from "../db/data-keys.ts";
import { inTransaction } from "../db/transaction.ts";
import { endLink } from "../guardian/block-link.ts";
import {
  aChild,
  aDesk,
  aParent,
  birthCertificate,
  type Desk,
  link,
  type Parent,
} from "../guardian/guardian.fixture.ts";
import { nameGuardian } from "../guardian/name-guardian.ts";
import { insertCopy } from "../guardian/store-paper.ts";
import { setPolicy } from "../policy/set.ts";
import { accept } from "../review/accept.ts";
import { aReceived, countOf } from "../review/counter.fixture.ts";
import { refuse } from "../review/refuse.ts";
import { proveRetention } from "./prove.ts";
import { RULES } from "./rules.ts";
import { runRetention } from "./run.ts";

let house: TestHouse;
let desk: Desk;
let mother: Parent;
let code: string;
beforeAll(async () => {
  house = await openTestHouse({ at: "2026-11-23T02:00:00.000Z" });
});
afterAll(() => house.close());

beforeEach(async () => {
  await house.clean();
  desk = await aDesk(house);
  mother = await aParent(house);
  const child = { full_name: "Nguyễn Bảo Na Mẫu", birth_day: "2", birth_month: "5", birth_year: "2022" };
  const declared = { for_whom: "child", declarer: "Trần Thị Mẹ Mẫu", phone: mother.phone, email: "", ...child };
  code = (await aReceived(house, desk.officer, { typed: declared })).code;
  await setPolicy(house, RULES.guardian_papers.days, { value: 10, from: "2026-11-01", by: "Quyết định thử" });
});

/** The guardian is named on a paper whose picture is filed. */
async function names(): Promise<void> {
  await nameGuardian(house, desk.officer, code, { form: birthCertificate(mother) });
  await copyOf(code);
}

async function copyOf(ofCode: string): Promise<void> {
  const copyId = randomUUID();
  const { sealed, dataKeyId, dataKey } = await house.vault.sealOwn("guardian-paper", Buffer.from("ảnh"), copyId);
  const filedAt = house.clock.now();
  await insertKeys(house.db, [dataKey], filedAt);
  const { paper_id: paperId } = await house.db
    .selectFrom("declaration_guardian")
    .innerJoin("declaration", "declaration.declaration_id", "declaration_guardian.declaration_id")
    .select("paper_id")
    .where("declaration.code", "=", ofCode)
    .executeTakeFirstOrThrow();
  const sha256 = createHash("sha256").update(copyId).digest();
  const kept = { copyId, paperId, width: 1, height: 1, sha256, sealed, dataKeyId, filedAt };
  await inTransaction(house.db, (tx) =>
    insertCopy(tx, { ...kept, keyId: house.vault.keyId, filedBy: desk.officer.staffId }),
  );
}

async function daysLater(days: number, lookedAt?: number) {
  house.clock.moveTo(new Date(house.clock.now().getTime() + days * 86_400_000));
  const { deleted } = await runRetention(house, 200, lookedAt);
  const proved = (await proveRetention(house)).find((one) => one.class === "guardian_papers");
  const left = await countOf(house, "guardian_paper_copy");
  return { deleted: deleted.guardian_papers, left, keys: await countOf(house, "data_key"), isGood: proved?.isGood };
}

describe("a picture of a guardian's paper", () => {
  it("of which no link came goes when the guardian was named on another one; the one that counts stays while the file is open", async () => {
    await names();
    await names();
    expect(await daysLater(9)).toEqual({ deleted: undefined, left: 2, keys: 2, isGood: true });
    expect(await daysLater(2)).toEqual({ deleted: 1, left: 1, keys: 1, isGood: true });
    expect(await daysLater(365)).toEqual({ deleted: undefined, left: 1, keys: 1, isGood: true });
  });

  it("of which no link came goes when the file was refused, counted from then", async () => {
    await names();
    await daysLater(30);
    await refuse(house, desk.officer, { code, grounds: ["form_not_signed"], sentence: "Xin ký vào tờ khai." });
    expect(await daysLater(9)).toEqual({ deleted: undefined, left: 1, keys: 1, isGood: true });
    expect(await daysLater(2)).toEqual({ deleted: 1, left: 0, keys: 0, isGood: true });
  });

  it("goes also where a step looks at one copy alone, and those before it stay", async () => {
    await names();
    await accept(house, desk.officer, { code, note: "" });
    const child = { full_name: "Nguyễn Bảo Ni Mẫu", birth_day: "3", birth_month: "5", birth_year: "2023" };
    const declared = { for_whom: "child", declarer: "Trần Thị Mẹ Mẫu", phone: mother.phone, email: "", ...child };
    code = (await aReceived(house, desk.officer, { typed: declared })).code;
    for (let nth = 0; nth < 3; nth += 1) {
      house.clock.moveTo(new Date(house.clock.now().getTime() + 1000));
      await nameGuardian(house, desk.officer, code, {
        form: birthCertificate(mother, { paper_number: `${nth}/2023` }),
      });
      await copyOf(code);
    }
    expect(await daysLater(11, 1)).toEqual({ deleted: 2, left: 2, keys: 2, isGood: true });
  });

  it("stays as long as a link does", async () => {
    await names();
    await accept(house, desk.officer, { code, note: "" });
    expect(await daysLater(365)).toEqual({ deleted: undefined, left: 1, keys: 1, isGood: true });
  });

  it("on which several links rest goes after the last of them has ended, counted from then", async () => {
    await names();
    await accept(house, desk.officer, { code, note: "" });
    const sister = await aChild(house);
    const { link_id: first, paper_id: paperId } = await house.db
      .selectFrom("guardianship")
      .select(["link_id", "paper_id"])
      .executeTakeFirstOrThrow();
    const second = await link(house, desk, sister, mother);
    await house.pool.query("update guardianship set paper_id = $1", [paperId]);
    const end = { end_reason: "asked", reason: "Mẹ xin thôi" };
    await endLink(house, desk.officer, first, end);
    expect(await daysLater(365)).toEqual({ deleted: undefined, left: 1, keys: 1, isGood: true });
    await endLink(house, desk.officer, second, end);
    expect(await daysLater(9)).toEqual({ deleted: undefined, left: 1, keys: 1, isGood: true });
    expect(await daysLater(2)).toEqual({ deleted: 1, left: 0, keys: 0, isGood: true });
  });
});
