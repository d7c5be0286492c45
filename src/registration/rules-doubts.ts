import { compareNames, foldName } from "../kernel/names.ts";
import { readPersonalId } from "../kernel/numbers.ts";
import type { Answers, Paper } from "./rules-answers.ts";

/** Doubts that do not stop anybody: shown before confirming, decided by the officer who sees the paper. */
export type Doubt =
  | "name_without_marks"
  | "one_word_name"
  | "cmnd_ended"
  | "number_other_year"
  | "number_other_sex"
  | "number_place"
  | "number_one_digit"
  | "passport_unusual"
  | "passport_without_country"
  | "child_grown_up";

export function doubtsOf(answers: Answers, today?: string): Doubt[] {
  const { name, paper } = answers;
  const doubts: Doubt[] = [];
  if (name && paper?.kind !== "passport" && isWithoutMarks(name.full)) doubts.push("name_without_marks");
  if (name && !name.full.includes(" ")) doubts.push("one_word_name");
  if (paper) doubts.push(...paperDoubts(paper));
  if (paper?.kind === "cccd") doubts.push(...personalIdDoubts(paper.number, answers));
  if (today && isGrownUpChild(answers, today)) doubts.push("child_grown_up");
  return doubts;
}

const isWithoutMarks = (name: string) => ["equal", "case_or_space"].includes(compareNames(name, foldName(name)));

function paperDoubts({ kind, number, country }: Paper): Doubt[] {
  const doubts: Doubt[] = [];
  if (kind === "cmnd") doubts.push("cmnd_ended");
  if (/^(.)\1+$/.test(number.slice(kind === "passport" ? 1 : 0))) doubts.push("number_one_digit");
  if (kind !== "passport") return doubts;
  if (!country) doubts.push("passport_without_country");
  else if (isVietNam(country) && !/^[A-Z]\d{7,8}$/.test(number)) doubts.push("passport_unusual");
  return doubts;
}

function personalIdDoubts(number: string, { name, birth }: Answers): Doubt[] {
  const said = readPersonalId(number);
  const doubts: Doubt[] = [];
  if (!isProvince(number.slice(0, 3))) doubts.push("number_place");
  if (birth && said.birthYear !== Number(birth.on.slice(0, 4))) doubts.push("number_other_year");
  if (name && name.sex !== 3 && said.sex !== name.sex) doubts.push("number_other_sex");
  return doubts;
}

/** A ward may be grown up; a child may not: somebody aged 18 signs their own declaration. */
function isGrownUpChild({ who, birth }: Answers, today: string): boolean {
  if (who?.forWhom !== "child" || !birth) return false;
  return `${Number(birth.on.slice(0, 4)) + 18}${birth.on.slice(4)}` <= today;
}

const isVietNam = (country: string) => /^(viet ?nam|vnm?|cong hoa .*viet nam)$/.test(foldName(country));

/** The 63 provinces in which births were registered, as personal numbers begin (Thông tư 59/2021/TT-BCA). */
const PROVINCES =
  "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096".split(
    " ",
  );
const isProvince = (code: string) => PROVINCES.includes(code);
