/** Signed heads of the chain, which an outside witness keeps: what the database says later is compared with them. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { House } from "../db/house.ts";
import { type Checkpoint, type Kept, readCheckpoints, signedText } from "./rules-checkpoint.ts";
import { lastLink } from "./store.ts";

/** Before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Follow from the secrets alone: who has the database, or a backup of it, cannot sign. The first one signs. */
function signingKeys({ vault }: Pick<House, "vault">): [KeyObject, ...KeyObject[]] {
  const keyOf = (seed: Buffer) => createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const [front, ...others] = vault.marks("audit-checkpoint", "ed25519");
  return [keyOf(front), ...others.map(keyOf)];
}

/** base64 of the public keys (SPKI): the witness keeps the first beside the checkpoints. None of a secret that leaked. */
export function witnessKeys(house: Pick<House, "vault">): [string, ...string[]] {
  const textOf = (key: KeyObject) => createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");
  const [front, ...others] = signingKeys(house);
  return [textOf(front), ...others.map(textOf)];
}

/** How far the chain is now; undefined while it is empty. */
export async function takeCheckpoint(house: Pick<House, "vault" | "db" | "clock">): Promise<Checkpoint | undefined> {
  const last = await lastLink(house.db);
  if (!last) return undefined;
  const said = { links: last.link_no, head: last.hash.toString("hex"), at: house.clock.now().toISOString() };
  return { ...said, signature: sign(null, Buffer.from(signedText(said)), signingKeys(house)[0]).toString("base64") };
}

/** The lines that a witness kept, each with whether one of these keys signed it. `keys`: as `witnessKeys` gives them. */
export function checkedCheckpoints(text: string, keys: readonly string[]): Kept {
  const publicKeys = keys.map((key) =>
    createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" }),
  );
  return readCheckpoints(text, (one) =>
    publicKeys.some((key) => verify(null, Buffer.from(signedText(one)), key, Buffer.from(one.signature, "base64"))),
  );
}
