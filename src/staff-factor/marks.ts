import type { House } from "../db/house.ts";

/** Keyed marks and seals of the factors of staff, apart from those of people. */
type Vaulted = Pick<House, "vault">;

/** As spare codes of people: not under a secret that leaked. */
export const staffSpareMarks = ({ vault }: Vaulted, staffId: string, code: string) =>
  vault.marks("staff-spare-code", `${staffId}:${code}`);

/**
 * The handle under which a device keeps a member's passkey: says nothing of who they are, and is not asked for again.
 */
export const staffHandle = ({ vault }: Vaulted, staffId: string) =>
  new Uint8Array(vault.mark("staff-passkey-handle", staffId));

const PURPOSE = "staff-authenticator";

export function sealStaffSecret({ vault }: Vaulted, staffId: string, secret: string): Buffer {
  return vault.seal(PURPOSE, Buffer.from(secret), `staff:${staffId}`);
}

export function openStaffSecret({ vault }: Vaulted, staffId: string, sealed: Buffer): string {
  return vault.open(PURPOSE, sealed, `staff:${staffId}`).toString("utf8");
}
