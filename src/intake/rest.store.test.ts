import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, type Inner, innerTable, sampleTables, sampleWith } from "../../test/samples/envelope.ts";
import { altered, certificates, signed } from "../../test/samples/signing.ts";
import { importClaims } from "./import-claims.ts";
import { importPersons } from "./import-persons.ts";
import { rerunRejects } from "./rerun-rejects.ts";
import { trustCertificate } from "./store-signature.ts";

const KEY = "79999-20261120-000001";
const paper = innerTable("XML7", { MA_LK: KEY, SO_LUU_TRU: "00123" });
const hivCare = innerTable("XML6", { MA_LK: KEY, NGAYKD_HIV: "20200101" });
const recall = dossier(sampleWith({ "XML1.MA_DOITUONG_KCB": "8" }));
const stranger = {
  ...{ "XML1.HO_TEN": "TRẦN THỊ THỬ", "XML1.NGAY_SINH": "198500000000" },
  ...{ "XML1.SO_CCCD": "099185000002", "XML1.MA_THE_BHYT": "" },
};
let house: TestHouse;
let count = 0;

beforeAll(async () => {
  house = await openTestHouse();
  await register("Nguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012");
});
afterAll(() => house.close());
beforeEach(async () => {
  for (const table of ["visit_rest", "visit_version", "visit", "import_reject", "import_reject_record"]) {
    await house.pool.query(`delete from ${table}`);
  }
  await house.pool.query("delete from source_file where kind = 'claims'");
});

async function register(person: string): Promise<void> {
  const head = "full_name,birth,sex,personal_id,insurance_number";
  await importPersons(house, { name: "people.csv", bytes: Buffer.from(`${head}\n${person}`) });
}
const takeFile = (bytes: Buffer) => importClaims(house, { name: `${++count}.xml`, bytes });
const take = (...records: string[]) => takeFile(envelope(records));
const claim = (...more: Inner[]) => dossier([...sampleTables(), ...more]);
const rows = async (text: string) => (await house.pool.query(text)).rows;
const rest = () => rows("select tables, hiv_tables from visit_rest");
const papers = '{"XML7":[{"SO_LUU_TRU":"00123"}]}';

describe("what claims hold beside their costs", () => {
  test("is one row a visit, HIV care in a column of its own; a claim of costs alone has none", async () => {
    await take(claim(paper, hivCare));
    expect(await rest()).toEqual([{ tables: papers, hiv_tables: '{"XML6":[{"NGAYKD_HIV":"20200101"}]}' }]);
    expect(await take(claim(paper, hivCare), recall, claim())).toMatchObject({ taken: 1 });
    expect(await rest()).toEqual([]);
  });

  test("sent again alike changes nothing; sent again without them or with others changes the visit", async () => {
    await take(claim(paper));
    expect(await take(claim(paper))).toMatchObject({ taken: 0, unchanged: 1 });
    expect(await rest()).toEqual([{ tables: papers, hiv_tables: null }]);
    expect(await take(claim(innerTable("XML7", { MA_LK: KEY, SO_LUU_TRU: "00124" })))).toMatchObject({ taken: 1 });
    expect(await rest()).toEqual([{ tables: '{"XML7":[{"SO_LUU_TRU":"00124"}]}', hiv_tables: null }]);
    expect(await take(claim())).toMatchObject({ taken: 1 });
    expect(await rest()).toEqual([]);
  });

  test("of a visit that stands twice in a file are those of the later, and a recall takes them along", async () => {
    await take(claim(paper), claim(hivCare));
    expect(await rest()).toMatchObject([{ tables: null }]);
    await take(recall);
    expect(await rest()).toEqual([]);
    await take(claim(paper), claim());
    expect(await rest()).toEqual([]);
  });
});

describe("versions of a claim", () => {
  const versions = () =>
    rows(
      "select end_reason, outcome, tables, ended_by_file_id, source_file_id from visit_version order by ended_at, end_reason desc",
    );

  test("are kept as they stood when a re-send replaces it and when a recall withdraws it", async () => {
    const first = await take(claim(paper));
    const second = await take(dossier(sampleWith({ "XML1.KET_QUA_DTRI": "1" })));
    const third = await take(recall);
    expect(await rows("select from visit")).toEqual([]);
    expect(await versions()).toEqual([
      {
        end_reason: "replaced",
        outcome: 3,
        tables: papers,
        ended_by_file_id: second.fileId,
        source_file_id: first.fileId,
      },
      {
        end_reason: "recalled",
        outcome: 1,
        tables: null,
        ended_by_file_id: third.fileId,
        source_file_id: second.fileId,
      },
    ]);
  });

  test("a claim that did not change, or never stood, has none", async () => {
    await take(claim(paper));
    await take(claim(paper));
    await take(
      dossier(sampleWith({ "*.MA_LK": "n" })),
      dossier(sampleWith({ "*.MA_LK": "n", "XML1.MA_DOITUONG_KCB": "8" })),
    );
    expect(await versions()).toEqual([]);
  });
});

describe("rejected claims whose person was not in the register", () => {
  const unknown = dossier(sampleWith({ ...stranger, "XML1.SO_CCCD": "099185000003", "*.MA_LK": "later" }));
  const kept = () => rows("select record_no, octet_length(sealed) > 1000 as whole from import_reject_record");

  test("are kept sealed, run alone once the person has come, and are then gone", async () => {
    const file = await take(claim(), unknown, dossier(sampleWith({ "XML1.NGAY_VAO": "x", "*.MA_LK": "bad" })));
    expect(file).toMatchObject({ taken: 1, rejected: 2 });
    expect(await kept()).toEqual([{ record_no: 2, whole: true }]);
    const sealed = (await rows("select sealed from import_reject_record"))[0].sealed as Buffer;
    expect(sealed.includes("FILEHOSO")).toBe(false);
    expect(await rerunRejects(house, file.fileId)).toMatchObject({ taken: 0, rejected: 2 });
    expect(await kept()).toHaveLength(1);
    await register("Trần Thị Thử,1985,2,099185000003,9900000003");
    expect(await rerunRejects(house, file.fileId)).toMatchObject({ taken: 1, rejected: 1 });
    expect(await kept()).toEqual([]);
    expect(await rows("select episode_key, source_record from visit order by source_record")).toMatchObject([
      { source_record: 1 },
      { episode_key: "later", source_record: 2 },
    ]);
    expect(await rows("select record_no, code from import_reject")).toEqual([{ record_no: 3, code: "bad_date" }]);
    expect(await rows(`select taken, rejected from source_file where file_id = ${file.fileId}`)).toEqual([
      { taken: 2, rejected: 1 },
    ]);
  });

  test("are not run when the claim has come anew, or was recalled, in the meantime", async () => {
    const old = (fields: Record<string, string>) =>
      dossier(sampleWith({ ...stranger, "XML1.SO_CCCD": "099185000009", ...fields }));
    const file = await take(old({}), old({ "*.MA_LK": "second" }));
    expect(await kept()).toHaveLength(2);
    await take(claim());
    await take(dossier(sampleWith({ "XML1.MA_DOITUONG_KCB": "8", "*.MA_LK": "second" })));
    expect(await kept()).toEqual([]);
    expect(await rerunRejects(house, file.fileId)).toMatchObject({ taken: 0, rejected: 2 });
    expect(await rows("select episode_key from visit")).toEqual([{ episode_key: KEY }]);
  });
});

describe("the signature of a file", () => {
  const plain = (record: string) =>
    Buffer.from(envelope([record]).toString("utf8").replace("<CHUKYDONVI/>", "<CHUKYDONVI></CHUKYDONVI>"));
  const states = () =>
    rows("select signature, signature_reason from source_file where kind = 'claims' order by file_id");

  test("is kept with the file that its claims name: none, invalid, of an unknown certificate, valid", async () => {
    const file = (key: string) => plain(dossier(sampleWith({ "*.MA_LK": key })));
    await take(claim());
    await takeFile(altered(signed(file("a")), "<NGAYLAP>20261120", "<NGAYLAP>20261121"));
    await takeFile(signed(file("b"), { by: "stranger" }));
    await takeFile(signed(file("c")));
    expect(await states()).toEqual([
      { signature: "none", signature_reason: null },
      { signature: "invalid", signature_reason: "changed" },
      { signature: "unknown_certificate", signature_reason: "not_known" },
      { signature: "unknown_certificate", signature_reason: "not_known" },
    ]);
    for (const by of ["facility", "outdated"] as const) await trust(by);
    expect((await states())[3]).toEqual({ signature: "valid", signature_reason: null });
    await takeFile(signed(file("d")));
    await takeFile(signed(file("e"), { by: "outdated" }));
    expect((await states()).slice(4)).toEqual([
      { signature: "valid", signature_reason: null },
      { signature: "unknown_certificate", signature_reason: "out_of_date" },
    ]);
    expect(await rows("select count(*)::integer as visits from visit")).toEqual([{ visits: 6 }]);
  });

  async function trust(by: keyof typeof certificates): Promise<void> {
    const certificate = new X509Certificate(certificates[by]);
    await trustCertificate(house.db, {
      facilityCode: "79999",
      fingerprint: Buffer.from(certificate.fingerprint256.replaceAll(":", ""), "hex"),
      subject: certificate.subject,
      certificate: certificate.raw,
      validFrom: certificate.validFromDate,
      validTo: certificate.validToDate,
      at: house.clock.now(),
    });
  }
});
