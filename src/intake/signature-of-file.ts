/** A signed file → what is kept of its signature: does it hold, and is its certificate trusted for the facility? */
import { hash, X509Certificate } from "node:crypto";
import type { House } from "../db/house.ts";
import type { Checked } from "./check-file.ts";
import type { SignatureFault } from "./signature.ts";
import { readSource, type Source } from "./source.ts";
import { findCertificate } from "./store-signature.ts";

export interface Signature {
  state: "none" | "valid" | "invalid" | "unknown_certificate" | "unchecked";
  reason?: SignatureFault | "not_known" | "out_of_date";
  signer?: Buffer;
  /** ISO day that was signed along. */
  signedOn?: string | undefined;
}

/** Facilities send one claim a file; a larger one would need all of it in memory as a tree. */
const CHECKED_BYTES_MAX = 16 * 1024 * 1024;

export async function signatureOf(
  house: House,
  source: Source,
  check: (file: Uint8Array) => Promise<Checked>,
): Promise<Signature> {
  const bytes = await wholeOf(source);
  if (!bytes) return { state: "unchecked", reason: "too_large" };
  const checked = await check(bytes);
  if (!checked.ok) {
    return { state: checked.faults === "too_large" ? "unchecked" : "invalid", reason: checked.faults };
  }
  const { certificate, facilityCode, madeOn } = checked.value;
  const signer = hash("sha256", certificate, "buffer");
  const told = { signer, signedOn: madeOn };
  const trusted = await findCertificate(house.db, facilityCode, signer);
  if (!trusted) return { state: "unknown_certificate", reason: "not_known", ...told };
  return isInForce(certificate, madeOn ?? house.clock.now().toISOString().slice(0, 10))
    ? { state: "valid", ...told }
    : { state: "unknown_certificate", reason: "out_of_date", ...told };
}

function isInForce(certificate: Uint8Array, on: string): boolean {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  return validFromDate.toISOString().slice(0, 10) <= on && on <= validToDate.toISOString().slice(0, 10);
}

async function wholeOf(source: Source): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readSource(source)) {
    size += chunk.length;
    if (size > CHECKED_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
