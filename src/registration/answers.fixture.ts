import type { CompleteAnswers } from "./rules-answers.ts";
import type { Fields } from "./rules-parse.ts";

/** One made-up person's answers, for tests. */
export function anAnswer(): CompleteAnswers {
  return {
    who: { forWhom: "self", declarer: null },
    paper: { kind: "cccd", number: "052190000123", issuedOn: "2022-02-13", issuedBy: "Cục Cảnh sát QLHC về TTXH" },
    name: { full: "Nguyễn Thị Diễm Hương", sex: 2 },
    birth: { on: "1990-01-15", precision: "day" },
    insurance: { number: "5212345678" },
    phone: { number: "0912345678" },
    email: { address: "huong@example.vn" },
    address: { communeCode: "21952", communeName: "Xã Thử", provinceName: "Tỉnh Thử", street: "12 Đường Thử" },
    office: { code: "52T01" },
  };
}

/** The same, as typed on the pages. */
export function typedAnswers(): Record<string, string> & Fields {
  return {
    for_whom: "self",
    paper_kind: "cccd",
    paper_number: "052 190 000 123",
    issued_day: "13",
    issued_month: "2",
    issued_year: "2022",
    issued_by: "Cục Cảnh sát QLHC về TTXH",
    full_name: "Nguyễn  Thị Diễm Hương ",
    sex: "2",
    birth_day: "15",
    birth_month: "1",
    birth_year: "1990",
    insurance_number: "5212 345 678",
    phone: "0912.345.678",
    email: "Huong@Example.vn",
    commune: "21952",
    street: "12 Đường Thử",
    office: "52T01",
  };
}

/** What makes every box of form 01 a filled one: a helper, and a passport of another state. */
export const everyBox = {
  ...{ for_whom: "helped", declarer: "Hồ Thị Giúp", declarer_as: "Đoàn thanh niên xã Thử" },
  ...{ paper_kind: "passport", paper_number: "C1234567", issued_by: "Bộ Ngoại giao Thử", paper_country: "Lào" },
};

/** Codes and days, which pages tell in other words. */
const TOLD_OTHERWISE = new Set(["forWhom", "kind", "on", "precision", "issuedOn", "communeCode", "code", "typed"]);

/** Every text of a person's answers, whichever the question: a new one is among them by itself. */
export function textsIn(answers: object): string[] {
  return Object.entries(answers).flatMap(([key, value]) => {
    if (typeof value === "string") return TOLD_OTHERWISE.has(key) ? [] : [value];
    return typeof value === "object" && value !== null ? textsIn(value) : [];
  });
}

/** Those that the page does not show; it may set spaces where it likes. */
export function missingTexts(answers: object, shown: string): string[] {
  const bare = (text: string) => text.replace(/\s+/g, "");
  return textsIn(answers).filter((text) => !bare(shown).includes(bare(text)));
}
