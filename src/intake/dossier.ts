/** One HOSO → its inner files: base64 or plain, in any case of LOAIHOSO (data standards §1.2). */
import { isUtf8 } from "node:buffer";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import type { RejectCode } from "./words.ts";

export class InnerFile {
  /** XML1 … XML15 of a claim, CT03 … of documents; upper case. */
  readonly kind: string;
  /** UTF-8, looked through; none of a file that is not wanted. */
  readonly bytes: Buffer;

  constructor(kind: string, bytes: Buffer) {
    this.kind = kind;
    this.bytes = bytes;
  }

  get text(): string {
    return this.bytes.toString("utf8");
  }
}

/** Where a record cannot be taken, and why. Never the value. */
export interface Reject {
  code: RejectCode;
  field: string;
  line?: number;
}

type Answer = Outcome<InnerFile[], Reject>;

const FILE = Buffer.from("<FILEHOSO>");
const FILE_END = Buffer.from("</FILEHOSO>");
const KIND = Buffer.from("<LOAIHOSO>");
const KIND_END = Buffer.from("</LOAIHOSO>");
const CONTENT = Buffer.from("<NOIDUNGFILE>");
const CONTENT_END = Buffer.from("</NOIDUNGFILE>");
const NOTHING = Buffer.alloc(0);
const SECTION = Buffer.from("<![CDATA[");
const ESCAPED = Buffer.from("&lt;");
const EMPTY_CONTENT = /<NOIDUNGFILE\s*\/>/;
const LT = 60;
const FILES_MAX = 64;

export const CLAIM_TABLES = /^XML\d{1,2}$/;

/** `wanted`: the kinds that are decoded; of the others only the name is kept. `kinds`: what may be there at all. */
export function unpackDossier(bytes: Buffer, wanted: ReadonlySet<string>, kinds = CLAIM_TABLES): Answer {
  const files: InnerFile[] = [];
  let at = 0;
  for (;;) {
    const start = startsWith(bytes, at, FILE) ? at : bytes.indexOf(FILE, at);
    if (start < 0) break;
    if (files.length === FILES_MAX) return reject("too_many_files", "FILEHOSO");
    const usual = usualFile(bytes, start);
    const kind = usual?.kind ?? between(bytes, KIND, KIND_END, start)?.toString("latin1").trim().toUpperCase();
    if (!kind || !kinds.test(kind)) return reject("bad_file_kind", "LOAIHOSO");
    const open = usual?.open ?? bytes.indexOf(CONTENT, start);
    const close = usual?.close ?? contentEnd(bytes, open);
    const end = usual?.end ?? bytes.indexOf(FILE_END, start);
    if (end < 0) return reject("malformed_record", "FILEHOSO");
    if (open < 0 || open > end || close < 0) {
      if (!EMPTY_CONTENT.test(bytes.toString("latin1", start, end))) return reject("malformed_record", "NOIDUNGFILE");
      at = end + FILE_END.length;
      continue;
    }
    const content = bytes.subarray(open + CONTENT.length, close);
    const decoded = wanted.has(kind) ? decode(content) : good(NOTHING);
    if (!decoded.ok) return reject(decoded.faults, kind);
    files.push(new InnerFile(kind, decoded.value));
    at = usual ? end + FILE_END.length : close + CONTENT_END.length;
  }
  return files.length ? good(files) : reject("no_files", "FILEHOSO");
}

/** Places of a file that is written as they mostly are: its name, its content without any tag, and nothing between. */
function usualFile(
  bytes: Buffer,
  start: number,
): { kind: string; open: number; close: number; end: number } | undefined {
  const name = start + FILE.length + KIND.length;
  if (!startsWith(bytes, start + FILE.length, KIND)) return undefined;
  const nameEnd = bytes.indexOf(LT, name);
  const open = nameEnd + KIND_END.length;
  if (!startsWith(bytes, nameEnd, KIND_END) || !startsWith(bytes, open, CONTENT)) return undefined;
  const close = bytes.indexOf(LT, open + CONTENT.length);
  const end = close + CONTENT_END.length;
  if (!startsWith(bytes, close, CONTENT_END) || !startsWith(bytes, end, FILE_END)) return undefined;
  return { kind: bytes.toString("latin1", name, nameEnd).trim().toUpperCase(), open, close, end };
}

/** Where the content that opens at `open` ends: CDATA may hold the closing tag as text. */
function contentEnd(bytes: Buffer, open: number): number {
  if (open < 0) return -1;
  const close = bytes.indexOf(CONTENT_END, open);
  // Base64 has no other tag, and so no section.
  if (close >= 0 && bytes.indexOf(LT, open + CONTENT.length) === close) return close;
  const section = close < 0 ? -1 : bytes.subarray(open, close).lastIndexOf(SECTION);
  if (section < 0) return close;
  const end = bytes.indexOf("]]>", open + section);
  return end < close ? close : bytes.indexOf(CONTENT_END, end);
}

/** Base64, or the XML itself (as elements, escaped, or in CDATA) → UTF-8. */
function decode(content: Buffer): Outcome<Buffer, RejectCode> {
  let from = 0;
  while (from < content.length && isBlank(content[from] ?? 0)) from += 1;
  const isEscaped = startsWith(content, from, ESCAPED);
  if (content[from] === LT || isEscaped) return plain(content.subarray(from), isEscaped);
  const text = content.toString("latin1", from);
  const bytes = Buffer.from(text, "base64");
  // Node passes over signs that are not base64: then fewer bytes come out than went in.
  if (bytes.length !== decodedLength(text) && bytes.length !== decodedLength(text.replace(/\s+/g, ""))) {
    return bad("bad_base64");
  }
  return asText(bytes);
}

function plain(content: Buffer, isEscaped: boolean): Outcome<Buffer, RejectCode> {
  const checked = asText(content);
  if (!checked.ok || (!isEscaped && !startsWith(content, 0, SECTION))) return checked;
  const text = content.toString("utf8");
  const section = /^<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(text)?.[1];
  if (section === undefined) return isEscaped ? good(Buffer.from(unescaped(text))) : checked;
  return section.trimStart().startsWith("<") ? good(Buffer.from(section)) : decode(Buffer.from(section));
}

function asText(bytes: Buffer): Outcome<Buffer, RejectCode> {
  if (bytes.length === 0) return bad("empty_table");
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return bad("not_utf8");
  return isUtf8(bytes) ? good(bytes) : bad("not_utf8");
}

/** Bytes that so many signs of well-formed base64 give. */
function decodedLength(signs: string): number {
  const padding = signs.endsWith("==") ? 2 : signs.endsWith("=") ? 1 : 0;
  return Math.floor(((signs.length - padding) * 3) / 4);
}

function startsWith(bytes: Buffer, at: number, start: Buffer): boolean {
  for (let nth = 0; nth < start.length; nth += 1) if (bytes[at + nth] !== start[nth]) return false;
  return true;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}

function between(bytes: Buffer, open: Buffer, close: Buffer, from: number): Buffer | undefined {
  const start = bytes.indexOf(open, from);
  const end = start < 0 ? -1 : bytes.indexOf(close, start);
  return end < 0 ? undefined : bytes.subarray(start + open.length, end);
}

function isBlank(sign: number): boolean {
  return sign === 32 || sign === 9 || sign === 10 || sign === 13;
}

function reject(code: RejectCode, field: string): Answer {
  return bad({ code, field });
}
