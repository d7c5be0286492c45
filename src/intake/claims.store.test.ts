import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, sampleBytes, sampleTables, sampleWith } from "../../test/samples/envelope.ts";
import { importClaimFiles, importClaims } from "./import-claims.ts";
import type { ImportResult } from "./import-file.ts";
import { importPersons } from "./import-persons.ts";

const KEY = "79999-20261120-000001";
let house: TestHouse;
let count = 0;

beforeAll(async () => {
  house = await openTestHouse();
  const people = [
    "full_name,birth,sex,personal_id,insurance_number",
    "Nguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012",
    "Trần Thị Thử,1985,2,099185000002,9900000002",
  ];
  await importPersons(house, { name: "people.csv", bytes: Buffer.from(people.join("\n")) });
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.pool.query("delete from visit");
  await house.pool.query("delete from import_reject");
  await house.pool.query("delete from source_file where kind = 'claims'");
});

const take = (bytes: Buffer): Promise<ImportResult> => importClaims(house, { name: `${++count}.xml`, bytes });
const visits = async () =>
  (
    await house.pool.query(
      "select p.full_name, v.* from visit v join person p using (person_id) order by v.episode_key",
    )
  ).rows;
const versionOf = async (name: string) =>
  (await house.pool.query("select data_version::integer as version from person where full_name = $1", [name])).rows[0]
    .version;
const other = {
  "XML1.HO_TEN": "TRẦN THỊ THỬ",
  "XML1.NGAY_SINH": "198500000000",
  "XML1.SO_CCCD": "099185000002",
  "XML1.MA_THE_BHYT": "",
};
const named = (key: string, fields: Record<string, string> = {}) =>
  changed({
    ...Object.fromEntries(["XML1", "XML2", "XML3", "XML4"].map((table) => [`${table}.MA_LK`, key])),
    ...fields,
  });
const changed = (fields: Record<string, string>) => dossier(sampleWith(fields));
const one = dossier(sampleTables());

describe("importing claims", () => {
  test("the sample becomes one visit with exact totals, and says where it came from", async () => {
    const result = await take(sampleBytes);
    expect(result).toMatchObject({ taken: 1, unchanged: 0, rejected: 0, flagged: 0, isKnown: false });
    const [visit] = await visits();
    expect(visit).toMatchObject({
      ...{ full_name: "Nguyễn Văn Mẫu", total: "726600.50", fund_paid: "528800.40", co_paid: "132200.10" },
      ...{ self_paid: "65600.00", other_paid: "0.00", admitted_at: "2026-11-20 08:20:00", spec: "1931-2026" },
      ...{ source_file_id: result.fileId, source_record: 1, is_sensitive: false },
    });
    expect(visit.raw_sha256).toHaveLength(32);
  });

  test("the same file again changes nothing and says so", async () => {
    await take(sampleBytes);
    const version = await versionOf("Nguyễn Văn Mẫu");
    expect(await take(sampleBytes)).toMatchObject({ isKnown: true, taken: 0, unchanged: 1 });
    expect(await versionOf("Nguyễn Văn Mẫu")).toBe(version);
  });

  test("the same claim in another file is unchanged: the row keeps its origin and its person their version", async () => {
    const first = await take(sampleBytes);
    const version = await versionOf("Nguyễn Văn Mẫu");
    expect(await take(envelope([one]))).toMatchObject({ isKnown: false, taken: 0, unchanged: 1 });
    expect((await visits())[0]).toMatchObject({ source_file_id: first.fileId });
    expect(await versionOf("Nguyễn Văn Mẫu")).toBe(version);
  });

  test("a claim sent again with other content replaces the row and bumps its person, no one else", async () => {
    await take(sampleBytes);
    const versions = [await versionOf("Nguyễn Văn Mẫu"), await versionOf("Trần Thị Thử")];
    expect(await take(envelope([changed({ "XML1.KET_QUA_DTRI": "1" })]))).toMatchObject({ taken: 1 });
    expect(await visits()).toMatchObject([{ outcome: 1 }]);
    expect([await versionOf("Nguyễn Văn Mẫu"), await versionOf("Trần Thị Thử")]).toEqual([
      versions[0] + 1,
      versions[1],
    ]);
  });

  test("a claim that now names another person leaves the first one", async () => {
    await take(sampleBytes);
    const versions = [await versionOf("Nguyễn Văn Mẫu"), await versionOf("Trần Thị Thử")];
    expect(await take(envelope([changed(other)]))).toMatchObject({ taken: 1 });
    expect(await visits()).toMatchObject([{ full_name: "Trần Thị Thử", episode_key: KEY }]);
    expect([await versionOf("Nguyễn Văn Mẫu"), await versionOf("Trần Thị Thử")]).toEqual(versions.map((at) => at + 1));
  });

  test("a recall withdraws the visit; one after it in the same file stands", async () => {
    await take(sampleBytes);
    const recall = changed({ "XML1.MA_DOITUONG_KCB": "8" });
    expect(await take(envelope([recall]))).toMatchObject({ taken: 1, rejected: 0 });
    expect(await visits()).toEqual([]);
    await take(envelope([recall, one]));
    expect(await visits()).toHaveLength(1);
    await take(envelope([one, recall]));
    expect(await visits()).toEqual([]);
  });

  test("a visit that stands twice in one file is taken once: the later holds, the earlier is named", async () => {
    const result = await take(envelope([one, changed({ "XML1.KET_QUA_DTRI": "2" })]));
    expect(result).toMatchObject({ taken: 1, rejected: 1, rejects: [{ record: 1, code: "repeated_in_file" }] });
    expect(await visits()).toMatchObject([{ outcome: 2, source_record: 2 }]);
  });

  test("of a long file taken piece by piece the later record of a visit holds, and a recall takes back what came before it", async () => {
    const between = (from: number) => Array.from({ length: 200 }, (_, at) => named(`between-${from + at}`));
    const records = [one, ...between(0), changed({ "XML1.KET_QUA_DTRI": "2" }), ...between(200), one];
    const again = [named("recalled"), ...between(400)];
    const recall = named("recalled", { "XML1.MA_DOITUONG_KCB": "8" });
    const file = { name: "long.xml", bytes: envelope([...records, ...again, recall]) };
    const result = await importClaims(house, file, { pieceBytes: 1 });
    expect(result).toMatchObject({ taken: 601, unchanged: 0, rejected: 2 });
    expect(result.rejects.map(({ record }) => record).toSorted((a, b) => a - b)).toEqual([1, 202]);
    const rows = await visits();
    expect(rows).toHaveLength(601);
    expect(rows.filter((row) => row.episode_key === KEY)).toMatchObject([{ source_record: records.length }]);
    expect(rows.some((row) => row.episode_key === "recalled")).toBe(false);
    expect(await importClaims(house, { ...file, bytes: Buffer.concat([file.bytes, Buffer.from("\n")]) })).toMatchObject(
      {
        taken: 0,
        unchanged: 601,
      },
    );
  });

  test("files are taken in their order, so that the last one sent holds", async () => {
    const files = ["1", "2", "3", "4"].map((outcome) => ({
      name: `${outcome}.xml`,
      bytes: envelope([changed({ "XML1.KET_QUA_DTRI": outcome })]),
    }));
    await importClaimFiles(house, files);
    expect(await visits()).toMatchObject([{ outcome: 4 }]);
  });
});

describe("records that cannot be taken", () => {
  test("are named with record, line, field and reason, while the rest is taken", async () => {
    const key = (nth: number) => ({ "*.MA_LK": `${KEY}-${nth}` });
    const result = await take(
      envelope([
        changed({ ...key(1), "XML1.HO_TEN": "NGUYỄN VĂN KHÁC" }),
        changed({ ...key(2), "XML1.NGAY_SINH": "199101150000" }),
        changed({ ...key(3), "XML1.SO_CCCD": "099999999999", "XML1.MA_THE_BHYT": "" }),
        changed({ ...key(4), "XML1.SO_CCCD": "099185000002" }),
        changed({ ...key(5), "XML1.NGAY_VAO": "x" }),
        dossier(sampleTables().map((table) => ({ ...table, as: "broken" as const }))),
        changed(key(7)),
      ]),
    );
    expect(result.rejects.map(({ record, line, field, code }) => [record, line, field, code])).toEqual(
      expect.arrayContaining([
        [1, 4, "XML1", "person_mismatch"],
        [2, 5, "XML1", "person_mismatch"],
        [3, 6, "XML1", "person_unknown"],
        [4, 7, "XML1", "person_conflict"],
        [5, 8, "XML1.NGAY_VAO", "bad_date"],
        [6, 9, "XML1", "bad_base64"],
      ]),
    );
    expect(result).toMatchObject({ taken: 1, rejected: 6 });
    const stored = await house.pool.query("select record_no, code, reason from import_reject order by record_no");
    expect(stored.rows).toHaveLength(6);
    expect(stored.rows[2]).toEqual({
      record_no: 3,
      code: "person_unknown",
      reason: "Không có người nào mang số này trong hệ thống.",
    });
    expect(JSON.stringify([result, stored.rows])).not.toMatch(/099999999999|KHÁC/);
  });

  test("rows that add up to more than can be kept are named; the largest sum there is comes in", async () => {
    const share = (drugs: string, services: string) => ({ "XML2.T_BNTT": drugs, "XML3.T_BNTT": services });
    const result = await take(
      envelope([
        named("too-much", share("4999999999999.5", "0.25")),
        named("most", share("4999999999999.5", "0")),
        named("usual"),
      ]),
    );
    expect(result).toMatchObject({ taken: 2, rejected: 1, rejects: [{ record: 1, code: "sum_too_large" }] });
    expect((await visits()).map((visit) => [visit.episode_key, visit.self_paid])).toEqual([
      ["most", "9999999999999.00"],
      ["usual", expect.any(String)],
    ]);
  });

  test("come in when the same file is sent again after its person has come", async () => {
    const bytes = envelope([one, changed({ ...other, "*.MA_LK": "later", "XML1.SO_CCCD": "099185000009" })]);
    expect(await take(bytes)).toMatchObject({ taken: 1, rejected: 1 });
    const person = "full_name,birth,sex,personal_id,insurance_number\nTrần Thị Thử,1985,2,099185000009,9900000002";
    await importPersons(house, { name: "more.csv", bytes: Buffer.from(person) });
    expect(await take(bytes)).toMatchObject({ isKnown: false, taken: 1, unchanged: 1, rejected: 0 });
    expect((await house.pool.query("select from import_reject")).rowCount).toBe(0);
  });

  test.each([
    ["truncated", envelope([one, one]).subarray(0, -30), 2],
    ["doctype", Buffer.from("<!DOCTYPE GIAMDINHHS><GIAMDINHHS/>"), 0],
    ["encoding_utf16", Buffer.from(sampleBytes.toString("utf8"), "utf16le"), 0],
  ])("a file that is refused as %s leaves its reason and no row", async (code, bytes, readable) => {
    expect(await take(bytes)).toMatchObject({ taken: 0, rejected: 1, refusal: { code, readable } });
    expect(await visits()).toEqual([]);
    const { rows } = await house.pool.query("select code, record_no from import_reject");
    expect(rows).toEqual([{ code, record_no: 0 }]);
  });

  test("a wrong SOLUONGHOSO is told and not trusted", async () => {
    expect(await take(envelope([one], { count: 5 }))).toMatchObject({ taken: 1, rejected: 0, declaredCount: 5 });
  });

  test("one audit event a file, with counts and nothing personal", async () => {
    const { fileId } = await take(sampleBytes);
    const { rows } = await house.pool.query("select actor_kind, detail from audit_event where object_id = $1", [
      fileId,
    ]);
    expect(rows).toEqual([
      { actor_kind: "operator", detail: { kind: "claims", taken: 1, unchanged: 0, rejected: 0, flagged: 0 } },
    ]);
  });

  test("nothing of a claim stays in staging", async () => {
    await take(sampleBytes);
    expect((await house.pool.query("select from visit_staging")).rowCount).toBe(0);
  });
});
