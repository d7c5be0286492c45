/** How the cells of a table of docs/laws become the arguments of its rule, and its answer cells again. */
import { handInDay, handInDays } from "../../src/benefits/rules-next.ts";
import { entitlementOn, thresholdsOn } from "../../src/card/rules.ts";
import { coPaymentOfYear, exemptFrom } from "../../src/card/rules-copayment.ts";
import { fiveYearMark, isContinuous } from "../../src/card/rules-five-years.ts";
import { formIssuedOn, madeAtTheLatest, mediumIssuedOn, spanOfForm } from "../../src/card/rules-forms.ts";
import { addsToYear, ownChoiceCare } from "../../src/card/rules-own-choice.ts";
import { renewalNote } from "../../src/card/rules-renewal.ts";
import { householdRates } from "../../src/household/rules.ts";
import { type PlainDate, plainDate } from "../../src/kernel/calendar.ts";
import { vnd, wholeVnd } from "../../src/kernel/money.ts";
import { monthsIn, type Period, spanOf, totalsOf } from "../../src/participation/rules.ts";
import {
  arrearsNotice,
  arrearsOf,
  dueOn,
  firstToldOn,
  noticeToCome,
  owedInAll,
} from "../../src/participation/rules-arrears.ts";
import {
  lumpSumByWaiting,
  paidForBirthAllowance,
  paidForMaternity,
  paidForUnemployment,
  pensionMark,
  type Share,
  sickDaysAYear,
  socialPensionAge,
} from "../../src/participation/rules-marks.ts";
import { retirementAge } from "../../src/participation/rules-retirement.ts";
import { codeOn, type NamedUnit, nameOn, nameThenAndNow } from "../../src/units/rules-names.ts";
import { type Cells, referenceRows } from "./law-tables.ts";

const UNKNOWN = "unknown";
const iso = (day: string) => day.split("/").toReversed().join("-");
const date = (day: string) => plainDate(iso(day));
const month = (text: string) => `${iso(text)}-01`;
const shown = (day: PlainDate | string | undefined, none = UNKNOWN) =>
  day === undefined ? none : day.toString().split("-").toReversed().join("/");
const shownMonth = (text: string | undefined) => (text === undefined ? UNKNOWN : shown(text).slice(3));
const yesNo = (value: boolean | undefined) => (value === undefined ? UNKNOWN : value ? "yes" : "no");
const text = (value: number | bigint | undefined) => (value === undefined ? UNKNOWN : String(value));
const given = (cell: string) => (cell === "-" || cell === "never" ? undefined : cell);

interface Row extends Period {
  contributionBase: string | undefined;
  rate: string | undefined;
  objectType: string | undefined;
}

/** "bhxh 06/2026–08/2026 A unpaid 7450000 25.5; bhxh 09/2026–10/2026 A paid - - voluntary; …" */
function rowsOf(cell = ""): Row[] {
  return cell.split(";").map((part) => {
    const [fund, range = "", unit = "", status, base = "-", rate = "-", kind] = part.trim().split(" ");
    const [from = "", to = ""] = range.split("–");
    return {
      fund: fund as Period["fund"],
      fromMonth: month(from),
      toMonth: month(to),
      unitCode: unit,
      unitName: unit,
      status: status as Period["status"],
      contributionBase: given(base),
      rate: given(rate),
      objectType: kind === "voluntary" ? "BHXH tự nguyện" : undefined,
    };
  });
}

const terms = arrearsNotice.values[0]?.value ?? { day: 0, afterDays: 0 };
const wages = referenceRows("base-wage.csv").map((row) => ({
  from: row.valid_from ?? "",
  amount: BigInt(row.amount_vnd ?? "0"),
}));

function groupEntries(group: string) {
  return referenceRows("code-lists.csv")
    .filter(({ list, code }) => list === "object_group" && code === group)
    .map(({ valid_from = "", valid_to = "", detail = "{}" }) => ({
      from: valid_from,
      to: valid_to || undefined,
      nameVi: "",
      nameEn: "",
      level: JSON.parse(detail).level,
      percent: JSON.parse(detail).percent,
    }));
}

const calendar = {
  years: new Set(referenceRows("public-holiday-years.csv").map(({ year }) => Number(year))),
  holidays: daysOff("holiday"),
  workingWeekends: daysOff("working_weekend"),
};

function daysOff(wanted: string): Set<string> {
  const rows = referenceRows("public-holidays.csv").filter(({ kind }) => kind === wanted);
  return new Set(rows.map(({ on_day = "" }) => on_day));
}

const careCodes = referenceRows("code-lists.csv")
  .filter(({ list }) => list === "entitlement")
  .map(({ code = "", valid_from = "", valid_to = "", detail = "{}" }) => ({
    code,
    validFrom: valid_from,
    validTo: valid_to || null,
    detail: JSON.parse(detail),
  }));

function provinces(): NamedUnit[] {
  const next = new Map(
    referenceRows("admin-unit-successors.csv")
      .filter(({ level }) => level === "province")
      .map(({ code = "", successor_code = "" }) => [code, successor_code]),
  );
  return referenceRows("admin-units.csv")
    .filter(({ level }) => level === "province")
    .map(({ code = "", name = "", valid_from = "", valid_to = "" }) => ({
      code,
      name,
      from: valid_from,
      to: valid_to || undefined,
      next: valid_to ? next.get(code) : undefined,
    }));
}

const offices: NamedUnit[] = [
  { code: "52H14", name: "Bảo hiểm xã hội huyện Tuy Phước", from: "2008-08-01", to: "2025-06-30", next: "52T01" },
  { code: "52T01", name: "Bảo hiểm xã hội cơ sở Tuy Phước", from: "2025-07-01", to: undefined, next: undefined },
  { code: "52H01", name: "Bảo hiểm xã hội huyện Mẫu Một", from: "2008-08-01", to: "2025-06-30", next: "52T02" },
  { code: "52H02", name: "Bảo hiểm xã hội huyện Mẫu Hai", from: "2008-08-01", to: "2025-06-30", next: "52T02" },
  { code: "52T02", name: "Bảo hiểm xã hội cơ sở Mẫu", from: "2025-07-01", to: undefined, next: undefined },
];

function shareCells(share: Share | undefined): Cells {
  const span = share?.span && `${shownMonth(share.span.fromMonth)}–${shownMonth(share.span.toMonth)}`;
  return { window: span ?? UNKNOWN, paid: text(share?.paid), needed: text(share?.needed) };
}

type Play = (cells: Cells & Record<"on", string>) => Cells;

export const plays: Record<string, Play> = {
  monthsIn: ({ from = "", to = "" }) => ({
    months: String(monthsIn({ fromMonth: month(from), toMonth: month(to) })),
  }),
  spanOf: ({ months }) => {
    const span = spanOf(Number(months));
    return { years: String(span.years), rest: String(span.months) };
  },
  totalsOf: ({ rows, fund }) => {
    const { paid, unpaid, refunded, gaps } = totalsOf(rowsOf(rows), fund as Period["fund"]);
    const gapMonths = gaps.reduce((sum, gap) => sum + gap.months, 0);
    return { paid: text(paid), unpaid: text(unpaid), refunded: text(refunded), gaps: text(gapMonths) };
  },
  handInDay: ({ "last day off": last = "" }) => ({
    by: shown(handInDay(date(last), { days: handInDays.values[0]?.value ?? 0, calendar })),
  }),
  dueOn: ({ month: of = "" }) => ({ due: shown(dueOn(month(of))) }),
  firstToldOn: ({ month: of = "" }) => ({ told: shown(firstToldOn(month(of), terms)) }),
  noticeToCome: ({ month: of = "", on }) => ({
    notice: shown(noticeToCome(firstToldOn(month(of), terms), date(on), terms)),
  }),
  arrearsOf: ({ rows, on }) => {
    const periods = rowsOf(rows);
    const found = arrearsOf(periods, periods[0]?.fund ?? "bhxh", date(on), terms);
    const owed = owedInAll(found);
    return {
      months: found.map(({ months }) => months).join("+"),
      owed: text(owed === undefined ? undefined : wholeVnd(owed)),
      overdue: text(found[0]?.overdueDays),
      told: yesNo(found[0]?.isToBeTold),
    };
  },
  pensionMark: ({ "paid months": paid, on }) => {
    const mark = pensionMark(Number(paid), date(on));
    return { years: text(mark?.years), "missing months": text(mark?.missing) };
  },
  retirementAge: ({ born = "", sex }) => {
    const age = retirementAge(date(born), Number(sex));
    return { age: age ? `${age.years}y${age.months}m` : UNKNOWN, month: shownMonth(age?.month) };
  },
  socialPensionAge: ({ on }) => {
    const found = socialPensionAge(date(on));
    return { age: text(found?.age), "poor households": text(found?.poorAge) };
  },
  lumpSumByWaiting: ({ rows, on }) => {
    const found = lumpSumByWaiting(rowsOf(rows), date(on));
    return {
      "paid before": yesNo(found?.hasPaidBefore),
      "under 20 years": yesNo(found?.isUnderTwentyYears),
      "months out": text(found?.monthsOut),
      open: yesNo(found?.isOpen),
    };
  },
  paidForMaternity: ({ rows, on }) => shareCells(paidForMaternity(rowsOf(rows), date(on))),
  paidForBirthAllowance: ({ rows, on }) => {
    const found = paidForBirthAllowance(rowsOf(rows), date(on));
    return { ...shareCells(found), amount: text(found?.amount) };
  },
  paidForUnemployment: ({ rows, allowances = "", on }) => {
    const began = given(allowances)?.split(";") ?? [];
    return shareCells(
      paidForUnemployment(
        rowsOf(rows),
        began.map((day) => iso(day.trim())),
        date(on),
      ),
    );
  },
  sickDaysAYear: ({ rows, on = "" }) => ({ days: text(sickDaysAYear(rowsOf(rows), date(on))?.days) }),
  isContinuous: ({ ended = "", begins = "" }) => ({ continuous: yesNo(isContinuous(date(ended), date(begins))) }),
  fiveYearMark: ({ cards = "" }) => {
    const covers = cards.split(";").map((card) => {
      const [from = "", to = ""] = card.trim().split("–");
      return { from: iso(from), to: to ? iso(to) : undefined };
    });
    const found = fiveYearMark(covers);
    return { since: shown(found?.since), mark: shown(found?.on) };
  },
  entitlementOn: ({ group = "", level = "", on }) => {
    const card = {
      ...{ number: "", form: "card12", validFrom: "2015-01-01", validTo: undefined, status: "valid" },
      ...{ livingArea: undefined, facilityCode: undefined, fiveYearOn: undefined, issuedBy: undefined },
      group: given(group),
      groupEntries: groupEntries(group),
      level: given(level) === undefined ? undefined : Number(level),
    };
    const found = entitlementOn(card as Parameters<typeof entitlementOn>[0], date(on));
    return { percent: text(found?.percent), "without ratios": yesNo(found?.isWithoutRatios) };
  },
  ownChoiceCare: ({ code = "", on }) => {
    const list = careCodes.filter((one) => code === "all" || one.code === code);
    const { inpatient, outpatient } = ownChoiceCare(list, date(on));
    return { "in-patient": inpatient.join(", ") || "-", "out-patient": outpatient.join(", ") || "-" };
  },
  addsToYear: ({ code = "", ended = "" }) => ({ adds: yesNo(addsToYear(careCodes, given(code) ?? null, iso(ended))) }),
  renewalNote: ({ group = "", "last day": last = "" }) => {
    const to = given(last);
    return { renewal: renewalNote({ group: given(group), validTo: to && iso(to) }) ?? "none" };
  },
  householdRates: ({ on }) => {
    const { monthly = [] } = householdRates(wages, date(on).toString()) ?? {};
    const names = ["first", "second", "third", "fourth", "fifth and on"];
    return Object.fromEntries(names.map((name, at) => [name, text(monthly[at])]));
  },
  thresholdsOn: ({ on }) => {
    const found = thresholdsOn(wages, date(on));
    return { "15 percent": text(found?.oneVisit), "six months": text(found?.yearOfCoPayment) };
  },
  coPaymentOfYear: ({ visits = "", on }) => {
    const paid = visits.split(";").map((visit) => {
      const [ended = "", amount = "", own] = visit.trim().split(" ");
      return { endedOn: iso(ended), coPaid: vnd(amount), adds: own !== "own" };
    });
    const year = coPaymentOfYear(paid, wages, date(on));
    return {
      ...{ paid: text(wholeVnd(year.paid)), limit: text(year.limit), converted: yesNo(year.isConverted) },
      passed: shown(year.passedOn, "never"),
    };
  },
  exemptFrom: ({ passed = "", "five years": mark = "" }) => {
    const day = given(passed);
    const year = { paid: vnd("0"), limit: undefined, isConverted: false, passedOn: day && iso(day) };
    const five = given(mark);
    return { "free from": shown(exemptFrom(year, five && iso(five)), "never") };
  },
  formIssuedOn: ({ on }) => ({ form: formIssuedOn(date(on)) ?? UNKNOWN }),
  spanOfForm: ({ form }) => {
    const span = spanOfForm(form as "card10");
    return { from: shown(span?.from), to: shown(span?.to, "open") };
  },
  madeAtTheLatest: ({ form, begins = "" }) => ({ made: shown(madeAtTheLatest(form as "card10", iso(begins))) }),
  mediumIssuedOn: ({ on }) => {
    const found = mediumIssuedOn(date(on));
    return { medium: found?.medium ?? UNKNOWN, by: found?.clause.act ?? UNKNOWN };
  },
  nameOn: ({ code = "", day = "" }) => ({ name: nameOn(provinces(), code, iso(day)) ?? "none" }),
  codeOn: ({ code = "", day = "" }) => ({ "code then": codeOn(offices, code, iso(day)) ?? "none" }),
  nameThenAndNow: ({ units, code = "", day = "", today = "" }) => {
    const found = nameThenAndNow(units === "offices" ? offices : provinces(), code, iso(day), iso(today));
    return { was: found?.was ?? "none", "is now": found ? (found.isNow ?? "-") : "none" };
  },
};
