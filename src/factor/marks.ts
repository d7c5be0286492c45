import type { House } from "../db/house.ts";

/** Keyed marks: what must be told apart later without being readable in the database. */
type Vaulted = Pick<House, "vault">;

const BOUND = "passkey-bound";

export const challengeMarks = ({ vault }: Vaulted, challenge: string) => vault.marks("passkey-challenge", challenge);
export const boundMark = ({ vault }: Vaulted, boundTo: string) => vault.mark(BOUND, boundTo);
/** Where one browser may have several names. */
export const boundMarks = ({ vault }: Vaulted, boundTo: string | readonly string[]) =>
  [boundTo].flat().flatMap((one) => vault.marks(BOUND, one));
export const ticketMarks = ({ vault }: Vaulted, ticket: string) => vault.marks("sign-in-ticket", ticket);
export const passwordMarks = ({ vault }: Vaulted, hash: string) => vault.marks("ticket-password", hash);
/** 50 bits can be guessed by whoever holds a secret and the database: not under one that leaked. */
export const spareMarks = ({ vault }: Vaulted, personId: string, code: string) =>
  vault.marks("spare-code", `${personId}:${code}`);

const PURPOSE = "authenticator";

export function sealSecret({ vault }: Vaulted, personId: string, secret: string): Buffer {
  return vault.seal(PURPOSE, Buffer.from(secret), `person:${personId}`);
}

export function openSecret({ vault }: Vaulted, personId: string, sealed: Buffer): string {
  return vault.open(PURPOSE, sealed, `person:${personId}`).toString("utf8");
}
