import { parse } from "mrz";
import { isRealDay, type TypedDay, typedDay } from "../../kernel/card-day.ts";
import type { CardReading } from "./rules-card-reading.ts";

/**
 * The machine-readable lines on the back of an ID card (TD1, three lines of 30) and in a passport (TD3, two of 44),
 * out of what an eye of glass has read: letters taken for digits are put right where only a digit can stand, then
 * the check digits decide. Lines that do not add up are no reading.
 */
export function readMrz(text: string, thisYear: number): CardReading | undefined {
  const lines = text.split(/\r?\n/).map(plainLine);
  const likely = lines.filter((line) => line.length >= 20);
  for (let at = 0; at < likely.length; at += 1) {
    const [one = "", two = "", three = ""] = likely.slice(at);
    const found = idCardFrom(one, two, three, thisYear) ?? passportFrom(one, two, thisYear);
    if (found) return found;
  }
  return undefined;
}

/** Only what the lines can hold: capital letters, digits and the filler. */
function plainLine(line: string): string {
  return line
    .toUpperCase()
    .replace(/[«‹“”]/g, "<")
    .replace(/[^A-Z0-9<]/g, "");
}

/** IDVNM, last nine digits, check, all twelve, <<, check · birth, sex, last day · name. */
function idCardFrom(one: string, two: string, three: string, thisYear: number): CardReading | undefined {
  const first = settle(fitted(one, 27, 1, 30), "aaaaa", "dddddddddddddddddddddd", "<<", "d");
  const second = settle(fitted(two, 18, 1, 30), "dddddd", "d", "a", "dddddd", "d", "aaa", "<<<<<<<<<<<", "d");
  if (!/^I.VNM/.test(first) || second.length !== 30) return undefined;
  const name = nameLine(three, 0, 30);
  const number = first.slice(15, 27);
  if (!/^0\d{11}$/.test(number) || number.slice(3) !== first.slice(5, 14)) return undefined;
  if (!lastCheckOf(second).some((last) => addUp([first, last, name]))) return undefined;
  return readingOf("cccd", number, name, second.slice(0, 15), thisYear);
}

/** The check over all lines is often lost at the edge of a picture; then the number, written twice, and three others do. */
function lastCheckOf(line: string): string[] {
  if (/\d$/.test(line)) return [line];
  return Array.from({ length: 10 }, (_, digit) => `${line.slice(0, -1)}${digit}`);
}

/** P<VNM, name · number, check, country, birth, sex, last day, own number, checks. */
function passportFrom(one: string, two: string, thisYear: number): CardReading | undefined {
  if (!/^P/.test(one)) return undefined;
  const country = letters(two.slice(10, 13));
  const number = country === "VNM" ? "adddddddx".split("") : ["xxxxxxxxx"];
  const second = settle(fitted(two, 28, 2, 44), ...number, "d", "aaa", "dddddd", "d", "a", "dddddd", "d");
  if (second.length !== 44) return undefined;
  const lines = [nameLine(one, 5, 44), settleLast(second)];
  if (!addUp(lines)) return undefined;
  const own = second.slice(0, 9).replace(/<+$/, "");
  return readingOf("passport", own, lines[0]?.slice(5) ?? "", second.slice(13, 28), thisYear);
}

/** Fillers are lost or doubled when read: head and tail keep their places, the run between them gets its length. */
function fitted(line: string, head: number, tail: number, length: number): string {
  if (line.length === length || line.length < head + tail) return line;
  const between = line.slice(head, -tail).replace(/<+$/, "");
  return `${line.slice(0, head)}${between.padEnd(length - head - tail, "<")}${line.slice(-tail)}`;
}

/** After the name nothing but fillers stands there, whatever was read; "<<<" is in no name. */
function nameLine(line: string, from: number, length: number): string {
  const name = line
    .slice(from)
    .replace(/<<<.*$/, "")
    .replace(/<+$/, "");
  return `${line.slice(0, from)}${letters(name)}`.slice(0, length).padEnd(length, "<");
}

const DIGITS: Record<string, string> = {
  O: "0",
  Q: "0",
  D: "0",
  U: "0",
  I: "1",
  L: "1",
  Z: "2",
  S: "5",
  G: "6",
  B: "8",
};
const LETTERS: Record<string, string> = { "0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B" };

const digits = (text: string) => [...text].map((sign) => DIGITS[sign] ?? sign).join("");
const letters = (text: string) => [...text].map((sign) => LETTERS[sign] ?? sign).join("");

/** d: a digit, a: a letter, <: the filler, x: as it was read. What stands behind the places is left alone. */
function settle(line: string, ...places: string[]): string {
  const wanted = places.join("");
  const kept = [...line].map((sign, at) => {
    if (wanted[at] === "d") return digits(sign);
    if (wanted[at] === "a") return letters(sign);
    return wanted[at] === "<" ? "<" : sign;
  });
  return kept.join("");
}

/** The two checks at the end of a passport: digits, the first perhaps a filler. */
const settleLast = (line: string) => `${line.slice(0, 42)}${digits(line.slice(42))}`;

const CHECKS = ["documentNumberCheckDigit", "birthDateCheckDigit", "expirationDateCheckDigit", "compositeCheckDigit"];

function addUp(lines: string[]): boolean {
  const { details } = parse(lines);
  return CHECKS.every((check) => details.some(({ field, valid }) => field === check && valid));
}

/** `middle` is alike on both: birth, check, sex, last day. */
function readingOf(
  kind: CardReading["kind"],
  number: string,
  nameField: string,
  middle: string,
  thisYear: number,
): CardReading | undefined {
  const birth = birthFrom(middle.slice(0, 6), thisYear);
  const name = nameField.replace(/</g, " ").replace(/ +/g, " ").trim();
  if (!birth || !name) return undefined;
  return {
    kind,
    number,
    name,
    hasMarks: false,
    birth,
    sex: ({ M: 1, F: 2 } as const)[middle[7] ?? ""],
    issued: undefined,
    lastDay: lastDayFrom(middle.slice(8, 14)),
  };
}

function lastDayFrom(yymmdd: string): string | undefined {
  const [, year = "", month = "", day = ""] = /^(\d\d)(\d\d)(\d\d)$/.exec(yymmdd) ?? [];
  return isRealDay(2000 + Number(year), Number(month), Number(day)) ? `20${year}-${month}-${day}` : undefined;
}

/** Two digits of the year: nobody was born after this one. */
function birthFrom(yymmdd: string, thisYear: number): TypedDay | undefined {
  const [year, month, day] = [0, 2, 4].map((at) => Number(yymmdd.slice(at, at + 2)));
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(year)) return undefined;
  return typedDay(2000 + year > thisYear ? 1900 + year : 2000 + year, month, day);
}
