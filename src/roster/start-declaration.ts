import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import type { Lang } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { parsePersonalId, readPersonalId } from "../kernel/numbers.ts";
import { saveAnswer, startDraft } from "../registration/draft.ts";
import { nextQuestion, type Question } from "../registration/rules-answers.ts";
import { getByCode } from "../registration/store.ts";
import { getOwnLine } from "./look.ts";
import type { ListedPerson } from "./store-list.ts";

/**
 * Form 01 at the unit's desk: a draft in which the coordinator helps, with what the unit itself wrote and nothing of
 * the register. The rest is asked of the person, who signs the printed form. Answers the draft's code and its first open question.
 */
export async function startDeclaration(house: House, staff: Staff, lineId: string, lang: Lang) {
  const now = house.clock.now();
  const { unit, person } = await getOwnLine(house, staff, lineId);
  const who = { for_whom: "helped", declarer: staff.name, declarer_as: unit.name.slice(0, 100) };
  const { code } = await startDraft(house, { fields: who, lang, actor: staff, now });
  const fields = fieldsOf(person);
  for (const question of ["paper", "name", "birth", "insurance", "phone"] as const) {
    if (isKnown(question, fields)) await saveAnswer(house, { code, question, fields, now }).catch(leaveOpen);
  }
  await record(house.db, {
    ...{ at: now, actor: staff, action: "roster.declaration", purpose: "rollout", officeCode: unit.officeCode },
    personId: person.personId ?? undefined,
    object: { kind: "roster_person", id: lineId },
    detail: { unit: unit.code },
  });
  const { answers } = await getByCode(house.db, code);
  return { code, next: nextQuestion(answers) ?? "check" };
}

type Fields = Record<string, string>;

/** The number of a citizen says the sex; without it the name's page asks for both. */
function fieldsOf({ fullName, birthDate, birthPrecision, number, phone }: ListedPerson): Fields {
  const [year = "", month = "", day = ""] = birthDate?.split("-") ?? [];
  const personal = number ? parsePersonalId(number) : undefined;
  return {
    full_name: fullName,
    ...(birthPrecision === "day" ? { birth_day: day, birth_month: month } : {}),
    birth_year: year,
    ...(personal ? { paper_kind: "cccd", paper_number: personal, sex: String(readPersonalId(personal).sex) } : {}),
    ...(number?.length === 10 ? { insurance_number: number } : {}),
    phone: phone ?? "",
  };
}

const needed: Partial<Record<Question, string>> = {
  paper: "paper_number",
  name: "sex",
  birth: "birth_year",
  insurance: "insurance_number",
  phone: "phone",
};

const isKnown = (question: Question, fields: Fields) => Boolean(fields[needed[question] ?? ""]);

/** What the form does not take is asked again on its own page. */
function leaveOpen(error: unknown): void {
  if (!(error instanceof Invalid)) throw error;
}
