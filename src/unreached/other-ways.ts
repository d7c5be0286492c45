/**
 * The other ways to a person, tried before the office is asked to call: what `enqueue` takes as an address. People's own
 * devices are told by `enqueue` at once, beside the text; a channel that can stand in for it is one more entry here.
 */
import type { Tx } from "../db/house.ts";
import type { ChannelName } from "../notices/rules.ts";
import { contactsOf } from "../register/store.ts";
import type { Declaration } from "../registration/store.ts";

export interface OtherWay {
  channel: "email";
  to: string;
}

interface Wanted {
  /** What goes there holds a password: only an address that its owner named in this file, or has proved, may get it. */
  hasSecret: boolean;
  /** Channels that had their chance. */
  tried: readonly ChannelName[];
}

export async function otherWays(tx: Tx, file: Declaration, { hasSecret, tried }: Wanted): Promise<OtherWay[]> {
  if (tried.includes("email")) return [];
  const declared = file.answers.email?.address;
  if (declared) return [{ channel: "email", to: declared }];
  const contacts = file.personId ? await contactsOf(tx, file.personId) : [];
  const known = contacts.find(({ kind, verifiedAt }) => kind === "email" && (!hasSecret || verifiedAt !== null));
  return known ? [{ channel: "email", to: known.value }] : [];
}
