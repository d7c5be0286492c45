/**
 * Three envelopes look alike and mean other things: which importer takes a file is told by its root, never by
 * LOAIHOSO. What is neither claims nor benefit documents goes to the claim importer, which refuses it by its name.
 */
import { createReadStream } from "node:fs";
import type { House } from "../db/house.ts";
import { type ClaimOptions, importClaims } from "./import-claims.ts";
import { importDocuments } from "./import-documents.ts";
import type { ImportResult } from "./import-file.ts";
import type { Source } from "./source.ts";

const HEAD_BYTES = 64 * 1024;
const ROOT = /^(?:\xef\xbb\xbf)?\s*(?:<\?[^?]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<([A-Za-z_][\w.:-]*)/;

export async function importByRoot(house: House, source: Source, options: ClaimOptions = {}): Promise<ImportResult> {
  const root = await rootOf(source);
  return root === "HSCHUNGTU" ? importDocuments(house, source, options) : importClaims(house, source, options);
}

/** Undefined where no element begins. */
export async function rootOf(source: Source): Promise<string | undefined> {
  return ROOT.exec(await headOf(source))?.[1];
}

async function headOf(source: Source): Promise<string> {
  if ("bytes" in source) return Buffer.from(source.bytes.subarray(0, HEAD_BYTES)).toString("latin1");
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(source.path, { end: HEAD_BYTES - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("latin1");
}
