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
