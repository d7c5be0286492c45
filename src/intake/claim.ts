/**
 * One HOSO → the row of a visit, or the reason why it cannot be taken. Pure: bytes in, values out.
 * The layout is told by the fields that are there (4210 or 130 and later), the rules by the last day.
 */
import { hash } from "node:crypto";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import type { SensitiveMarks } from "../sensitive/rules.ts";
import { ITEMS_VERSION, writeItems, writeRows } from "../visits/items.ts";
import { checkCodes, checkDates, checkSizes, readDeclared } from "./claim-checks.ts";
import { type Field, minuteOf, Unfit } from "./claim-fields.ts";
import { visitIdOf } from "./claim-id.ts";
import { type Lines, readLines, type Sums } from "./claim-items.ts";
import { type ClaimPerson, firstCard, readPerson } from "./claim-person.ts";
import { type Rest, readRest } from "./claim-rest.ts";
import { summary } from "./claim-summary.ts";
import { noteRow, resultRow } from "./claim-texts.ts";
import type { CodeBook } from "./code-book.ts";
import { type InnerFile, type Reject, unpackDossier } from "./dossier.ts";
import { Flags } from "./flags.ts";
import { rowsOf, UnfitTable } from "./read-rows.ts";
import type { Row } from "./scan.ts";
import { OLD_SPEC_ENDS, REST_TABLES, type SpecName, specOf, TABLES, tables } from "./spec.ts";

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
  /** XML0 and XML6–XML15, when there are any. */
  rest: Rest | undefined;
}

export type Reading =
  | { kind: "visit"; visit: Visit; person: ClaimPerson }
  /** MA_DOITUONG_KCB 8: the facility takes its request back. */
  | { kind: "recall"; visitId: string };

const RECALL = "8";
const wanted: ReadonlySet<string> = new Set([...TABLES, ...REST_TABLES]);

const oldMarks = ["T_TONGCHI", "MA_BENH", "TINH_TRANG_RV"].map((field) => tables.XML1.place(field));

/** Who sent the file. */
export interface Sender {
  /** MACSKCB of the envelope. */
  code: string;
  /** Only claims of this facility are taken: it sends with a token of its own. */
  only?: string | undefined;
}

export function readClaim(bytes: Buffer, sender: Sender, codes: CodeBook): Outcome<Reading, Reject> {
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

function assemble(files: readonly InnerFile[], bytes: Buffer, sender: Sender, codes: CodeBook): Reading {
  const flags = new Flags();
  const rows = Object.fromEntries(TABLES.map((name) => [name, rowsOf(name, files, flags)])) as Record<
    (typeof TABLES)[number],
    Row[]
  >;
  const [head, ...more] = rows.XML1;
  if (!head) throw new Unfit("no_summary", "XML1");
  if (more.length > 0) throw new Unfit("two_summaries", "XML1");
  const episodeKey = summary.MA_LK.required(head);
  const facilityCode = parseFacilityCode(summary.MA_CSKCB.required(head));
  if (!facilityCode) throw new Unfit("bad_facility", "XML1.MA_CSKCB");
  if (sender.only && sender.only !== facilityCode) throw new Unfit("other_facility", "XML1.MA_CSKCB");
  const visitId = visitIdOf(facilityCode, episodeKey);
  const isOldLayout = oldMarks.some((place) => head[place] !== undefined);
  if (!isOldLayout && summary.MA_DOITUONG_KCB.text(head) === RECALL) return { kind: "recall", visitId };

  const stay = {
    admittedAt: minute(head, summary.NGAY_VAO),
    dischargedAt: minute(head, summary.NGAY_RA),
    careType: careType(head),
  };
  const on = stay.dischargedAt.slice(0, 10);
  const spec = specOf(isOldLayout, on);
  if (isOldLayout && on >= OLD_SPEC_ENDS) flags.add("old_layout", spec);
  if (sender.code !== "" && sender.code !== facilityCode) flags.add("facility_differs", "MACSKCB");
  for (const name of TABLES) checkSizes(name, rows[name], spec, flags);
  checkDates(head, stay, flags);
  checkCodes(head, { careType: stay.careType, spec, on, codes, flags });
  const lines = readLines(rows.XML2, rows.XML3, { episodeKey, isOldLayout, on, codes, flags });
  const rest = readRest(files, { episodeKey, spec, leftOn: on, flags });
  const declared = readDeclared(head, lines.sums, isOldLayout, flags);
  const visit: Visit = {
    visitId,
    facilityCode,
    episodeKey,
    ...stay,
    ...diagnosisOf(head),
    entitlementCode: isOldLayout ? "" : summary.MA_DOITUONG_KCB.text(head),
    cardNumber: firstCard(head),
    outcome: smallCode(head, summary.KET_QUA_DTRI),
    dischargeKind: smallCode(head, summary.MA_LOAI_RV),
    sums: lines.sums,
    declared,
    itemsVersion: ITEMS_VERSION,
    items: writeItems(lines.items),
    results: writeRows(rows.XML4.map((row) => resultRow(row, episodeKey))),
    notes: writeRows(rows.XML5.map((row) => noteRow(row, episodeKey))),
    flags: flags.toText(),
    flagCount: flags.count,
    isSensitive: isSensitive(head, lines, files, codes.sensitive),
    spec,
    rawSha256: hash("sha256", bytes, "hex"),
    rest,
  };
  return { kind: "visit", visit, person: readPerson(head) };
}

function minute(head: Row, field: Field): string {
  const at = minuteOf(field.required(head));
  if (!at) throw new Unfit("bad_date", field.label);
  return at;
}

/** 4210 wrote 1, 2, 3 where later decisions write 01, 02, 03. */
function careType(head: Row): string {
  const code = summary.MA_LOAI_KCB.required(head);
  if (!/^\d{1,2}$/.test(code)) throw new Unfit("bad_code", "XML1.MA_LOAI_KCB");
  return code.padStart(2, "0");
}

function diagnosisOf(head: Row): { mainCode: string; otherCodes: string; diagnosis: string } {
  const others = summary.MA_BENH_KT.text(head).split(/[;,]/);
  return {
    mainCode: summary.MA_BENH_CHINH.required(head).toUpperCase(),
    otherCodes: others
      .map((code) => code.trim().toUpperCase())
      .filter((code) => code !== "")
      .join(";"),
    diagnosis: summary.CHAN_DOAN_RV.text(head),
  };
}

/** A one-digit code for a smallint; anything else was told by the code check and is left out. */
function smallCode(head: Row, field: Field): string {
  const code = field.text(head);
  return /^\d{1,2}$/.test(code) ? code : "";
}

function isSensitive(head: Row, lines: Lines, files: readonly InnerFile[], marks: SensitiveMarks): boolean {
  return (
    lines.isSensitive ||
    marks.hasDisease(`${summary.MA_BENH_CHINH.text(head)};${summary.MA_BENH_KT.text(head)}`) ||
    marks.isMarked("entitlement", summary.MA_DOITUONG_KCB.text(head)) ||
    marks.isMarked("accident", summary.MA_TAI_NAN.text(head)) ||
    files.some((file) => marks.isMarked("table", file.kind))
  );
}
