import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { WorkingCalendar } from "../kernel/calendar.ts";
import { searchWords } from "./rules-search.ts";

/** `on` is an ISO day: every list is asked as of a day. */
const unitsOn = (db: Db | Tx, on: string) =>
  db
    .selectFrom("admin_unit")
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]));

export interface AdminUnit {
  code: string;
  name: string;
  parentCode: string | null;
}

const unitColumns = ["code", "name", "parent_code as parentCode"] as const;

/** Sorted as Vietnamese lists are, by the name without "Tỉnh" or "Thành phố". */
function byName(a: { name: string }, b: { name: string }): number {
  const bare = (name: string) => name.replace(/^(Tỉnh|Thành phố|Phường|Xã|Đặc khu|Thị trấn|Quận|Huyện|Thị xã) /u, "");
  return bare(a.name).localeCompare(bare(b.name), "vi", { numeric: true });
}

export async function provinces(db: Db | Tx, on: string): Promise<AdminUnit[]> {
  const rows = await unitsOn(db, on).select(unitColumns).where("level", "=", "province").execute();
  return rows.sort(byName);
}

export async function communesOf(db: Db | Tx, provinceCode: string, on: string): Promise<AdminUnit[]> {
  const rows = await unitsOn(db, on)
    .select(unitColumns)
    .where("level", "=", "commune")
    .where("parent_code", "=", provinceCode)
    .where("parent_level", "=", "province")
    .execute();
  return rows.sort(byName);
}

/** A commune with its province, as of a day. */
export async function getCommune(
  db: Db | Tx,
  code: string,
  on: string,
): Promise<(AdminUnit & { provinceName: string }) | undefined> {
  const row = await unitsOn(db, on)
    .select(unitColumns)
    .where("level", "=", "commune")
    .where("code", "=", code)
    .executeTakeFirst();
  if (!row) return undefined;
  const province = await unitsOn(db, on)
    .select("name")
    .where("level", "=", "province")
    .where("code", "=", row.parentCode)
    .executeTakeFirst();
  return { ...row, provinceName: province?.name ?? "" };
}

export interface Office {
  code: string;
  kind: string;
  name: string;
  provinceCode: string;
  address: string;
  phone: string;
  openingHours: string;
  isNear: boolean;
}

export interface OfficeSearch {
  communeCode?: string | undefined;
  provinceCode?: string | undefined;
  /** Words of the office's name, or of its province's. */
  named?: string | undefined;
  /** Only those where somebody may choose to hand a form in. */
  takesFiles?: true;
  on: string;
}

/** Offices open on a day: those that serve the commune first, then the province's, then the rest. */
export async function findOffices(db: Db | Tx, where: OfficeSearch): Promise<Office[]> {
  const starts = searchWords(where.named ?? "").map((word) => `% ${word}%`);
  const rows = await sql<Office & { rank: number }>`
    select office.office_code as code, office.kind, office.name, office.province_code as "provinceCode", office.address,
      office.phone, office.opening_hours as "openingHours", area.office_code is not null as "isNear",
      case when area.office_code is not null then 0 when office.province_code = ${where.provinceCode ?? ""} then 1 else 2 end as rank
    from bhxh_office office
    left join bhxh_office_area area on area.office_code = office.office_code and area.commune_code = ${where.communeCode ?? ""}
    left join admin_unit province on province.level = 'province' and province.code = office.province_code
      and province.valid_from <= ${where.on}::date and (province.valid_to is null or province.valid_to >= ${where.on}::date)
    where office.valid_from <= ${where.on}::date and (office.valid_to is null or office.valid_to >= ${where.on}::date)
      and (office.takes_files or ${!where.takesFiles})
      and concat_ws(' ', '', office.folded_name, province.folded_name) like all(${starts}::text[])
    order by rank, office.province_code, office.name
  `.execute(db);
  return rows.rows;
}

export async function getOffice(db: Db | Tx, code: string): Promise<Office | undefined> {
  return db
    .selectFrom("bhxh_office")
    .select([
      "office_code as code",
      "kind",
      "name",
      "province_code as provinceCode",
      "address",
      "phone",
      "opening_hours as openingHours",
      sql<boolean>`false`.as("isNear"),
    ])
    .where("office_code", "=", code)
    .executeTakeFirst();
}

/** Whether it still stands or not: messages about old files name it. */
export async function findLongestOfficeName(db: Db | Tx): Promise<string | undefined> {
  const row = await db
    .selectFrom("bhxh_office")
    .select("name")
    .orderBy(sql`length(name)`, "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.name;
}

/** Without one that is open and takes files nobody can declare. */
export async function hasOfficeForFiles(db: Db | Tx, on: string): Promise<boolean> {
  const row = await db
    .selectFrom("bhxh_office")
    .select("office_code")
    .where("takes_files", "=", true)
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A unit that takes part, by its code: agency, enterprise, school, commune. */
export async function findEmployer(db: Db | Tx, code: string): Promise<{ code: string; name: string } | undefined> {
  return db
    .selectFrom("employer")
    .select(["unit_code as code", "name"])
    .where("unit_code", "=", code)
    .executeTakeFirst();
}

/** The holiday table, whole: a few dozen rows a year. */
export async function workingCalendar(db: Db | Tx): Promise<WorkingCalendar> {
  const years = await db.selectFrom("public_holiday_year").select("year").execute();
  const days = await db.selectFrom("public_holiday").select(["on_day", "kind"]).execute();
  const of = (kind: string) => new Set(days.filter((day) => day.kind === kind).map((day) => day.on_day));
  return {
    years: new Set(years.map(({ year }) => Number(year))),
    holidays: of("holiday"),
    workingWeekends: of("working_weekend"),
  };
}
