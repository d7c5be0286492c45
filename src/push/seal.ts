import type { Marks, Vault } from "../vault/vault.ts";
import type { Subscription } from "./rules.ts";

/** Who holds address and keys can write to a device: they lie sealed, each under its own id. */
const PURPOSE = "push-subscription";

export function sealSubscription(vault: Vault, subscriptionId: string, subscription: Subscription): Buffer {
  return vault.seal(PURPOSE, Buffer.from(JSON.stringify(subscription)), subscriptionId);
}

export function openSubscription(vault: Vault, subscriptionId: string, sealed: Uint8Array): Subscription {
  return JSON.parse(vault.open(PURPOSE, sealed, subscriptionId).toString()) as Subscription;
}

export function endpointMarks(vault: Vault, endpoint: string): Marks {
  return vault.everyMark("push-endpoint", endpoint);
}
