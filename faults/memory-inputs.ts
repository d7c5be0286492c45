/**
 * Inputs of any size that an import must take, or refuse with a reason, in little memory: for the trial and its
 * short form.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { sheetOf } from "../test/samples/zip.ts";

export interface Input {
  name: string;
  kind: "claims" | "persons" | "documents" | "participation";
  /** Code of the refusal or of a reject, or one of two; "taken" when records come in, "nothing" when there are none. */
  told: string;
  /** About so many megabytes (10^6 bytes), in pieces. */
  bytes(megabytes: number): Iterable<Buffer>;
  /** What is packed: megabytes that are read when it is unpacked. */
  unpackedMb?(megabytes: number): number;
}

/** The people whose claims are taken. */
export const KNOWN = { persons: 2000, seed: 31 };
const FIRST_STRANGER = 1_000_000;
const MEGABYTE = 1_000_000;
const HEAD = `<?xml version="1.0" encoding="utf-8"?><GIAMDINHHS><THONGTINDONVI><MACSKCB>79999</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20261031</NGAYLAP><DANHSACHHOSO>`;
const TAIL = "</DANHSACHHOSO></THONGTINHOSO></GIAMDINHHS>";
const RECORD_MEGABYTES = 15;

export const inputs: readonly Input[] = [
  { name: "claims of people who are known", kind: "claims", told: "taken", bytes: (most) => claims(0, most) },
  { name: "claims of strangers", kind: "claims", told: "person_unknown or person_mismatch", bytes: (most) => claims(FIRST_STRANGER, most) },
  { name: "claims of fifteen megabytes", kind: "claims", told: "person_unknown", bytes: largeClaims },
  { name: "blanks", kind: "claims", told: "truncated", bytes: (most) => around(HEAD, " ", most * 5, "") },
  { name: "records inside records", kind: "claims", told: "no_files or record_too_large", bytes: (most) => around(HEAD, "<HOSO>", most, nestEnd(most)) },
  { name: "a record that never ends", kind: "claims", told: "truncated", bytes: (most) => around(`${HEAD}<HOSO>`, "<FILEHOSO>", most, "") },
  { name: "base64 that is garbage", kind: "claims", told: "bad_base64", bytes: (most) => around(HEAD, garbage, most, TAIL) },
  { name: "a wall of comments", kind: "claims", told: "nothing", bytes: (most) => around(HEAD, "<!-- x -->", most, TAIL) },
  { name: "an entity bomb", kind: "claims", told: "doctype", bytes: (most) => around("<!DOCTYPE x [", '<!ENTITY a "b">', most, "") },
  { name: "a nest of documents", kind: "documents", told: "truncated", bytes: (most) => around("<HSCHUNGTU>", "<HOSO>", most, "") },
  { name: "people", kind: "persons", told: "taken", bytes: people },
  { name: "months of people who are known", kind: "participation", told: "taken", bytes: months },
  { name: "a line that never ends", kind: "persons", told: "too_wide", bytes: (most) => around('full_name,birth\n"', "x", most, "") },
  { name: "lines that are empty", kind: "persons", told: "missing_column", bytes: (most) => around("full_name,birth\n", "\n", most, "") },
  { name: "a sheet of empty rows", kind: "persons", told: "taken", ...sheet((most) => emptyRows(most * 5000)) },
  { name: "a sheet of people", kind: "persons", told: "taken", ...sheet((most) => sheetRows(most * 500)) },
  { name: "a sheet that is a bomb", kind: "persons", told: "expands_too_much", bytes: bomb },
]; // biome-ignore format: a table

function* around(head: string, piece: string, megabytes: number, tail: string): Generator<Buffer> {
  yield Buffer.from(head);
  const chunk = Buffer.from(piece.repeat(Math.max(1, Math.floor(MEGABYTE / piece.length))));
  for (let at = 0; at < megabytes; at += 1) yield chunk;
  yield Buffer.from(tail);
}

/** The ends of a nest, so that it is no torn file. */
function nestEnd(megabytes: number): string {
  return `${"</HOSO>".repeat(Math.min(megabytes, 2) * 1000)}${TAIL}`;
}

const garbage = `<HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>${"*!?~".repeat(5000)}</NOIDUNGFILE></FILEHOSO></HOSO>`;

/** The records of many made-up files in one envelope. */
function* claims(first: number, megabytes: number): Generator<Buffer> {
  yield Buffer.from(HEAD);
  let left = megabytes * MEGABYTE;
  // A person has some 50 KB of claims; whoever is made up is made up whole before the first of them comes.
  const persons = Math.min(KNOWN.persons, Math.ceil(megabytes * 40));
  for (const { kind, bytes } of generateFiles({ ...KNOWN, persons, first, claimsPerFile: 50 })) {
    if (kind !== "claims") continue;
    const records = bytes.subarray(bytes.indexOf("<HOSO>"), bytes.lastIndexOf("</HOSO>") + "</HOSO>".length);
    yield records;
    left -= records.length;
    if (left <= 0) break;
  }
  yield Buffer.from(TAIL);
}

/** One claim whose notes fill almost all that a record may hold, again and again. */
function* largeClaims(megabytes: number): Generator<Buffer> {
  const sample = readFileSync(join(projectRoot, "db", "seed", "worker-claim.xml"), "utf8");
  const record = /<HOSO>[\s\S]*<\/HOSO>/.exec(sample)?.[0] ?? "";
  const [, lines = ""] = /<LOAIHOSO>XML3<\/LOAIHOSO>\s*<NOIDUNGFILE>([^<]*)</.exec(record) ?? [];
  const table = Buffer.from(lines, "base64").toString("utf8");
  const row = /<CHI_TIET_DVKT>[\s\S]*?<\/CHI_TIET_DVKT>/.exec(table)?.[0] ?? "";
  const size = Math.min(megabytes, RECORD_MEGABYTES);
  const many = table.replace(row, () => row.repeat(Math.ceil((size * MEGABYTE * 0.74) / Buffer.byteLength(row))));
  const large = Buffer.from(record.replace(lines, () => Buffer.from(many).toString("base64")));
  yield Buffer.from(HEAD);
  for (let written = 0; written < megabytes * MEGABYTE; written += large.length) yield large;
  yield Buffer.from(TAIL);
}

const PERSON = "Người Thử Tải,15/01/1990,1,Số 1 đường Mẫu tổ dân phố Mẫu phường Mẫu thành phố Mẫu tỉnh Mẫu,";

function* people(megabytes: number): Generator<Buffer> {
  yield Buffer.from("full_name,birth,sex,address,insurance_number\n");
  const lines = Math.ceil((MEGABYTE * Math.min(1, megabytes)) / (Buffer.byteLength(PERSON) + 11));
  for (let at = 0; at < megabytes; at += 1) {
    const numbers = Array.from({ length: lines }, (_, nth) => 6_500_000_000 + at * lines + nth);
    yield Buffer.from(numbers.map((number) => `${PERSON}${number}\n`).join(""));
  }
}

/** Months of one known person after another, each line of its own unit. */
function* months(megabytes: number): Generator<Buffer> {
  yield Buffer.from("insurance_number,fund,from_month,to_month,unit_code,unit_name,title,salary\n");
  const known = knownNumbers();
  for (let at = 0; at < megabytes; at += 1) {
    const lines = Array.from({ length: MONTHS_A_MEGABYTE }, (_, nth) => {
      const all = at * MONTHS_A_MEGABYTE + nth;
      return `${known[Math.floor(all / 100) % known.length]},bhxh,01/2020,12/2020,U${all},Đơn vị Mẫu số ${all} của phường Mẫu tỉnh Mẫu,Công nhân,${5_000_000 + nth}\n`;
    });
    yield Buffer.from(lines.join(""));
  }
}

const MONTHS_A_MEGABYTE = 9000;

function knownNumbers(): string[] {
  const files = [...generateFiles(KNOWN)].filter(({ kind }) => kind === "persons");
  return files
    .flatMap(({ bytes }) => bytes.toString("utf8").trimEnd().split("\n").slice(1))
    .map((line) => line.split(",")[3] ?? "");
}

const HEADINGS = ["full_name", "birth", "sex", "insurance_number"];

/** Four and a half megabytes at the least: what a small file may grow to. */
function bomb(): Buffer[] {
  return [sheetOf(`<s>${rowOf(1, HEADINGS)}${"<!-- as good as nothing -->".repeat(200_000)}</s>`)];
}

function rowOf(at: number, cells: readonly (string | number)[]): string {
  return `<row r="${at}">${cells.map((cell) => `<c t="str"><v>${cell}</v></c>`).join("")}</row>`;
}

function sheet(rows: (megabytes: number) => string): Pick<Input, "bytes" | "unpackedMb"> {
  return {
    bytes: (most) => [sheetOf(rows(most))],
    unpackedMb: (most) => Buffer.byteLength(rows(most)) / MEGABYTE,
  };
}

function emptyRows(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => `<row r="${at + 3}" spans="1:117" ht="15"/>`);
  return `<s>${rowOf(1, HEADINGS)}${rowOf(2, ["Người Thử Tải", 1990, 1, 6_600_000_000])}${rows.join("")}</s>`;
}

function sheetRows(count: number): string {
  const rows = Array.from({ length: count }, (_, at) =>
    rowOf(at + 2, [`Người Thử ${"ABCDEFGH"[at % 8]}`, 1990, 1, 6_700_000_000 + at * 7]),
  );
  return `<s>${rowOf(1, HEADINGS)}${rows.join("")}</s>`;
}
