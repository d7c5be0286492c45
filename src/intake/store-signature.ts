/** Signatures of claim files, and the certificates that an operator trusts. */
import type { Db } from "../db/house.ts";

/** What was found of the signature of a file; `state` is null for files that came before signatures were checked. */
export async function findSignature(db: Db, fileId: string) {
  return db
    .selectFrom("source_file")
    .select(["signature as state", "signature_reason as reason", "facility_code as facilityCode"])
    .where("file_id", "=", fileId)
    .executeTakeFirst();
}

/** Trusted now for this facility? */
export async function findCertificate(db: Db, facilityCode: string, fingerprint: Buffer) {
  return db
    .selectFrom("facility_certificate")
    .select("subject")
    .where("facility_code", "=", facilityCode)
    .where("fingerprint", "=", fingerprint)
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

export interface NewCertificate {
  facilityCode: string;
  fingerprint: Buffer;
  subject: string;
  certificate: Buffer;
  validFrom: Date;
  validTo: Date;
  at: Date;
}

/** Trusts a certificate, or trusts it again. Files whose signature held and lacked only this are valid from now on. */
export async function trustCertificate(tx: Db, one: NewCertificate): Promise<void> {
  await tx
    .insertInto("facility_certificate")
    .values({
      ...{ facility_code: one.facilityCode, fingerprint: one.fingerprint, subject: one.subject },
      ...{ certificate: one.certificate, valid_from: one.validFrom, valid_to: one.validTo, added_at: one.at },
    })
    .onConflict((on) => on.constraint("facility_certificate_pk").doUpdateSet({ ended_at: null }))
    .execute();
  await tx
    .updateTable("source_file")
    .set({ signature: "valid", signature_reason: null })
    .where("signature", "=", "unknown_certificate")
    .where("facility_code", "=", one.facilityCode)
    .where("signer_sha256", "=", one.fingerprint)
    .where("signed_on", ">=", one.validFrom.toISOString().slice(0, 10))
    .where("signed_on", "<=", one.validTo.toISOString().slice(0, 10))
    .execute();
}

/** False when no such certificate is trusted. */
export async function endCertificate(db: Db, facilityCode: string, fingerprint: Buffer, at: Date): Promise<boolean> {
  const done = await db
    .updateTable("facility_certificate")
    .set({ ended_at: at })
    .where("facility_code", "=", facilityCode)
    .where("fingerprint", "=", fingerprint)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function listCertificates(db: Db) {
  return db
    .selectFrom("facility_certificate")
    .select(["facility_code", "fingerprint", "subject", "valid_from", "valid_to", "added_at", "ended_at"])
    .orderBy("facility_code")
    .orderBy("added_at")
    .execute();
}
