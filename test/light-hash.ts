import { createRequire } from "node:module";
import type { Options } from "@node-rs/argon2";

/**
 * Stands in for @node-rs/argon2 in the store tests: the same hashes for a sixteenth of the work, because there the hash
 * is hardly ever the point. Unit tests show the product's own cost.
 */
const real: typeof import("@node-rs/argon2") = createRequire(import.meta.url)("@node-rs/argon2");

let isFull = false;

/** For tests that measure time: the product's own cost, until it is taken back. */
export function hashAtFullCost(full: boolean): void {
  isFull = full;
}

export function hash(secret: string | Uint8Array, options: Options): Promise<string> {
  return real.hash(secret, isFull ? options : { ...options, memoryCost: 2432, timeCost: 1 });
}

export const { verify } = real;
