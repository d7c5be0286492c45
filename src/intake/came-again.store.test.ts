import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, sampleTables, sampleWith } from "../../test/samples/envelope.ts";
import { importClaims } from "./import-claims.ts";
import { importPersons } from "./import-persons.ts";
import { importCards, importParticipation } from "./import-rows.ts";
import { rerunRejects } from "./rerun-rejects.ts";

let house: TestHouse;
let count = 0;
beforeAll(async () => {
  house = await openTestHouse();
  const heads = "full_name,birth,sex,personal_id,insurance_number";
  await importPersons(house, csv(heads, "Nguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012"));
});
afterAll(() => house.close());

const csv = (...lines: string[]) => ({ name: `${++count}.csv`, bytes: Buffer.from(`${lines.join("\n")}\n`) });
const rows = async (text: string) => (await house.pool.query(text)).rows;
const take = (...dossiers: string[]) => importClaims(house, { name: `${++count}.xml`, bytes: envelope(dossiers) });
const claim = (key: string, fields: Record<string, string> = {}) => dossier(sampleWith({ "*.MA_LK": key, ...fields }));
const recall = (key: string) => claim(key, { "XML1.MA_DOITUONG_KCB": "8" });
const stranger = claim("stranger", {
  "XML1.HO_TEN": "TRẦN THỊ LẠ",
  "XML1.NGAY_SINH": "198500000000",
  "XML1.SO_CCCD": "099185000007",
  "XML1.MA_THE_BHYT": "",
});

/** Every file here has one record that is rejected: without one the same bytes are not even read. */
describe("an old file that comes again", () => {
  it("does not write over what a newer file of claims has brought", async () => {
    const old = [dossier(sampleTables()), claim("still"), stranger];
    expect(await take(...old)).toMatchObject({ taken: 2, rejected: 1 });
    expect(await take(dossier(sampleWith({ "XML1.KET_QUA_DTRI": "1" })))).toMatchObject({ taken: 1 });
    expect(await take(...old)).toMatchObject({ taken: 0, unchanged: 2, rejected: 1 });
    expect(await rows("select outcome from visit where episode_key <> 'still'")).toEqual([{ outcome: 1 }]);
  });

  it("does not bring back a visit that was recalled, nor recall one that came anew", async () => {
    const old = [claim("gone"), recall("anew"), stranger];
    await take(...old);
    await take(recall("gone"), claim("anew"));
    expect(await take(...old)).toMatchObject({ taken: 0, unchanged: 1, rejected: 1 });
    expect(await rows("select episode_key from visit where episode_key in ('gone', 'anew')")).toEqual([
      { episode_key: "anew" },
    ]);
  });

  it.each([
    ["in another file", "099185000018", true],
    ["in the same file", "099185000019", false],
  ])(
    "does not bring in a claim that was only ever rejected once it was recalled %s",
    async (_where, card, isAnother) => {
      const who = {
        "XML1.HO_TEN": "TRẦN THỊ RÚT",
        "XML1.NGAY_SINH": "198500000000",
        "XML1.SO_CCCD": card,
        "XML1.MA_THE_BHYT": "",
      };
      const [only, back] = [claim(card, who), recall(card)];
      const old = isAnother ? [only, stranger] : [only, back, stranger];
      const { fileId } = await take(...old);
      if (isAnother) await take(back);
      await importPersons(house, csv("full_name,birth,sex,personal_id", `Trần Thị Rút,1985,2,${card}`));
      expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 0 });
      expect(await take(...old)).toMatchObject({ taken: 0, rejected: 1 });
      expect(await rows(`select episode_key from visit where episode_key = '${card}'`)).toEqual([]);
      expect(await take(only)).toMatchObject({ taken: 1, rejected: 0 });
    },
  );

  it("takes a claim whose person has come to the register meanwhile", async () => {
    const late = claim("late", {
      "XML1.HO_TEN": "TRẦN THỊ MUỘN",
      "XML1.NGAY_SINH": "198500000000",
      "XML1.SO_CCCD": "099185000008",
      "XML1.MA_THE_BHYT": "",
    });
    expect(await take(late, stranger)).toMatchObject({ taken: 0, rejected: 2 });
    await importPersons(house, csv("full_name,birth,sex,personal_id", "Trần Thị Muộn,1985,2,099185000008"));
    expect(await take(late, stranger)).toMatchObject({ taken: 1, rejected: 1 });
  });

  it("does not write over newer rows of a table, and says which it left", async () => {
    const heads = "insurance_number,fund,from_month,to_month,unit_code,unit_name,status";
    const old = csv(
      heads,
      "0000000012,bhxh,01/2026,06/2026,M1,Mẫu,unpaid",
      "9999999999,bhxh,01/2026,02/2026,M1,Mẫu,paid",
    );
    expect(await importParticipation(house, old)).toMatchObject({ taken: 1, rejected: 1 });
    await importParticipation(house, csv(heads, "0000000012,bhxh,01/2026,06/2026,M1,Mẫu,paid"));
    const again = await importParticipation(house, old);
    expect(again).toMatchObject({ taken: 0, unchanged: 0, rejected: 2 });
    expect(again.rejects.map(({ code }) => code)).toContain("overtaken");
    expect(await rows("select status from participation_period")).toEqual([{ status: "paid" }]);
    const cards = "insurance_number,card_number,valid_from,valid_to,facility_code";
    const oldCards = csv(
      cards,
      "0000000012,DN4999900000012,01/01/2026,31/12/2026,99001",
      "9999999999,DN4999900000013,01/01/2026,31/12/2026,99001",
    );
    await importCards(house, oldCards);
    await importCards(house, csv(cards, "0000000012,DN4999900000012,01/01/2026,30/06/2026,99001"));
    await importCards(house, oldCards);
    expect(await rows("select valid_to::text from health_card")).toEqual([{ valid_to: "2026-06-30" }]);
  });

  it("does not write over a person, or a number, that a newer file has changed", async () => {
    const heads = "full_name,birth,sex,insurance_number,personal_id";
    const old = csv(
      heads,
      "Lò Văn Cũ,1988,1,9900000104,099088000104",
      "Lò Văn Hai,1988,1,9900000105,099088000105",
      "Ai Đó,1988,1,,",
    );
    expect(await importPersons(house, old)).toMatchObject({ taken: 2, rejected: 1 });
    await importPersons(
      house,
      csv(heads, "Lò Văn Mới,1988,1,9900000104,099088000104", "Lò Văn Hai,1988,1,9900000105,099088000106"),
    );
    expect(await importPersons(house, old)).toMatchObject({ taken: 0, rejected: 3 });
    expect(await rows("select full_name from person where full_name in ('Lò Văn Cũ', 'Lò Văn Mới')")).toEqual([
      { full_name: "Lò Văn Mới" },
    ]);
    const current = "select number from person_number where number like '09908800010_' and valid_to is null order by 1";
    expect(await rows(current)).toEqual([{ number: "099088000104" }, { number: "099088000106" }]);
  });
});
