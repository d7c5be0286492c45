import type { House } from "../db/house.ts";

/** Keyed marks: what must be told apart later without being readable in the database. */
type Vaulted = Pick<House, "vault">;

export const challengeMark = ({ vault }: Vaulted, challenge: string) => vault.mark("passkey-challenge", challenge);
export const boundMark = ({ vault }: Vaulted, boundTo: string) => vault.mark("passkey-bound", boundTo);
export const ticketMark = ({ vault }: Vaulted, ticket: string) => vault.mark("sign-in-ticket", ticket);
export const passwordMark = ({ vault }: Vaulted, hash: string) => vault.mark("ticket-password", hash);
export const spareMark = ({ vault }: Vaulted, personId: string, code: string) =>
  vault.mark("spare-code", `${personId}:${code}`);

const PURPOSE = "authenticator";

export function sealSecret({ vault }: Vaulted, personId: string, secret: string): Buffer {
  return vault.seal(PURPOSE, Buffer.from(secret), `person:${personId}`);
}

export function openSecret({ vault }: Vaulted, personId: string, sealed: Buffer): string {
  return vault.open(PURPOSE, sealed, `person:${personId}`).toString("utf8");
}
