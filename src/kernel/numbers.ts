/** Numbers of persons, papers, phones and cards. All are strings: leading zeros matter. */
import { withoutUnseen } from "./names.ts";

const compact = (text: string) =>
  withoutUnseen(text)
    .normalize("NFC")
    .replace(/[\s.\-–]/gu, "");

/** Mã số BHXH: exactly 10 digits; no public check digit exists, so none is invented. */
export function parseInsuranceNumber(text: string): string | undefined {
  const digits = compact(text);
  return /^\d{10}$/.test(digits) ? digits : undefined;
}

/** Số định danh cá nhân: 12 digits, the first three a place code, the fourth century and sex. */
export function parsePersonalId(text: string): string | undefined {
  const digits = compact(text);
  return /^0\d{11}$/.test(digits) ? digits : undefined;
}

export type IdPaperKind = "cccd" | "cmnd" | "passport";

/** A number that fits its paper: CMND 9 digits, CCCD 12, passport 6–12 letters and digits. */
export function parseIdNumber(kind: IdPaperKind, text: string): string | undefined {
  const value = compact(text).toUpperCase();
  if (kind === "cccd") return parsePersonalId(value);
  if (kind === "cmnd") return /^\d{9}$/.test(value) ? value : undefined;
  return /^[A-Z0-9]{6,12}$/.test(value) ? value : undefined;
}

/**
 * What a 12-digit number says of its holder (century, sex, year). A warning at most: papers with
 * errors exist and an officer decides. Sex: 1 male, 2 female.
 */
export function readPersonalId(number: string): { sex: 1 | 2; birthYear: number } {
  const fourth = Number(number[3]);
  return {
    sex: fourth % 2 === 0 ? 1 : 2,
    birthYear: 1900 + Math.floor(fourth / 2) * 100 + Number(number.slice(4, 6)),
  };
}

/** Old 11-digit mobile prefixes and what they became in 2018. */
const PREFIX_2018: Record<string, string> = {
  "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
  "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
  "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
  "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}; // biome-ignore format: a table

/** A Vietnamese mobile number in the form 0xxxxxxxxx; +84, 0084 and the 11-digit numbers of before 2018 are converted. */
export function parsePhone(text: string): string | undefined {
  let digits = compact(text).replace(/[()]/g, "");
  digits = digits.replace(/^(\+|00)84/, "0");
  const moved = digits.length === 11 ? PREFIX_2018[digits.slice(0, 4)] : undefined;
  if (moved) digits = moved + digits.slice(4);
  return /^0[35789]\d{8}$/.test(digits) ? digits : undefined;
}

/** Lower-cased address; undefined unless it looks like one. A@x.vn and a@x.vn are one address. */
export function parseEmail(text: string): string | undefined {
  const address = withoutUnseen(text).normalize("NFC").trim().toLowerCase();
  return address.length <= 254 && /^[^\s@<>",;:()[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address)
    ? address
    : undefined;
}

export type CardForm = "card15" | "card10" | "card12";

/** A health-insurance card number by its form: 15 characters (before 04/2021), 10 digits, or the 12-digit ID. */
export function readCardNumber(text: string): { form: CardForm; number: string } | undefined {
  const number = compact(text).toUpperCase();
  if (/^[A-Z]{2}[1-5]\d{12}$/.test(number)) return { form: "card15", number };
  if (/^TE1\d{2}[0-9A-Z]{10}$/.test(number)) return { form: "card15", number };
  if (/^\d{10}$/.test(number)) return { form: "card10", number };
  if (/^\d{12}$/.test(number)) return { form: "card12", number };
  return undefined;
}

/** Groups for reading aloud: DN 4 79 1234 567 890 · 7912 345 678 · 052 190 000 123. */
export function groupNumber(number: string): string {
  if (number.length === 15) {
    return [
      number.slice(0, 2),
      number.slice(2, 3),
      number.slice(3, 5),
      number.slice(5, 9),
      number.slice(9, 12),
      number.slice(12),
    ].join(" ");
  }
  if (number.length === 10) return `${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}`;
  if (number.length === 12) return number.replace(/(\d{3})(?=\d)/g, "$1 ");
  return number;
}

/** ••••••789: enough to recognise one's own number, not to use it. */
export function maskNumber(number: string): string {
  return `${"•".repeat(Math.max(0, number.length - 3))}${number.slice(-3)}`;
}

/** Facility code: two digits and three digits or letters, written with or without a dash. */
export function parseFacilityCode(text: string): string | undefined {
  const code = compact(text).toUpperCase();
  return /^\d{2}[0-9A-Z]{3}$/.test(code) ? code : undefined;
}
