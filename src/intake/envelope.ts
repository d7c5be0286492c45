/**
 * Cuts an envelope (GIAMDINHHS of claims, CV 1245/BHXH-CNTT; HSCHUNGTU of benefit documents) into its HOSO while it streams by: no tree, no
 * entities, one record in memory. What stands inside a record is read elsewhere.
 */
import { FileRefused } from "./refusal.ts";
import type { RefusalCode } from "./words.ts";

export interface RawRecord {
  /** 1 for the first HOSO of the file. */
  no: number;
  line: number;
  /** From <HOSO> to </HOSO>; empty when the record is larger than the ceiling. */
  bytes: Buffer;
  isTooLarge: boolean;
}

export interface Envelope {
  facilityCode: string;
  /** SOLUONGHOSO as written, when it is a number: compared, never trusted. */
  declaredCount: number | undefined;
  /** NGAYLAP as written. */
  madeOn: string;
  records: number;
  /** An XML signature stands outside the records. */
  hasSignature: boolean;
}

/** A record larger than this is refused while it streams by. */
export const RECORD_BYTES_MAX = 16 * 1024 * 1024;
const HEAD_BYTES_MAX = 64 * 1024;
const GAP_TAG_BYTES_MAX = 256 * 1024;
const NOTHING: Buffer = Buffer.alloc(0);
const JOINT_MORE_BYTES = 1024 * 1024;
const SPARE_BYTES_MAX = 4 * 1024 * 1024;
/** One file is read while the one before is written. */
const SPARES_MAX = 2;
/** Joints of files that have ended, for the next: a night has thousands of small ones. */
const spares: Buffer[] = [];

const LT = 60;
const NEWLINE = 10;
const SIGNATURE = /^<(?:[\w.-]+:)?Signature[\s>]/;
const TAG_SEEN = 80;
const RECORD_END = Buffer.from("</HOSO");

/** Which envelope is read: its root, what other roots are told, and what is said of anything else. */
export interface EnvelopeKind {
  root: string;
  otherRoots: Readonly<Record<string, RefusalCode>>;
  notThis: RefusalCode;
}

/** Roots that people mistake for what they meant to send, told by name. */
const knownRoots: Record<string, RefusalCode> = {
  HSDLGBT: "root_documents",
  HSDLGCS: "root_documents",
  KHAMSUCKHOE: "root_health_check",
  CHI_TIEU_TRANG_THAI_KCB: "root_check_in",
  TONG_HOP: "root_inner_table",
};

export const CLAIM_ENVELOPE: EnvelopeKind = {
  root: "GIAMDINHHS",
  otherRoots: { ...knownRoots, HSCHUNGTU: "root_documents" },
  notThis: "not_a_claim",
};
export const DOCUMENT_ENVELOPE: EnvelopeKind = {
  root: "HSCHUNGTU",
  otherRoots: { ...knownRoots, GIAMDINHHS: "root_claims", HSDLGBT: "root_certificate", HSDLGCS: "root_certificate" },
  notThis: "not_a_document",
};

export class EnvelopeReader {
  readonly #kind: EnvelopeKind;
  readonly #rootEnd: string;
  #buffer = NOTHING;
  /** Where what is left of one piece and the next are put together: the same memory for a whole file. */
  #joint = NOTHING;
  #at = 0;
  #line = 1;
  #state: "prolog" | "gap" | "record" | "skip" | "closed" = "prolog";
  #head = "";
  #records = 0;
  #searchedTo = 0;
  #recordLine = 1;
  #hasSignature = false;

  constructor(kind: EnvelopeKind = CLAIM_ENVELOPE) {
    this.#kind = kind;
    this.#rootEnd = `</${kind.root}`;
  }

  /** Takes the next bytes; answers the records that are now complete. Their bytes are views, until the next push. */
  push(chunk: Uint8Array): RawRecord[] {
    const rest = this.#buffer.subarray(this.#at);
    this.#buffer = rest.length ? this.#join(rest, chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    this.#searchedTo -= this.#at;
    this.#at = 0;
    const found: RawRecord[] = [];
    while (this.#step(found));
    return found;
  }

  /** The file has ended, and with it the views. Throws when it ended before its root did. */
  end(): Envelope {
    keepJoint(this.#joint);
    this.#joint = NOTHING;
    if (this.#state === "prolog") throw new FileRefused(this.#buffer.length ? this.#kind.notThis : "empty_file");
    if (this.#state !== "closed") throw new FileRefused("truncated", this.#records);
    const count = tagOf(this.#head, "SOLUONGHOSO");
    return {
      facilityCode: this.facilityCode,
      declaredCount: count && /^\d{1,9}$/.test(count) ? Number(count) : undefined,
      madeOn: tagOf(this.#head, "NGAYLAP") ?? "",
      records: this.#records,
      hasSignature: this.#hasSignature,
    };
  }

  /** MACSKCB of the sender, as far as it has been read. */
  get facilityCode(): string {
    return tagOf(this.#head, "MACSKCB") ?? "";
  }

  #join(rest: Buffer, chunk: Uint8Array): Buffer {
    const size = rest.length + chunk.length;
    let from = rest.buffer === this.#joint.buffer ? rest.byteOffset : this.#joint.length;
    if (from + size > this.#joint.length) {
      from = 0;
      if (size > this.#joint.length) this.#joint = jointOf(size);
      this.#joint.set(rest);
    }
    this.#joint.set(chunk, from + rest.length);
    return this.#joint.subarray(from, from + size);
  }

  #step(found: RawRecord[]): boolean {
    if (this.#state === "prolog") return this.#prolog();
    if (this.#state === "gap") return this.#gap();
    if (this.#state === "closed") return this.#afterRoot();
    return this.#record(found);
  }

  /** Up to and with the root's start tag. */
  #prolog(): boolean {
    const text = this.#buffer.toString("latin1", 0, HEAD_BYTES_MAX);
    refuseOtherEncodings(this.#buffer, text);
    const prolog = /^(?:\xef\xbb\xbf)?\s*(?:<\?[^?]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*/.exec(text)?.[0] ?? "";
    const rest = text.slice(prolog.length);
    if (/^<!DOCTYPE/i.test(rest)) throw new FileRefused("doctype");
    const root = /^<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>/.exec(rest);
    if (!root) {
      if (/^<(?:$|[!?]|[A-Za-z_])/.test(rest) || rest === "") {
        if (this.#buffer.length < HEAD_BYTES_MAX) return false;
      }
      throw new FileRefused(this.#kind.notThis);
    }
    if (root[1] !== this.#kind.root) throw new FileRefused(this.#meaningOf(root[1] ?? ""));
    this.#advance(prolog.length + root[0].length);
    this.#state = "gap";
    return true;
  }

  /** Outside records: one tag, comment or section at a time. */
  #gap(): boolean {
    const from = this.#buffer.indexOf(LT, this.#at);
    if (from < 0) {
      this.#keepHead(this.#buffer.length);
      this.#advance(this.#buffer.length - this.#at);
      return false;
    }
    this.#keepHead(from);
    this.#advance(from - this.#at);
    const opening = this.#buffer.toString("latin1", from, from + 9);
    if (opening.length < 9) return false;
    if (/^<HOSO[\s>]/.test(opening)) {
      this.#state = "record";
      this.#recordLine = this.#line;
      this.#searchedTo = from;
      return true;
    }
    const section = opening.startsWith("<!--") ? "-->" : opening.startsWith("<![CDATA[") ? "]]>" : ">";
    if (opening.startsWith("<!") && section === ">") throw new FileRefused("malformed", this.#records);
    const end = this.#buffer.indexOf(section, from + 1);
    if (end < 0) {
      if (this.#buffer.length - from > GAP_TAG_BYTES_MAX) throw new FileRefused("malformed", this.#records);
      return false;
    }
    if (this.#buffer.toString("latin1", from, from + this.#rootEnd.length) === this.#rootEnd) this.#state = "closed";
    if (SIGNATURE.test(this.#buffer.toString("latin1", from, Math.min(end + 1, from + TAG_SEEN)))) {
      this.#hasSignature = true;
    }
    this.#keepHead(end + section.length);
    this.#advance(end + section.length - from);
    return true;
  }

  /** Inside a record: look for its end; CDATA and comments may hold anything. */
  #record(found: RawRecord[]): boolean {
    const end = this.#findEnd();
    if (end < 0) {
      if (this.#state === "skip") {
        this.#advance(Math.max(0, this.#buffer.length - RECORD_END.length - this.#at));
      } else if (this.#buffer.length - this.#at > RECORD_BYTES_MAX) {
        this.#records += 1;
        found.push({ no: this.#records, line: this.#recordLine, bytes: Buffer.alloc(0), isTooLarge: true });
        this.#state = "skip";
        return true;
      }
      return false;
    }
    if (this.#state === "record") {
      this.#records += 1;
      const bytes = this.#buffer.subarray(this.#at, end);
      const isTooLarge = bytes.length > RECORD_BYTES_MAX;
      found.push({
        no: this.#records,
        line: this.#recordLine,
        bytes: isTooLarge ? Buffer.alloc(0) : bytes,
        isTooLarge,
      });
    }
    this.#advance(end - this.#at);
    this.#state = "gap";
    return true;
  }

  /** Where the record that begins at #at ends, or -1. */
  #findEnd(): number {
    const from = Math.max(this.#at, this.#searchedTo);
    let tag = this.#buffer.indexOf(RECORD_END, from);
    if (tag >= 0 && this.#state === "record") tag = this.#outsideSections(tag);
    if (tag < 0) {
      this.#searchedTo = Math.max(this.#at, this.#buffer.length - RECORD_END.length);
      return -1;
    }
    const close = this.#buffer.indexOf(">", tag);
    if (close < 0) this.#searchedTo = tag;
    return close < 0 ? -1 : close + 1;
  }

  /** The first </HOSO at or after `tag` that stands in no CDATA section and no comment, or -1. */
  #outsideSections(tag: number): number {
    let at = this.#at;
    let end = tag;
    for (;;) {
      const within = this.#buffer.subarray(at, end).indexOf("<!");
      if (within < 0) return end;
      const section = at + within;
      const isComment = this.#buffer.toString("latin1", section, section + 4) === "<!--";
      const close = this.#buffer.indexOf(isComment ? "-->" : "]]>", section);
      if (close < 0) return -1;
      at = close + 3;
      if (at > end) end = this.#buffer.indexOf(RECORD_END, at);
      if (end < 0) return -1;
    }
  }

  #afterRoot(): boolean {
    const rest = this.#buffer.toString("latin1", this.#at);
    if (/[^\s\0]/.test(withoutRemarks(rest))) throw new FileRefused("malformed", this.#records);
    this.#advance(this.#buffer.length - this.#at);
    return false;
  }

  #meaningOf(root: string): RefusalCode {
    const { otherRoots, notThis } = this.#kind;
    return otherRoots[root] ?? (/^(CHI_?TIEU_|DSACH_)/.test(root) ? "root_inner_table" : notThis);
  }

  #keepHead(to: number): void {
    if (this.#head.length < HEAD_BYTES_MAX && this.#records === 0) {
      this.#head += this.#buffer.toString("latin1", this.#at, Math.min(to, this.#at + HEAD_BYTES_MAX));
    }
  }

  #advance(bytes: number): void {
    const to = this.#at + bytes;
    // Only what is passed over is searched: without line ends the rest of the buffer would be, at every tag.
    const passed = this.#buffer.subarray(this.#at, to);
    for (let at = passed.indexOf(NEWLINE); at >= 0; at = passed.indexOf(NEWLINE, at + 1)) this.#line += 1;
    this.#at = to;
  }
}

function jointOf(size: number): Buffer {
  const fits = spares.findIndex(({ length }) => length >= size);
  const [found] = fits < 0 ? [] : spares.splice(fits, 1);
  return found ?? Buffer.allocUnsafeSlow(size + Math.min(size, JOINT_MORE_BYTES));
}

function keepJoint(joint: Buffer): void {
  if (joint.length > 0 && joint.length <= SPARE_BYTES_MAX && spares.length < SPARES_MAX) spares.push(joint);
}

/** Read once from the left: an expression would look for an end anew from each beginning. One that is open stays. */
function withoutRemarks(text: string): string {
  let kept = "";
  let at = 0;
  for (;;) {
    const open = text.indexOf("<!--", at);
    const close = open < 0 ? -1 : text.indexOf("-->", open + 4);
    if (close < 0) return kept + text.slice(at);
    kept += text.slice(at, open);
    at = close + 3;
  }
}

function tagOf(text: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.trim();
}

/** Claim files are UTF-8; anything else is refused before a sign is guessed. */
function refuseOtherEncodings(bytes: Buffer, text: string): void {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || text.slice(0, 64).includes("\0")) {
    throw new FileRefused("encoding_utf16");
  }
  const declared = /^[^<]*<\?xml[^?]*encoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1];
  if (declared && !/^(utf-?8|us-ascii)$/i.test(declared)) throw new FileRefused("encoding_other");
  if (text.startsWith("PK\x03\x04")) throw new FileRefused("packed_file");
}
