/** Benefits that follow from the months: sickness, maternity, unemployment between employers, pensions. */
import { addDays, addMonths, monthsBetween } from "./days.ts";
import type { MadePeriod } from "./participation.ts";
import type { MadePerson } from "./person.ts";
import type { Random } from "./random.ts";

export interface MadeBenefit {
  kind: "one_off" | "short_term" | "monthly" | "unemployment";
  regime: string;
  decisionNo: string;
  decidedOn: string;
  from: string;
  to: string;
  amount: number;
  unitName: string;
}

export function makeBenefits(
  person: MadePerson,
  periods: readonly MadePeriod[],
  random: Random,
  until: string,
): MadeBenefit[] {
  const worked = periods.filter((period) => period.fund === "bhxh" && period.objectType === "Bắt buộc");
  if (person.station === "retired") return [pension(person, random, until)];
  const benefits: MadeBenefit[] = [];
  for (const period of worked) {
    if (random.chance(0.2)) benefits.push(sickness(person, period, random, benefits.length));
  }
  const [first] = worked;
  if (!person.isMale && first && random.chance(0.35)) benefits.push(maternity(person, first, benefits.length));
  worked.forEach((period, at) => {
    const next = worked[at + 1];
    const isBetween = next !== undefined && monthsBetween(period.to, next.from) > 2;
    if (isBetween) benefits.push(unemployment(person, period, next, benefits.length));
  });
  return benefits.filter((benefit) => benefit.decidedOn <= until);
}

const numberOf = (person: MadePerson, nth: number) => `QĐ-MAU-${person.insuranceNumber.slice(2)}-${nth + 1}`;

function sickness(person: MadePerson, period: MadePeriod, random: Random, nth: number): MadeBenefit {
  const days = random.int(1, 9);
  const from = addDays(period.from, random.int(0, 18));
  return {
    ...{ kind: "short_term", regime: "Ốm đau", decisionNo: numberOf(person, nth), unitName: period.unitName },
    ...{ from, to: addDays(from, days - 1), decidedOn: addDays(from, days + 20) },
    amount: Math.round((period.salary * 0.75 * days) / 24),
  };
}

function maternity(person: MadePerson, period: MadePeriod, nth: number): MadeBenefit {
  const from = addMonths(period.from, 8);
  return {
    ...{ kind: "short_term", regime: "Thai sản", decisionNo: numberOf(person, nth), unitName: period.unitName },
    ...{ from, to: addDays(addMonths(from, 6), -1), decidedOn: addDays(from, 25), amount: period.salary * 6 },
  };
}

function unemployment(person: MadePerson, period: MadePeriod, next: MadePeriod, nth: number): MadeBenefit {
  const from = addMonths(period.to, 1);
  const months = Math.min(3, monthsBetween(from, next.from));
  return {
    ...{ kind: "unemployment", regime: "Trợ cấp thất nghiệp", decisionNo: numberOf(person, nth) },
    ...{ unitName: period.unitName, from, to: addDays(addMonths(from, months), -1), decidedOn: addDays(from, 20) },
    // As the format has it: what is paid a month.
    amount: Math.round(period.salary * 0.6),
  };
}

function pension(person: MadePerson, random: Random, until: string): MadeBenefit {
  const amount = random.int(28, 88) * 100_000;
  return {
    ...{ kind: "monthly", regime: "Lương hưu", decisionNo: numberOf(person, 0), unitName: "" },
    ...{
      from: "2019-01-01",
      to: "",
      decidedOn: "2018-12-15",
      amount: until >= "2024-07-01" ? Math.round(amount * 1.15) : amount,
    },
  };
}
