/**
 * One HOSO → the row of a visit, or the reason why it cannot be taken. Pure: bytes in, values out.
 * The layout is told by the fields that are there (4210 or 130 and later), the rules by the last day.
 */
import { hash } from "node:crypto";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import { ITEMS_VERSION, writeItems } from "../visits/items.ts";
import { checkCodes, checkDates, checkSizes, readDeclared } from "./claim-checks.ts";
import { Fields, minuteOf, Unfit } from "./claim-fields.ts";
import { type Lines, readLines, type Sums } from "./claim-items.ts";
import { type ClaimPerson, firstCard, readPerson } from "./claim-person.ts";
import { noteRow, resultRow } from "./claim-texts.ts";
import { type InnerFile, type Reject, unpackDossier } from "./dossier.ts";
import { Flags } from "./flags.ts";
import type { CodeBook } from "./rules-code-book.ts";
import { type Row, scanFlat, type TableRows } from "./scan.ts";
import { hasSensitiveDisease, isSensitiveMark } from "./sensitive.ts";
import { OLD_SPEC_ENDS, type SpecName, specOf, TABLES, type TableName, tables } from "./spec.ts";
import { readStrict } from "./strict.ts";

export interface Visit {
  visitId: string;
  facilityCode: string;
  episodeKey: string;
  admittedAt: string;
  dischargedAt: string;
  careType: string;
  entitlementCode: string;
  cardNumber: string;
  mainCode: string;
  otherCodes: string;
  diagnosis: string;
  outcome: string;
  dischargeKind: string;
  sums: Sums;
  declared: string;
  itemsVersion: number;
  items: string;
  results: string;
  notes: string;
  flags: string;
  flagCount: number;
  isSensitive: boolean;
  spec: SpecName;
  rawSha256: string;
}

export type Reading =
  | { kind: "visit"; visit: Visit; person: ClaimPerson }
  /** MA_DOITUONG_KCB 8: the facility takes its request back. */
  | { kind: "recall"; visitId: string };

const RECALL = "8";
const wanted: ReadonlySet<string> = new Set(TABLES);

const summary = new Fields("XML1", [
  "MA_LK", "HO_TEN", "SO_CCCD", "NGAY_SINH", "GIOI_TINH", "MA_CSKCB", "NGAY_VAO", "NGAY_RA", "NGAY_VAO_NOI_TRU",
  "NGAY_TAI_KHAM", "SO_NGAY_DTRI", "MA_LOAI_KCB", "KET_QUA_DTRI", "MA_TAI_NAN", "MA_KHUVUC", "T_THUOC", "T_VTYT",
  "T_TONGCHI_BV", "T_BHTT", "T_BNCCT", "T_BNTT", "T_NGUONKHAC", "T_BHTT_GDV",
  ["T_TONGCHI_BH", "T_TONGCHI"], ["MA_THE_BHYT", "MA_THE"], ["CHAN_DOAN_RV", "TEN_BENH"],
  ["MA_BENH_CHINH", "MA_BENH"], ["MA_BENH_KT", "MA_BENHKHAC"], ["MA_DOITUONG_KCB", "MA_LYDO_VVIEN"],
  ["MA_LOAI_RV", "TINH_TRANG_RV"],
]); // biome-ignore format: a table
const oldMarks = ["T_TONGCHI", "MA_BENH", "TINH_TRANG_RV"].map((field) => tables.XML1.place(field));

/** `sender`: MACSKCB of the envelope. */
export function readClaim(bytes: Buffer, sender: string, codes: CodeBook): Outcome<Reading, Reject> {
  const files = unpackDossier(bytes, wanted);
  if (!files.ok) return files;
  try {
    return good(assemble(files.value, bytes, sender, codes));
  } catch (error) {
    if (error instanceof Unfit) return bad(error.reject);
    if (error instanceof UnfitTable) return bad(error.reject);
    throw error;
  }
}

class UnfitTable extends Error {
  readonly reject: Reject;
  constructor(reject: Reject) {
    super(reject.code);
    this.reject = reject;
  }
}

function assemble(files: readonly InnerFile[], bytes: Buffer, sender: string, codes: CodeBook): Reading {
  const flags = new Flags();
  const rows = Object.fromEntries(TABLES.map((name) => [name, rowsOf(name, files, flags)])) as Record<TableName, Row[]>;
  const [head, ...more] = rows.XML1;
  if (!head) throw new Unfit("no_summary", "XML1");
  if (more.length > 0) throw new Unfit("two_summaries", "XML1");
  const episodeKey = summary.required(head, "MA_LK");
  const facilityCode = parseFacilityCode(summary.required(head, "MA_CSKCB"));
  if (!facilityCode) throw new Unfit("bad_facility", "XML1.MA_CSKCB");
  const visitId = visitIdOf(facilityCode, episodeKey);
  const isOldLayout = oldMarks.some((place) => head[place] !== undefined);
  if (!isOldLayout && summary.text(head, "MA_DOITUONG_KCB") === RECALL) return { kind: "recall", visitId };

  const stay = {
    admittedAt: minute(head, "NGAY_VAO"),
    dischargedAt: minute(head, "NGAY_RA"),
    careType: careType(head),
  };
  const on = stay.dischargedAt.slice(0, 10);
  const spec = specOf(isOldLayout, on);
  if (isOldLayout && on >= OLD_SPEC_ENDS) flags.add("old_layout", spec);
  if (sender !== "" && sender !== facilityCode) flags.add("facility_differs", "MACSKCB");
  for (const name of TABLES) checkSizes(name, rows[name], spec, flags);
  checkDates(head, summary, stay, flags);
  checkCodes(head, summary, { careType: stay.careType, spec, on, codes, flags });
  const lines = readLines(rows.XML2, rows.XML3, { episodeKey, isOldLayout, on, codes, flags });
  const declared = readDeclared(head, summary, lines.sums, isOldLayout, flags);
  const visit: Visit = {
    visitId,
    facilityCode,
    episodeKey,
    ...stay,
    ...diagnosisOf(head),
    entitlementCode: isOldLayout ? "" : summary.text(head, "MA_DOITUONG_KCB"),
    cardNumber: firstCard(head, summary),
    outcome: smallCode(head, "KET_QUA_DTRI"),
    dischargeKind: smallCode(head, "MA_LOAI_RV"),
    sums: lines.sums,
    declared,
    itemsVersion: ITEMS_VERSION,
    items: writeItems(lines.items),
    results: JSON.stringify(rows.XML4.map((row) => resultRow(row, episodeKey))),
    notes: JSON.stringify(rows.XML5.map((row) => noteRow(row, episodeKey))),
    flags: flags.toText(),
    flagCount: flags.count,
    isSensitive: isSensitive(head, lines, files),
    spec,
    rawSha256: hash("sha256", bytes, "hex"),
  };
  return { kind: "visit", visit, person: readPerson(head, summary) };
}

/** All rows of one table: flat and quick, or strictly where it is not flat. */
function rowsOf(name: TableName, files: readonly InnerFile[], flags: Flags): Row[] {
  const { shape } = tables[name];
  return files
    .filter((file) => file.kind === name)
    .flatMap((file) => {
      const table = scanFlat(file.text, shape) ?? strictly(file.text, name);
      for (const field of table.unknown.slice(0, 5)) flags.add("unknown_field", `${name}.${field.slice(0, 40)}`);
      return table.rows;
    });
}

function strictly(text: string, name: TableName): TableRows {
  const table = readStrict(text, tables[name].shape);
  if (table.ok) return table.value;
  const { code, field, line } = table.faults;
  throw new UnfitTable({ code, field: field && field !== name ? `${name}.${field}` : name, line });
}

/** First 128 bits of SHA-256 of facility and episode key: the same claim, sent again, is the same row. */
export function visitIdOf(facilityCode: string, episodeKey: string): string {
  const hex = hash("sha256", `${facilityCode}|${episodeKey}`, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function minute(head: Row, field: string): string {
  const at = minuteOf(summary.required(head, field));
  if (!at) throw new Unfit("bad_date", summary.label(field));
  return at;
}

/** 4210 wrote 1, 2, 3 where later decisions write 01, 02, 03. */
function careType(head: Row): string {
  const code = summary.required(head, "MA_LOAI_KCB");
  if (!/^\d{1,2}$/.test(code)) throw new Unfit("bad_code", "XML1.MA_LOAI_KCB");
  return code.padStart(2, "0");
}

function diagnosisOf(head: Row): { mainCode: string; otherCodes: string; diagnosis: string } {
  const others = summary.text(head, "MA_BENH_KT").split(/[;,]/);
  return {
    mainCode: summary.required(head, "MA_BENH_CHINH").toUpperCase(),
    otherCodes: others
      .map((code) => code.trim().toUpperCase())
      .filter((code) => code !== "")
      .join(";"),
    diagnosis: summary.text(head, "CHAN_DOAN_RV"),
  };
}

/** A one-digit code for a smallint; anything else was told by the code check and is left out. */
function smallCode(head: Row, field: string): string {
  const code = summary.text(head, field);
  return /^\d{1,2}$/.test(code) ? code : "";
}

function isSensitive(head: Row, lines: Lines, files: readonly InnerFile[]): boolean {
  return (
    lines.isSensitive ||
    hasSensitiveDisease(`${summary.text(head, "MA_BENH_CHINH")};${summary.text(head, "MA_BENH_KT")}`) ||
    isSensitiveMark("entitlement", summary.text(head, "MA_DOITUONG_KCB")) ||
    isSensitiveMark("accident", summary.text(head, "MA_TAI_NAN")) ||
    files.some((file) => isSensitiveMark("table", file.kind))
  );
}
