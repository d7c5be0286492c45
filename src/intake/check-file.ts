import type { Outcome } from "../kernel/outcome.ts";
import type { SignatureFault, Signed, SignedKind } from "./signature.ts";

export type Checked = Outcome<Signed, SignatureFault>;

/** The signature of a whole file. Its libraries are loaded when the first signed file comes: most files have none. */
export async function checkFile(
  { buffer, byteOffset, length }: Uint8Array,
  kind: SignedKind = "claims",
): Promise<Checked> {
  const { checkSignature } = await import("./signature.ts");
  return checkSignature(Buffer.from(buffer, byteOffset, length), kind);
}
