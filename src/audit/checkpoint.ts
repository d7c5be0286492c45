/** Signed heads of the chain, which an outside witness keeps: what the database says later is compared with them. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { House } from "../db/house.ts";
import { type Checkpoint, type Kept, readCheckpoints, signedText } from "./rules-checkpoint.ts";
import { lastLink } from "./store.ts";

/** Before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Follows from the secret alone: who has the database, or a backup of it, cannot sign. */
function signingKey({ vault }: Pick<House, "vault">): KeyObject {
  const seed = vault.mark("audit-checkpoint", "ed25519");
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** base64 of the public key (SPKI): the witness keeps it beside the checkpoints. */
export function witnessKey(house: Pick<House, "vault">): string {
  return createPublicKey(signingKey(house)).export({ format: "der", type: "spki" }).toString("base64");
}

/** How far the chain is now; undefined while it is empty. */
export async function takeCheckpoint(house: Pick<House, "vault" | "db" | "clock">): Promise<Checkpoint | undefined> {
  const last = await lastLink(house.db);
  if (!last) return undefined;
  const said = { links: last.link_no, head: last.hash.toString("hex"), at: house.clock.now().toISOString() };
  return { ...said, signature: sign(null, Buffer.from(signedText(said)), signingKey(house)).toString("base64") };
}

/** The lines that a witness kept, each with whether this key signed it. `key`: as `witnessKey` gives it. */
export function checkedCheckpoints(text: string, key: string): Kept {
  const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
  return readCheckpoints(text, (one) =>
    verify(null, Buffer.from(signedText(one)), publicKey, Buffer.from(one.signature, "base64")),
  );
}
