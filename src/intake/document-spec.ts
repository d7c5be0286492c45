/** The benefit documents of HSCHUNGTU (TT 25/2025/TT-BYT): their kinds, roots and fields are rows of db/reference. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { projectRoot } from "../db/root.ts";
import type { Shape } from "./scan.ts";

type Line = Record<string, string>;

function readReference(file: string): Line[] {
  return parse(readFileSync(join(projectRoot, "db", "reference", file)), { columns: true }) as Line[];
}

/** Spellings that senders use beside those of the annex. */
const ALSO = ["TENBENHNICD10", "MA_DANTOC", "MA_DAN_TOC", "BENHICD10_ID", "BENH_ICD10_ID", "BENH_ICD10_MA"];

function shapeOf({ document = "", root = "" }: Line, fields: readonly Line[]): [string, Shape] {
  const own = fields.filter((line) => line.document === document).map(({ field = "" }) => field);
  const places = new Map([...new Set([...own, ...ALSO])].map((field, place) => [field, place]));
  return [document, { containers: [], row: root, places, width: places.size }];
}

/** What LOAIHOSO may say at all. */
export const KINDS = /^[A-Z][A-Z0-9]{1,39}$/;

const fields = readReference("document-fields.csv");

/** LOAIHOSO → how its inner file is read. */
export const documentShapes: ReadonlyMap<string, Shape> = new Map(
  readReference("document-kinds.csv").map((line) => shapeOf(line, fields)),
);
