import { dayFromParts, type PlainDate } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { MOMENTS, type Moment } from "./rules-moments.ts";

/** A target as it is typed. Pure. */
export interface TargetSet {
  moment: Moment;
  percent: number;
  dueOn: PlainDate;
}

export function parseTarget(form: Record<string, string | undefined>, today: PlainDate): Outcome<TargetSet, Fault[]> {
  const moment = MOMENTS.find((one) => one === form.moment);
  const percent = /^\d{1,3}$/.test(form.percent?.trim() ?? "") ? Number(form.percent) : 0;
  const parts = [form.due_year, form.due_month, form.due_day].map((text) => text?.trim() ?? "");
  const [year = 0, month = 0, day = 0] = parts.map((text) => (/^\d{1,4}$/.test(text) ? Number(text) : 0));
  const dueOn = dayFromParts(year, month, day);
  const isPast = !dueOn || dueOn.since(today).sign < 0;
  const isPercent = percent >= 1 && percent <= 100;
  if (moment && isPercent && dueOn && !isPast) return good({ moment, percent, dueOn });
  return bad([
    ...(moment ? [] : [{ field: "moment", key: "moment" }]),
    ...(isPercent ? [] : [{ field: "percent", key: "percent" }]),
    ...(isPast ? [{ field: "due", key: "due" }] : []),
  ]);
}
