/** Sessions of the people and the staff of the crash loop, as if they had just signed in. */
import { openSession } from "../src/account/open-session.ts";
import type { Proof } from "../src/account/rules-proof.ts";
import { inTransaction } from "../src/db/transaction.ts";
import type { CrashPerson } from "./crash-people.ts";
import { registered, staffNamed } from "./crash-store.ts";
import type { LivesStand } from "./lives-stand.ts";

interface Opening {
  kind: "cookie" | "bearer";
  /** Two of different kinds open what a change of the telephone asks for. */
  proofs: readonly Proof[];
}

export async function sessionOf(stand: LivesStand, { insurance }: CrashPerson, opening: Opening): Promise<string> {
  const { personId } = await registered(stand.owner, insurance);
  return open(stand, { personId }, opening);
}

export async function sessionOfStaff(stand: LivesStand, username: string): Promise<string> {
  const staffId = await staffNamed(stand.owner, username);
  return open(stand, { staffId }, { kind: "cookie", proofs: ["password", "authenticator"] });
}

async function open(stand: LivesStand, subject: Parameters<typeof openSession>[1], opening: Opening): Promise<string> {
  const asked = { scope: "full", device: "", now: stand.house.clock.now(), ...opening } as const;
  const { token } = await inTransaction(stand.house.db, (tx) => openSession(tx, subject, asked));
  return token;
}
