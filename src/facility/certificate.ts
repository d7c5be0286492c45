/** Certificates whose signatures an operator trusts, one facility each (NĐ 188/2025 art. 69.9: files are signed). */
import { X509Certificate } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { endCertificate, trustCertificate } from "../intake/store-signature.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { parseFacilityCode } from "../kernel/numbers.ts";

const RSA_BITS_LEAST = 2048;

/** `bytes`: PEM or DER. Answers the fingerprint (SHA-256, hex). */
export async function trust(
  house: House,
  facility: string,
  bytes: Buffer,
): Promise<{ facility: string; fingerprint: string; subject: string; until: string }> {
  const facilityCode = parseFacilityCode(facility);
  if (!facilityCode) throw new Invalid([{ field: "facility", key: "facility_code" }]);
  const certificate = readCertificate(bytes);
  const fingerprint = Buffer.from(certificate.fingerprint256.replaceAll(":", ""), "hex");
  const at = house.clock.now();
  const { subject, raw, validFromDate: validFrom, validToDate: validTo } = certificate;
  await inTransaction(house.db, async (tx) => {
    await trustCertificate(tx, { facilityCode, fingerprint, subject, certificate: raw, validFrom, validTo, at });
    await note(tx, at, "facility.certificate_trusted", facilityCode, fingerprint);
  });
  return { facility: facilityCode, fingerprint: fingerprint.toString("hex"), subject, until: validTo.toISOString() };
}

export async function endTrust(house: House, facility: string, fingerprint: string): Promise<void> {
  const facilityCode = parseFacilityCode(facility);
  const print = Buffer.from(fingerprint.replaceAll(":", ""), "hex");
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if (!facilityCode || !(await endCertificate(tx, facilityCode, print, at))) throw new NotFound("certificate");
    await note(tx, at, "facility.certificate_ended", facilityCode, print);
  });
}

function readCertificate(bytes: Buffer): X509Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(bytes);
  } catch {
    throw new Invalid([{ field: "file", key: "not_a_certificate" }]);
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const isStrong = asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_LEAST;
  if (!isStrong) throw new Invalid([{ field: "file", key: "weak_key" }]);
  return certificate;
}

async function note(tx: Tx, at: Date, action: string, facility: string, fingerprint: Buffer): Promise<void> {
  const object = { kind: "certificate", id: fingerprint.toString("hex") };
  await record(tx, { at, actor: { kind: "operator" }, action, purpose: "operation", object, detail: { facility } });
}
