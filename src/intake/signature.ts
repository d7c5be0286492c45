/**
 * The signature of a file of claims or benefit documents (CHUKYDONVI, XML-DSig): does it hold, and does it cover all that the import reads?
 * What was signed is read by the same reader as the file, and must say the same: nothing can be wrapped around it.
 */
import { hash, X509Certificate } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import { dayOf } from "./claim-fields.ts";
import { documentShapes, KINDS } from "./document-spec.ts";
import { CLAIM_TABLES, type InnerFile, unpackDossier } from "./dossier.ts";
import { CLAIM_ENVELOPE, DOCUMENT_ENVELOPE, type EnvelopeKind, EnvelopeReader } from "./envelope.ts";

export interface Signed {
  /** DER of the certificate that the file brings along. */
  certificate: Uint8Array;
  /** MACSKCB and NGAYLAP (ISO, if it is a day) as they were signed. */
  facilityCode: string;
  madeOn: string | undefined;
}

export type SignatureFault =
  | "broken"
  /** Too much for a tree in memory: not checked. */
  | "too_large"
  | "not_one"
  | "algorithm"
  | "no_certificate"
  | "changed"
  | "not_covering"
  | "not_what_is_read";

const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
const C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_BITS_LEAST = 2048;
const REFERENCES_MAX = 4;
const DEPTH_MAX = 30;
const TAGS_MAX = 300_000;
const DSIG = "http://www.w3.org/2000/09/xmldsig#";

/** What a file is said to hold: how it is read, on both sides of the comparison. */
export type SignedKind = "claims" | "documents";

interface Reading {
  envelope: EnvelopeKind;
  wanted: ReadonlySet<string>;
  kinds: RegExp;
}

const readings: Readonly<Record<SignedKind, Reading>> = {
  claims: {
    envelope: CLAIM_ENVELOPE,
    wanted: new Set(Array.from({ length: 16 }, (_, at) => `XML${at}`)),
    kinds: CLAIM_TABLES,
  },
  documents: { envelope: DOCUMENT_ENVELOPE, wanted: new Set(documentShapes.keys()), kinds: KINDS },
};

/** `bytes`: the whole file. */
export function checkSignature(bytes: Buffer, kind: SignedKind = "claims"): Outcome<Signed, SignatureFault> {
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const { tags, depth } = measure(text);
  if (tags > TAGS_MAX) return bad("too_large");
  if (depth > DEPTH_MAX) return bad("broken");
  try {
    return judge(text, readings[kind]);
  } catch {
    // The parser of documents, not ours, throws in many ways on what is not well formed.
    return bad("broken");
  }
}

function judge(text: string, reading: Reading): Outcome<Signed, SignatureFault> {
  const signatures = parse(text).getElementsByTagNameNS(DSIG, "Signature");
  const [signature] = [signatures.item(0)];
  if (signatures.length !== 1 || !signature || signature.parentNode?.nodeName !== "CHUKYDONVI") return bad("not_one");
  let pem: string | null = null;
  const checker = new SignedXml({
    getCertFromKeyInfo: (info) => {
      pem = SignedXml.getCertFromKeyInfo(info);
      return pem;
    },
  });
  narrow(checker);
  checker.loadSignature(signature as unknown as Node);
  if (signature.getElementsByTagNameNS(DSIG, "Reference").length > REFERENCES_MAX) return bad("not_covering");
  if (!usesKnownAlgorithms(signature)) return bad("algorithm");
  if (signature.getElementsByTagNameNS(DSIG, "X509Certificate").length === 0) return bad("no_certificate");
  if (!holds(checker)(text)) return bad("changed");
  const certificate = pem === null ? undefined : new X509Certificate(pem);
  if (!certificate) return bad("no_certificate");
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== "rsa" || (asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS_LEAST) {
    return bad("algorithm");
  }
  const view = assemble(checker.getSignedReferences(), reading);
  if (view === undefined) return bad("not_covering");
  const [signed, read] = [view, text].map((part) => whatIsRead(Buffer.from(part), reading));
  if (!signed || !read) return bad("not_covering");
  if (signed.digest !== read.digest) return bad("not_what_is_read");
  return good({
    certificate: new Uint8Array(certificate.raw),
    facilityCode: signed.facilityCode,
    madeOn: signed.madeOn,
  });
}

/** How large and how deep the tree would be; looked at before there is one. */
function measure(text: string): { tags: number; depth: number } {
  let tags = 0;
  let open = 0;
  let depth = 0;
  for (let at = text.indexOf("<"); at >= 0 && tags <= TAGS_MAX; at = text.indexOf("<", at + 1)) {
    tags += 1;
    const next = text[at + 1];
    if (next === "!" || next === "?") continue;
    const end = text.indexOf(">", at);
    if (next === "/") open -= 1;
    else if (text[end - 1] !== "/") open += 1;
    depth = Math.max(depth, open);
  }
  return { tags, depth };
}

function parse(text: string) {
  const fail = (message: string) => {
    throw new Error(message);
  };
  return new DOMParser({ errorHandler: { warning: fail, error: fail, fatalError: fail } }).parseFromString(
    text,
    "text/xml",
  );
}

/** Neither SHA-1 nor keyed hashes nor comments. */
function narrow(checker: SignedXml): void {
  const only = <T extends object>(all: T, names: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) as T;
  checker.HashAlgorithms = only(checker.HashAlgorithms, [SHA256, SHA512]);
  checker.SignatureAlgorithms = only(checker.SignatureAlgorithms, [RSA_SHA256, RSA_SHA512]);
  checker.CanonicalizationAlgorithms = only(checker.CanonicalizationAlgorithms, [C14N, EXC_C14N, ENVELOPED]);
}

function usesKnownAlgorithms(signature: Element): boolean {
  const named = (element: string) => {
    const found = signature.getElementsByTagNameNS(DSIG, element);
    return Array.from({ length: found.length }, (_, at) => found.item(at)?.getAttribute("Algorithm") ?? "");
  };
  return (
    named("DigestMethod").every((name) => name === SHA256 || name === SHA512) &&
    named("SignatureMethod").every((name) => name === RSA_SHA256 || name === RSA_SHA512) &&
    [...named("CanonicalizationMethod"), ...named("Transform")].every((name) =>
      [C14N, EXC_C14N, ENVELOPED].includes(name),
    )
  );
}

/** The library says no by false or by throwing, as the case may be. */
const holds = (checker: SignedXml) => (text: string) => {
  try {
    return checker.checkSignature(text);
  } catch {
    return false;
  }
};

/** Signed parts → an envelope of nothing else, or undefined when sender and records are not both among them. */
function assemble(parts: readonly string[], { envelope: { root } }: Reading): string | undefined {
  const rootOf = (part: string) => /^<([\w.-]+)/.exec(part)?.[1];
  const whole = parts.find((part) => rootOf(part) === root);
  if (whole) return whole;
  const [sender, records] = ["THONGTINDONVI", "THONGTINHOSO"].map((name) =>
    parts.find((part) => rootOf(part) === name),
  );
  return sender && records ? `<${root}>${sender}${records}</${root}>` : undefined;
}

/** What the import would read of these bytes, in one hash. */
function whatIsRead(
  bytes: Buffer,
  { envelope, wanted, kinds }: Reading,
): { digest: string; facilityCode: string; madeOn: string | undefined } {
  const cutter = new EnvelopeReader(envelope);
  const lines: string[] = [];
  for (const { bytes: record, isTooLarge } of cutter.push(bytes)) {
    const files = isTooLarge ? undefined : unpackDossier(record, wanted, kinds);
    const show = (some: readonly InnerFile[]) => JSON.stringify(some.map(({ kind, text }) => [kind, text]));
    lines.push(files?.ok ? show(files.value) : `unread ${files?.faults.code}`);
  }
  const { facilityCode, records, madeOn } = cutter.end();
  const digest = hash("sha256", [facilityCode, records, madeOn, ...lines].join("\n"), "hex");
  return { digest, facilityCode, madeOn: dayOf(madeOn) };
}
