/**
 * One HOSO of HSCHUNGTU → its benefit documents, or the reason why it cannot be taken. Pure. Field names differ
 * between the documents: each is tried, and all are kept as they were written.
 */
import { hash } from "node:crypto";
import { foldName } from "../kernel/names.ts";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import type { SensitiveMarks } from "../sensitive/rules.ts";
import { dayOf, Unfit } from "./claim-fields.ts";
import { birthYear, type ClaimPerson, cardKeys, type PersonKey, paperKeys, unique } from "./claim-person.ts";
import { documentShapes, KINDS } from "./document-spec.ts";
import { type InnerFile, type Reject, unpackDossier } from "./dossier.ts";
import { type Shape, scanFlat } from "./scan.ts";
import { readStrict } from "./strict.ts";

export interface BenefitDocument {
  documentId: string;
  kind: string;
  facilityCode: string;
  serial: string | null;
  /** ISO days. */
  issuedOn: string | null;
  fromOn: string | null;
  toOn: string | null;
  diagnosis: string | null;
  diseaseCode: string | null;
  unitName: string | null;
  fields: string;
  isSensitive: boolean;
  rawSha256: string;
}

export interface ReadDocument {
  document: BenefitDocument;
  person: ClaimPerson;
}

const wanted: ReadonlySet<string> = new Set(documentShapes.keys());

/** `sender`: MACSKCB of the envelope. A HOSO may hold several documents; one that cannot be read rejects it whole. */
export function readDocuments(bytes: Buffer, sender: string, marks: SensitiveMarks): Outcome<ReadDocument[], Reject> {
  const files = unpackDossier(bytes, wanted, KINDS);
  if (!files.ok) return files;
  try {
    const known = files.value.filter(({ kind }) => wanted.has(kind));
    if (known.length === 0) throw new Unfit("no_document", "LOAIHOSO");
    return good(known.map((file) => readOne(file, sender, marks)));
  } catch (error) {
    if (error instanceof Unfit) return bad(error.reject);
    throw error;
  }
}

function readOne(file: InnerFile, sender: string, marks: SensitiveMarks): ReadDocument {
  const { kind, bytes } = file;
  const shape = documentShapes.get(kind);
  if (!shape) throw new Unfit("bad_file_kind", "LOAIHOSO");
  const values = valuesOf(file, shape);
  const say = (...names: string[]) => names.map((name) => values.get(name) ?? "").find(Boolean) ?? "";
  const facilityCode = parseFacilityCode(sender);
  if (!facilityCode) throw new Unfit("bad_facility", "MACSKCB");
  const day = (...names: string[]) => dayIn(kind, names, values);
  const serial = say("SO_SERI", "MA_CT", "MA_YTE", "SO_LUU_TRU") || null;
  const fields = JSON.stringify(Object.fromEntries(values));
  const diseaseCode = say("BENHICD10_ID", "BENH_ICD10_ID", "BENH_ICD10_MA").toUpperCase() || null;
  const [fromOn, toOn] = [day("TU_NGAY", "NGAY_VAO"), day("DEN_NGAY", "NGAY_RA")];
  if (fromOn && toOn && toOn < fromOn) throw new Unfit("bad_period", `${kind}.DEN_NGAY`);
  return {
    person: personOf(kind, say),
    document: {
      documentId: idOf(`${facilityCode}|${kind}|${serial ?? fields}`),
      kind,
      facilityCode,
      serial,
      issuedOn: day("NGAY_CHUNG_TU", "NGAY_CT"),
      fromOn,
      toOn,
      diagnosis: say("CHANDOAN_DIEUTRI", "CHAN_DOAN_RA", "CHAN_DOAN", "TENBENHICD10", "BENH_ICD10_TEN") || null,
      diseaseCode,
      unitName: say("DON_VI", "TEN_DONVI", "TEN_DVI") || null,
      fields,
      isSensitive: diseaseCode !== null && marks.hasDisease(diseaseCode),
      rawSha256: hash("sha256", bytes, "hex"),
    },
  };
}

/** The fields that were filled in, by their name in the file. */
function valuesOf(file: InnerFile, shape: Shape): Map<string, string> {
  const { kind, bytes } = file;
  const table = scanFlat(bytes, shape) ?? strictly(file.text, kind, shape);
  const [row, ...more] = table.rows;
  if (!row || more.length > 0) throw new Unfit("no_document", kind);
  const values = new Map<string, string>();
  for (const [name, place] of shape.places) {
    const value = row[place]?.trim();
    if (value) values.set(name, value);
  }
  return values;
}

function strictly(text: string, kind: string, shape: Shape) {
  const table = readStrict(text, shape);
  if (table.ok) return table.value;
  throw new Unfit(table.faults.code, table.faults.field ? `${kind}.${table.faults.field}` : kind);
}

function personOf(kind: string, say: (...names: string[]) => string): ClaimPerson {
  const insured = say("MA_BHXH").replace(/[\s.-]/g, "");
  const keys: PersonKey[] = [
    ...paperKeys(say("SO_CCCD")),
    ...(/^\d{10}$/.test(insured) ? [{ kind: "bhxh" as const, key: insured }] : paperKeys(insured)),
    ...cardKeys(say("MA_THE")),
  ];
  if (keys.length === 0) throw new Unfit("no_person_number", `${kind}.MA_BHXH`);
  const name = say("HO_TEN");
  if (!name) throw new Unfit("missing_field", `${kind}.HO_TEN`);
  const birth = say("NGAY_SINH").replaceAll(/\D/g, (sign) => (sign === "/" ? "/" : ""));
  return {
    keys: unique(keys),
    foldedName: foldName(name),
    birthYear: birthYear(birth.split("/").at(-1) ?? "", `${kind}.NGAY_SINH`),
  };
}

/** yyyyMMdd with or without a time, or dd/MM/yyyy; nothing when the field is empty. */
function dayIn(kind: string, names: readonly string[], values: ReadonlyMap<string, string>): string | null {
  const name = names.find((one) => values.has(one));
  if (!name) return null;
  const text = values.get(name) ?? "";
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text) ?? [];
  const digits = year ? `${year}${month.padStart(2, "0")}${day.padStart(2, "0")}` : text.slice(0, 8);
  const found = /^\d{8}(\d{4}|\d{6})?$/.test(year ? digits : text) ? dayOf(digits) : undefined;
  if (!found) throw new Unfit("bad_date", `${kind}.${name}`);
  return found;
}

function idOf(text: string): string {
  const hex = hash("sha256", text, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
