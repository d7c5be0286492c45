import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { altered, signed } from "../../test/samples/signing.ts";
import { readPapers } from "../benefits/store-documents.ts";
import { importClaims } from "./import-claims.ts";
import { importDocuments } from "./import-documents.ts";
import { importPersons } from "./import-persons.ts";

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
  await house.pool.query("delete from benefit_document");
  await house.pool.query("delete from import_reject");
  await house.pool.query("delete from source_file where kind = 'documents'");
});

type Fields = Record<string, string>;
const sickLeave: Fields = {
  MA_CT: "CT-1",
  MAU_SO: "07",
  SO_SERI: "BV-000123",
  MA_BHXH: "0000000012",
  MA_THE: "",
  HO_TEN: "NGUYỄN VĂN MẪU",
  NGAY_SINH: "19900115",
  GIOI_TINH: "1",
  DON_VI: "Công ty Mẫu",
  CHANDOAN_DIEUTRI: "Viêm họng cấp",
  TU_NGAY: "20261110",
  DEN_NGAY: "20261112",
  NGAY_CHUNG_TU: "202611100915",
  BENH_ICD10_ID: "J02.9",
};
const inner = (kind: string, root: string, fields: Fields) => {
  const leaves = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  const coded = Buffer.from(`<?xml version="1.0" encoding="utf-8"?><${root}>${leaves.join("")}</${root}>`).toString(
    "base64",
  );
  return `<FILEHOSO><LOAIHOSO>${kind}</LOAIHOSO><NOIDUNGFILE>${coded}</NOIDUNGFILE></FILEHOSO>`;
};
const hoso = (...files: string[]) => `<HOSO>${files.join("")}</HOSO>`;
const ct07 = (some: Fields = {}) => hoso(inner("CT07", "CT07", { ...sickLeave, ...some }));
const file = (...dossiers: string[]) =>
  Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?>\n<HSCHUNGTU><THONGTINDONVI><MACSKCB>79999</MACSKCB></THONGTINDONVI><THONGTINHOSO>` +
      `<NGAYLAP>20261112</NGAYLAP><SOLUONGHOSO>${dossiers.length}</SOLUONGHOSO><DANHSACHHOSO>\n${dossiers.join("\n")}\n` +
      "</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></HSCHUNGTU>",
  );
const take = (bytes: Buffer) => importDocuments(house, { name: `${++count}.xml`, bytes });
const idOf = async (name: string): Promise<string> =>
  (await house.pool.query("select person_id from person where full_name = $1", [name])).rows[0].person_id;
const papersOf = async (name: string) =>
  (await readPapers(house.pool, { personId: await idOf(name), hidesSensitive: false })).papers;

describe("the signature of benefit documents", () => {
  const open = altered(file(ct07()), "<CHUKYDONVI/>", "<CHUKYDONVI></CHUKYDONVI>");
  const state = async (bytes: Buffer) => {
    const { fileId } = await take(bytes);
    const { rows } = await house.pool.query("select signature, signature_reason from source_file where file_id = $1", [
      fileId,
    ]);
    return `${rows[0].signature} ${rows[0].signature_reason}`;
  };

  test("is checked as that of claims: it holds, it was changed, something was put in, there is none", async () => {
    const other = hoso(inner("CT07", "CT07", { ...sickLeave, SO_SERI: "BV-9", DEN_NGAY: "20261231" }));
    expect(await state(signed(open))).toBe("unknown_certificate not_known");
    expect(await state(altered(signed(open), "20261112</NGAYLAP>", "20261113</NGAYLAP>"))).toBe("invalid changed");
    expect(await state(signed(open, { parts: ["THONGTINDONVI"] }))).toBe("invalid not_covering");
    expect(await state(altered(signed(open), "<CHUKYDONVI>", `${other}<CHUKYDONVI>`))).toBe("invalid not_what_is_read");
    expect(await state(file(ct07()))).toBe("none null");
  });
});

describe("importing benefit documents", () => {
  test("a sick-leave certificate becomes one paper of its person, whole, with its days", async () => {
    expect(await take(file(ct07()))).toMatchObject({ taken: 1, unchanged: 0, rejected: 0, isKnown: false });
    expect(await papersOf("Nguyễn Văn Mẫu")).toMatchObject([
      {
        ...{ kind: "CT07", serial: "BV-000123", issuedOn: "2026-11-10", fromOn: "2026-11-10", toOn: "2026-11-12" },
        ...{ facilityCode: "79999", unitName: "Công ty Mẫu", diagnosis: "Viêm họng cấp", isSensitive: false },
      },
    ]);
    const { rows } = await house.pool.query("select fields, raw_sha256, source_record from benefit_document");
    expect(JSON.parse(rows[0].fields)).toMatchObject({ MAU_SO: "07", BENH_ICD10_ID: "J02.9" });
    expect([rows[0].raw_sha256.length, rows[0].source_record]).toEqual([32, 1]);
  });

  test("every kind is read, each with the field names that its senders use", async () => {
    const person = { MA_BHXH: "099199000001", HO_TEN: "Nguyễn Văn Mẫu", NGAY_SINH: "15/01/1990" };
    const stay = { NGAY_VAO: "20261101", NGAY_RA: "20261105", CHAN_DOAN: "Gãy xương" };
    const files = [
      inner("ct03", "CT03", { ...person, ...stay, MA_YTE: "Y1", TENBENHNICD10: "Gãy", MA_DAN_TOC: "01" }),
      inner("CT04", "CT04", {
        ...person,
        NGAY_VAO: "20261101083000",
        NGAY_RA: "20261105",
        CHAN_DOAN_RA: "Gãy",
        SO_SERI: "S4",
      }),
      inner("CT06", "CT06", { ...person, ...stay, SO_SERI: "S6", NGAY_CT: "20261105" }),
      inner("GIAYDIEUTRINOITRU", "CTGiayDieuTriNoiTru", { ...person, ...stay, SO_SERI: "N1" }),
      inner("GIAYDIEUTRIVOSINH", "CTGiayDieuTriVoSinh", { ...person, ...stay, SO_SERI: "N2" }),
      inner("GIAYSUCKHOEME", "CTGiaySucKhoeMe", { ...person, ...stay, SO_SERI: "N3" }),
    ];
    expect(await take(file(hoso(...files)))).toMatchObject({ taken: 6, rejected: 0 });
    expect((await papersOf("Nguyễn Văn Mẫu")).map(({ kind }) => kind).toSorted()).toEqual([
      ...["CT03", "CT04", "CT06", "GIAYDIEUTRINOITRU", "GIAYDIEUTRIVOSINH", "GIAYSUCKHOEME"],
    ]);
  });

  test("the same paper again changes nothing; with other content it replaces itself and bumps its person", async () => {
    const version = async () =>
      (
        await house.pool.query("select data_version::text from person where person_id = $1", [
          await idOf("Nguyễn Văn Mẫu"),
        ])
      ).rows[0];
    await take(file(ct07()));
    const before = await version();
    expect(await take(file(ct07()))).toMatchObject({ isKnown: true });
    expect(
      await take(file(ct07({ MAU_SO: "07" }), hoso(inner("CT07", "CT07", { ...sickLeave, SO_SERI: "other" })))),
    ).toMatchObject({
      taken: 1,
      unchanged: 1,
    });
    expect(await take(file(ct07({ DEN_NGAY: "20261113" })))).toMatchObject({ taken: 1 });
    expect((await papersOf("Nguyễn Văn Mẫu")).map(({ toOn }) => toOn).toSorted()).toEqual(["2026-11-12", "2026-11-13"]);
    expect(await version()).not.toEqual(before);
  });

  test("a paper that stands twice in one record is the later of the two, and the earlier is named", async () => {
    const twice = [sickLeave, { ...sickLeave, DEN_NGAY: "20261114" }];
    const both = hoso(...twice.map((fields) => inner("CT07", "CT07", fields)));
    expect(await take(file(both))).toMatchObject({
      taken: 1,
      rejects: [{ record: 1, field: "CT07", code: "repeated_row" }],
    });
    expect((await papersOf("Nguyễn Văn Mẫu")).map(({ toOn }) => toOn)).toEqual(["2026-11-14"]);
  });

  test("a paper that its facility makes out anew to somebody else leaves the first, also when the old file comes again", async () => {
    const other = { MA_BHXH: "9900000002", HO_TEN: "Trần Thị Thử", NGAY_SINH: "1985" };
    const wrong = file(ct07(), ct07({ SO_SERI: "x", MA_BHXH: "1111111111" }));
    await take(wrong);
    expect(await take(file(ct07(other)))).toMatchObject({ taken: 1 });
    expect(await papersOf("Nguyễn Văn Mẫu")).toEqual([]);
    expect(await papersOf("Trần Thị Thử")).toMatchObject([{ serial: "BV-000123" }]);
    expect(await take(wrong)).toMatchObject({
      taken: 0,
      rejects: [{ code: "person_unknown" }, { record: 1, code: "overtaken" }],
    });
    expect(await papersOf("Nguyễn Văn Mẫu")).toEqual([]);
    const nextYear = { TU_NGAY: "20271110", DEN_NGAY: "20271111", NGAY_CHUNG_TU: "20271110" };
    await take(file(ct07(nextYear)));
    expect(await papersOf("Trần Thị Thử")).toHaveLength(1);
    expect(await papersOf("Nguyễn Văn Mẫu")).toHaveLength(1);
  });

  const other = { MA_BHXH: "9900000002", HO_TEN: "Trần Thị Thử", NGAY_SINH: "1985" };
  const ofAnotherDay = { TU_NGAY: "20271110", DEN_NGAY: "20271111", NGAY_CHUNG_TU: "20271110" };

  test("a paper that one file gives to two persons stands with the later of them, in two records or in one", async () => {
    expect(await take(file(ct07(), ct07(other)))).toMatchObject({
      taken: 1,
      rejects: [{ record: 1, code: "repeated_row" }],
    });
    expect(await papersOf("Nguyễn Văn Mẫu")).toEqual([]);
    expect(await papersOf("Trần Thị Thử")).toHaveLength(1);
    const three = [
      { ...sickLeave, ...other },
      sickLeave,
      { ...sickLeave, ...other, ...ofAnotherDay, SO_SERI: "later" },
    ];
    const inOne = hoso(...three.map((fields) => inner("CT07", "CT07", fields)));
    expect(await take(file(inOne))).toMatchObject({ taken: 2, rejects: [{ record: 1, code: "repeated_row" }] });
    expect(await papersOf("Nguyễn Văn Mẫu")).toMatchObject([{ serial: "BV-000123" }]);
    expect(await papersOf("Trần Thị Thử")).toMatchObject([{ serial: "later" }]);
  });

  test("a paper leaves whom a file names first, also where the row that took it comes again itself", async () => {
    expect(await take(file(ct07(), ct07(other), ct07({ ...other, ...ofAnotherDay })))).toMatchObject({
      rejects: [
        { record: 1, code: "repeated_row" },
        { record: 2, code: "repeated_row" },
      ],
    });
    expect(await papersOf("Nguyễn Văn Mẫu")).toEqual([]);
  });

  test("a paper about a sensitive illness is marked so, and not read by whom such are hidden from", async () => {
    await take(file(ct07({ BENH_ICD10_ID: "B20" }), ct07({ SO_SERI: "plain" })));
    expect((await papersOf("Nguyễn Văn Mẫu")).filter(({ isSensitive }) => isSensitive)).toHaveLength(1);
    const hidden = { personId: await idOf("Nguyễn Văn Mẫu"), hidesSensitive: true };
    const { papers } = await readPapers(house.pool, hidden);
    expect(papers.map(({ isSensitive }) => isSensitive)).toEqual([false]);
  });

  test.each([
    ["person_unknown", ct07({ MA_BHXH: "1111111111" })],
    ["person_mismatch", ct07({ HO_TEN: "Người Khác" })],
    ["no_person_number", ct07({ MA_BHXH: "" })],
    ["bad_date", ct07({ TU_NGAY: "20260230" })],
    ["bad_period", ct07({ DEN_NGAY: "20261101" })],
    ["no_document", hoso(inner("GIAYKHAC", "X", {}))],
    ["bad_base64", ct07().replace(/(<NOIDUNGFILE>.{40}).../, "$1!*?")],
    [
      "malformed_table",
      hoso("<FILEHOSO><LOAIHOSO>CT07</LOAIHOSO><NOIDUNGFILE><CT07><HO_TEN>x</CT07></NOIDUNGFILE></FILEHOSO>"),
    ],
  ])("a bad one is named (%s), while the rest is taken", async (code, bad) => {
    const result = await take(file(bad, ct07({ SO_SERI: "good" })));
    expect(result).toMatchObject({ taken: 1, rejected: 1, rejects: [{ record: 1, code }] });
  });

  test("look-alikes are told apart by their root", async () => {
    const claim = Buffer.from("<GIAMDINHHS></GIAMDINHHS>");
    expect(await take(claim)).toMatchObject({ taken: 0, refusal: { code: "root_claims" } });
    expect(await take(Buffer.from("<HSDLGBT></HSDLGBT>"))).toMatchObject({ refusal: { code: "root_certificate" } });
    expect(await take(Buffer.from("<KHAMSUCKHOE></KHAMSUCKHOE>"))).toMatchObject({
      refusal: { code: "root_health_check" },
    });
    expect(await take(Buffer.from("<!DOCTYPE x><HSCHUNGTU/>"))).toMatchObject({ refusal: { code: "doctype" } });
    expect(await take(file(ct07()).subarray(0, 700))).toMatchObject({ refusal: { code: "truncated" } });
    expect(await take(Buffer.from("a,b\n1,2"))).toMatchObject({ refusal: { code: "not_a_document" } });
    const documents = { name: "documents.xml", bytes: file(ct07()) };
    expect(await importClaims(house, documents)).toMatchObject({ refusal: { code: "root_documents" } });
  });

  test("one audit event a file, with counts and nothing personal; a stranger's papers stay with them", async () => {
    await take(file(ct07()));
    expect(await papersOf("Trần Thị Thử")).toEqual([]);
    const { rows } = await house.pool.query("select * from audit_event where action = 'intake.imported'");
    expect(rows.length).toBeGreaterThan(0);
    for (const personal of ["Viêm họng", "0000000012", "NGUYỄN"])
      expect(await placesOf(house, personal), personal).not.toContain("public.audit_event");
  });
});
