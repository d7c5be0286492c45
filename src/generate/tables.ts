/** Made-up people → CSV in the formats of the import (docs/formats), dates as registers write them. */

import type { MadeBenefit } from "./benefits.ts";
import { local } from "./days.ts";
import type { MadeCard } from "./entitlement.ts";
import type { MadePeriod } from "./participation.ts";
import type { MadePerson } from "./person.ts";
import { facilities, units } from "./places.ts";

type Cell = string | number | undefined;

export const headers = {
  persons:
    "full_name,birth,sex,insurance_number,personal_id,personal_id_from,cmnd,cmnd_to,nationality,ethnic_code,phone,address",
  cards:
    "insurance_number,card_number,valid_from,valid_to,object_group,benefit_level,facility_code,five_year_on,status",
  participation:
    "insurance_number,fund,from_month,to_month,unit_code,unit_name,title,salary,contribution_base,rate,object_type,status",
  benefits: "insurance_number,kind,regime,decision_no,decided_on,from_on,to_on,amount,agency,unit_name,paid_by,status",
  facilities: "facility_code,name,level,province_code,address,valid_from",
  units: "unit_code,name,kind,address,valid_from",
} as const;

export function personLine(person: MadePerson): string {
  const birth = person.birthPrecision === "year" ? person.birthOn.slice(0, 4) : local(person.birthOn);
  const from = person.personalIdFrom && person.personalId ? local(person.personalIdFrom) : undefined;
  return csvLine([
    ...[person.name, birth, person.isMale ? 1 : 2, person.insuranceNumber, person.personalId, from, person.cmnd],
    ...[person.cmnd ? from : undefined, "000", person.ethnicCode, person.phone, `Số ${person.index + 1} đường Mẫu`],
  ]);
}

export function cardLine(person: MadePerson, card: MadeCard): string {
  return csvLine([
    ...[person.insuranceNumber, card.number, local(card.from), local(card.to), card.group, card.level],
    ...[card.facility, local(card.fiveYearOn), card.status],
  ]);
}

export function periodLine(person: MadePerson, period: MadePeriod): string {
  const salary = period.salary || undefined;
  return csvLine([
    ...[
      person.insuranceNumber,
      period.fund,
      monthOf(period.from),
      monthOf(period.to),
      period.unitCode,
      period.unitName,
    ],
    ...[period.title, salary, salary, period.rate, period.objectType, period.status],
  ]);
}

export function benefitLine(person: MadePerson, benefit: MadeBenefit): string {
  return csvLine([
    ...[person.insuranceNumber, benefit.kind, benefit.regime, benefit.decisionNo, local(benefit.decidedOn)],
    ...[local(benefit.from), benefit.to && local(benefit.to), benefit.amount, "BHXH cơ sở Mẫu", benefit.unitName],
    ...["Chuyển khoản", "paid"],
  ]);
}

export function facilityTable(): string {
  const lines = facilities.map(({ code, name, level, province }) =>
    csvLine([code, name, level, province, "Số 1 đường Mẫu", local("2018-01-01")]),
  );
  return `${headers.facilities}\n${lines.join("")}`;
}

export function unitTable(): string {
  const lines = units.map(({ code, name, kind }) => csvLine([code, name, kind, "Số 2 đường Mẫu", local("2000-01-01")]));
  return `${headers.units}\n${lines.join("")}`;
}

const monthOf = (iso: string) => `${iso.slice(5, 7)}/${iso.slice(0, 4)}`;

/** RFC 4180: quoted where it must be. */
function csvLine(cells: readonly Cell[]): string {
  const quoted = cells.map((cell) => {
    const text = String(cell ?? "");
    return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\n`;
}
