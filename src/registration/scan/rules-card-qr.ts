import { cardDay, type TypedDay } from "../../kernel/card-day.ts";
import type { CardReading } from "./rules-card-reading.ts";

/**
 * The QR code of a chip card (CCCD since 2021, căn cước since 2024): number | old number | name | birth ddMMyyyy |
 * sex | residence | issued ddMMyyyy | and perhaps more. Neither signed nor checked: whoever can print can make one.
 */
const FEWEST_FIELDS = 7;
const LONGEST_CODE = 2000;
const LONGEST_NAME = 200;

/** Undefined when this is the code of something else. */
export function readCardQr(text: string): CardReading | undefined {
  if (text.length > LONGEST_CODE) return undefined;
  const fields = text
    .normalize("NFC")
    .replace(/^\uFEFF/, "")
    .split("|")
    .map((field) => field.replace(/\s+/gu, " ").trim());
  if (fields.length < FEWEST_FIELDS) return undefined;
  const [number = "", , name = "", birthDigits = "", sex = "", , issuedDigits = ""] = fields;
  const birth = cardDay(birthDigits);
  if (!/^0\d{11}$/.test(number) || !isName(name) || !birth) return undefined;
  return {
    kind: "cccd",
    number,
    name,
    hasMarks: true,
    birth,
    sex: sexFrom(sex),
    issued: wholeDay(issuedDigits),
    lastDay: undefined,
  };
}

const isName = (name: string) => /\p{L}/u.test(name) && !/\d/.test(name) && name.length <= LONGEST_NAME;

function sexFrom(word: string): 1 | 2 | undefined {
  const said = word.toLowerCase();
  if (said === "nam") return 1;
  return said === "nữ" || said === "nu" ? 2 : undefined;
}

/** A day of issue is known whole or not at all. */
function wholeDay(digits: string): TypedDay | undefined {
  const day = cardDay(digits);
  return day?.day ? day : undefined;
}
