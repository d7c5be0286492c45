import { readFileSync } from "node:fs";
import { SignedXml } from "xml-crypto";

/** Signs a file of claims or documents as facilities do (CV 1245/BHXH-CNTT): two references, C14N, SHA-256, in CHUKYDONVI. */
const C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const pem = (name: string) => readFileSync(new URL(`./signers/${name}.pem`, import.meta.url), "utf8");

export const certificates = { facility: pem("facility"), stranger: pem("stranger"), outdated: pem("outdated") };

export interface Signing {
  by?: keyof typeof certificates;
  parts?: readonly string[];
  algorithm?: string;
  digest?: string;
}

export function signed(file: Buffer, { by = "facility", parts, algorithm, digest }: Signing = {}): Buffer {
  const signer = new SignedXml({
    privateKey: pem(by === "stranger" ? "stranger-key" : "facility-key"),
    publicCert: certificates[by],
    signatureAlgorithm: (algorithm ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256") as never,
    canonicalizationAlgorithm: C14N,
  });
  const root = file.includes("<HSCHUNGTU") ? "HSCHUNGTU" : "GIAMDINHHS";
  for (const part of parts ?? ["THONGTINDONVI", "THONGTINHOSO"]) {
    signer.addReference({
      xpath: `/${root}/${part}`,
      transforms: [C14N],
      digestAlgorithm: (digest ?? "http://www.w3.org/2001/04/xmlenc#sha256") as never,
    });
  }
  signer.computeSignature(file.toString("utf8"), {
    location: { reference: `/${root}/CHUKYDONVI`, action: "append" },
  });
  return Buffer.from(signer.getSignedXml());
}

/** One change of the text of a file; throws when there is nothing to change. */
export function altered(file: Buffer, from: string | RegExp, to: string): Buffer {
  const text = file.toString("utf8");
  const after = text.replace(from, to);
  if (after === text) throw new Error("nothing was altered");
  return Buffer.from(after);
}
