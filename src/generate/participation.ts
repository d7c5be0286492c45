/** Months of participation: two employers, gaps, raises, unpaid months; funds that need not match. */
import { addMonths, earlier, later, monthsBetween, yearOf } from "./days.ts";
import type { MadePerson } from "./person.ts";
import { type MadeUnit, units } from "./places.ts";
import type { Random } from "./random.ts";

export interface MadePeriod {
  fund: "bhxh" | "bhyt" | "bhtn" | "tnld";
  from: string;
  to: string;
  unitCode: string;
  unitName: string;
  title: string;
  salary: number;
  rate: string;
  objectType: string;
  status: "paid" | "unpaid";
}

const titles = ["Công nhân may", "Kế toán viên", "Nhân viên kho", "Lái xe", "Kỹ thuật viên", "Nhân viên bán hàng"];
const officialTitles = ["Giáo viên", "Chuyên viên", "Văn thư", "Nhân viên y tế"];
const EARLIEST = "2012-01-01";
const rates = { bhxh: "25", tnld: "0.5", bhtn: "2", bhyt: "4.5" } as const;

export function makePeriods(person: MadePerson, random: Random, until: string): MadePeriod[] {
  const lastMonth = addMonths(until, -1);
  const adult = addMonths(person.birthOn, 12 * 19 + random.int(0, 60));
  if (person.station === "retired") return workedFrom(later("2000-01-01", adult), "2018-12-01", person, random);
  if (person.station === "worker" || person.station === "official") {
    return workedFrom(later(EARLIEST, adult), lastMonth, person, random);
  }
  return insuredOnly(person, random, lastMonth);
}

/** Employers one after the other, up to three months between them. */
function workedFrom(start: string, end: string, person: MadePerson, random: Random): MadePeriod[] {
  const periods: MadePeriod[] = [];
  const employers = person.station === "official" || random.chance(0.4) ? 1 : random.int(2, 3);
  let from = start;
  for (let nth = 0; nth < employers && from <= end; nth += 1) {
    const months = Math.floor((monthsBetween(from, end) + 1) / (employers - nth));
    const to = nth === employers - 1 ? end : addMonths(from, Math.max(5, months) - 1);
    const unit = unitFor(person, random);
    periods.push(...atUnit(from, earlier(to, end), unit, person, random, nth === employers - 1));
    from = addMonths(to, 1 + random.int(0, 4));
  }
  return periods;
}

/** One row a fund and a year of one salary; the last months at some employers are not paid yet. */
function atUnit(
  start: string,
  end: string,
  unit: MadeUnit,
  person: MadePerson,
  random: Random,
  isLast: boolean,
): MadePeriod[] {
  const periods: MadePeriod[] = [];
  const title = random.pick(person.station === "official" ? officialTitles : titles);
  const unpaidMonths = isLast && random.chance(0.12) ? random.int(1, 4) : 0;
  const unpaidFrom = addMonths(end, 1 - unpaidMonths);
  const finalSalary = random.int(62, 180) * 100_000;
  for (let from = start; from <= end; ) {
    const yearEnd = `${from.slice(0, 4)}-12-01`;
    const isUnpaid = unpaidMonths > 0 && from >= unpaidFrom;
    const stop = unpaidMonths > 0 && !isUnpaid ? addMonths(unpaidFrom, -1) : end;
    const to = earlier(earlier(yearEnd, end), stop);
    const salary = salaryIn(yearOf(from), finalSalary);
    const common = { from, to, unitCode: unit.code, unitName: unit.name, title, salary };
    const status = isUnpaid ? "unpaid" : "paid";
    for (const fund of ["bhxh", "tnld", "bhtn", "bhyt"] as const) {
      periods.push({ ...common, fund, rate: rates[fund], objectType: "Bắt buộc", status });
    }
    from = addMonths(to, 1);
  }
  return periods;
}

/** Wages grew by about eight percent a year. */
function salaryIn(year: number, finalSalary: number): number {
  return Math.max(3, Math.round((finalSalary * 0.925 ** (2026 - year)) / 100_000)) * 100_000;
}

/** Health insurance only: through the school, the household or the state. */
function insuredOnly(person: MadePerson, random: Random, lastMonth: string): MadePeriod[] {
  const from = later("2019-01-01", addMonths(person.birthOn, 1));
  if (from > lastMonth) return [];
  const kind = person.station === "student" ? "school" : person.station === "household" ? "collector" : "commune";
  const unit = random.pick(units.filter((candidate) => candidate.kind === kind));
  const { code: unitCode, name: unitName } = unit;
  const health: MadePeriod = {
    ...{ fund: "bhyt", from, to: lastMonth, unitCode, unitName, title: "", salary: 0, rate: "4.5", status: "paid" },
    objectType: objectTypes[person.station] ?? "Hộ gia đình",
  };
  if (person.station !== "household" || !random.chance(0.25)) return [health];
  const voluntary = later("2022-01-01", from);
  if (voluntary > lastMonth) return [health];
  const salary = random.int(15, 40) * 100_000;
  return [health, { ...health, fund: "bhxh", from: voluntary, salary, rate: "22", objectType: "Tự nguyện" }];
}

const objectTypes: Partial<Record<MadePerson["station"], string>> = {
  child: "Trẻ em dưới 6 tuổi",
  student: "Học sinh, sinh viên",
  poor: "Người dân tộc thiểu số vùng khó khăn",
};

function unitFor(person: MadePerson, random: Random): MadeUnit {
  const kinds = person.station === "official" ? ["agency", "school"] : ["enterprise"];
  return random.pick(units.filter((unit) => kinds.includes(unit.kind)));
}
