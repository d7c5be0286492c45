import type { RateClass } from "./route.ts";

/**
 * How often one address may ask. A commune's desk or a village shares one address, so the ordinary
 * classes are wide; "guess" is for whatever tells if a code or password is right.
 */
export const rates: Record<RateClass, { max: number; perSeconds: number }> = {
  read: { max: 6000, perSeconds: 60 },
  write: { max: 600, perSeconds: 60 },
  guess: { max: 60, perSeconds: 60 },
  upload: { max: 120, perSeconds: 60 },
};

const IPV6_GROUPS = 8;
const NETWORK_GROUPS = 4;

/** What is counted as one address: an IPv4 address, or the /64 network that a household gets with IPv6. */
export function networkOf(address: string | undefined): string {
  // Whoever has hung up meanwhile has no address any more.
  if (!address) return "";
  if (!address.includes(":")) return address;
  if (address.includes(".")) return address.slice(address.lastIndexOf(":") + 1);
  const [head = "", tail] = address.split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : IPV6_GROUPS - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill("0"), ...after].slice(0, NETWORK_GROUPS).join(":");
}
