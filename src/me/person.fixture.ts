/** Rows of made-up people for tests: nothing here is anybody's. */
import { createHash, randomUUID } from "node:crypto";
import type { Insertable } from "kysely";
import type { Db, House } from "../db/house.ts";
import type { Benefit, BenefitDocument, DB, HealthCard, ParticipationPeriod } from "../db/types.ts";
import type { Citizen } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { type PackedItem, writeItems } from "../visits/items.ts";

export interface MadeUpPerson {
  personId: string;
  publicId: string;
  citizen: Citizen;
}

/** Trần Thị Mẫu Đơn, born 15/01/1990, with a 12-digit number in the place code 099 that no province has. */
export async function addPerson(db: Db, over: Partial<Insertable<DB["person"]>> = {}): Promise<MadeUpPerson> {
  const fullName = over.full_name ?? "Trần Thị Mẫu Đơn";
  const publicId = randomUUID();
  const { person_id: personId } = await db
    .insertInto("person")
    .values({
      public_id: publicId,
      full_name: fullName,
      folded_name: foldName(fullName),
      birth_on: "1990-01-15",
      sex: 2,
      ...over,
    })
    .returning("person_id")
    .executeTakeFirstOrThrow();
  return { personId, publicId, citizen: { kind: "citizen", personId, scope: "full", sessionId: "0".repeat(64) } };
}

export async function addNumber(db: Db, personId: string, kind: string, number: string): Promise<void> {
  await db
    .insertInto("person_number")
    .values({ person_id: personId, kind, number, valid_from: "2021-04-01" })
    .execute();
}

let files = 0;

/** The file by which the person got the account: its office answers what they ask. */
export async function addAcceptedFile({ db, clock }: House, personId: string, officeCode: string): Promise<void> {
  const now = clock.now();
  files += 1;
  await db
    .insertInto("declaration")
    .values({
      ...{ code: `BD-3333-${2221 + files}`, status: "accepted", person_id: personId, office_code: officeCode },
      ...{ created_at: now, decided_at: now },
    })
    .execute();
}

export async function addFacility(db: Db, code = "99Z01", name = "Bệnh viện Đa khoa Mẫu"): Promise<void> {
  await db
    .insertInto("facility")
    .values({ facility_code: code, valid_from: "2000-01-01", name, folded_name: foldName(name), source: "test" })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function addCard(db: Db, personId: string, over: Partial<Insertable<HealthCard>> = {}): Promise<void> {
  await db
    .insertInto("health_card")
    .values({
      person_id: personId,
      card_number: "099190000123",
      form: "card12",
      valid_from: "2026-01-01",
      valid_to: "2026-12-31",
      object_group: "DN",
      benefit_level: 4,
      facility_code: "99Z01",
      five_year_on: "2024-01-01",
      ...over,
    })
    .execute();
}

export async function addPeriod(
  db: Db,
  personId: string,
  from: string,
  to: string,
  over: Partial<Insertable<ParticipationPeriod>> = {},
): Promise<void> {
  await db
    .insertInto("participation_period")
    .values({
      person_id: personId,
      fund: "bhxh",
      from_month: `${from}-01`,
      to_month: `${to}-01`,
      unit_code: "XX0001A",
      unit_name: "Công ty TNHH Dệt may Mẫu Một",
      title: "Công nhân may",
      salary: "7800000",
      contribution_base: "7800000",
      rate: "25.5",
      ...over,
    })
    .execute();
}

export async function addBenefit(db: Db, personId: string, over: Partial<Insertable<Benefit>> = {}): Promise<void> {
  await db
    .insertInto("benefit")
    .values({
      person_id: personId,
      kind: "short_term",
      decision_no: "0012/2026/OD",
      from_on: "2026-03-02",
      to_on: "2026-03-06",
      regime: "Ốm đau",
      decided_on: "2026-03-20",
      amount: "1450000",
      unit_name: "Công ty TNHH Dệt may Mẫu Một",
      ...over,
    })
    .execute();
}

export async function addPaper(
  db: Db,
  personId: string,
  over: Partial<Insertable<BenefitDocument>> & { serial: string },
): Promise<void> {
  await db
    .insertInto("benefit_document")
    .values({
      person_id: personId,
      document_id: randomUUID(),
      kind: "CT07",
      facility_code: "99Z01",
      diagnosis: "Viêm họng cấp",
      fields: '{"PP_DIEUTRI":"Nghỉ ngơi"}',
      raw_sha256: Buffer.from(over.serial),
      ...over,
    })
    .execute();
}

/** 726 600.50 đ in six lines: the fund 528 800.40, co-payment 132 200.10, outside scope 65 600. */
export const sixLines: readonly PackedItem[] = [
  ["1", "D", "4", "40.48", "Thuốc mẫu A 500mg", "Viên", "20", "450", "100", "9000", "7200", "1800", "0", "0"],
  ["2", "D", "4", "40.999", "Thuốc mẫu B", "Viên", "10", "12000", "50", "120000", "48000", "12000", "60000", "0"],
  ["1", "S", "13", "13.1896", "Khám bệnh", "Lần", "1", "50600", "100", "50600", "36000", "9000", "5600", "0"],
  [
    "2",
    "S",
    "1",
    "23.0075",
    "Định lượng Glucose [Máu]",
    "Lần",
    "1",
    "21500",
    "100",
    "21500",
    "17200",
    "4300",
    "0",
    "0",
  ],
  ["3", "S", "2", "18.0149", "Chụp cắt lớp", "Lần", "1", "522000", "100", "522000", "417600", "104400", "0", "0"],
  ["4", "M", "10", "N00.00", "Kim lấy máu", "Cái", "1", "3500.5", "100", "3500.5", "2800.4", "700.1", "0", "0"],
];

export async function addVisit(
  db: Db,
  personId: string,
  admittedAt: string,
  over: Partial<Insertable<DB["visit"]>> = {},
): Promise<string> {
  const episode = `99Z01-${admittedAt}-${personId}`;
  const sha = createHash("sha256").update(`99Z01|${episode}`).digest("hex");
  const visitId = `${sha.slice(0, 8)}-${sha.slice(8, 12)}-${sha.slice(12, 16)}-${sha.slice(16, 20)}-${sha.slice(20, 32)}`;
  await db
    .insertInto("visit")
    .values({
      person_id: personId,
      visit_id: visitId,
      facility_code: "99Z01",
      episode_key: episode,
      admitted_at: admittedAt,
      discharged_at: admittedAt,
      care_type: "01",
      entitlement_code: "1.1",
      card_number: "099190000123",
      main_code: "E11.9",
      other_codes: "I10",
      diagnosis: 'Bệnh đái tháo đường "típ 2"; Tăng huyết áp vô căn',
      outcome: 3,
      discharge_kind: 1,
      total: "726600.5",
      in_scope: "661000.5",
      fund_paid: "528800.4",
      co_paid: "132200.1",
      self_paid: "65600",
      other_paid: "0",
      declared: '{"total":"726600.5","fund":"528800.4","co":"132200.1","self":"65600","other":"0"}',
      items_version: 1,
      items: writeItems(sixLines),
      results: '[["23.0075","00000","Glucose","7.2","mmol/L","","","2026-11-20 09:40"]]',
      notes: '[["2026-11-20 09:30","Tỉnh táo, tiếp xúc tốt",""]]',
      flags: "[]",
      spec: "4750",
      source_file_id: "1",
      source_record: 1,
      raw_sha256: Buffer.from(sha, "hex"),
      arrived_at: new Date("2026-11-21T01:00:00Z"),
      ...over,
    })
    .execute();
  return visitId;
}
