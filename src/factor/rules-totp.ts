import { timingSafeEqual } from "node:crypto";
import { generateSync } from "otplib";

/** Six digits from a shared secret and the time (RFC 6238), as every authenticator makes them. Pure. */

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Clocks of telephones are up to one step off, either way. */
const DRIFT_STEPS = 1;

export function stepOf(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_SECONDS);
}

export function digitsAt(secret: string, step: number): string {
  return generateSync({ secret, epoch: step * STEP_SECONDS });
}

/** The six digits as typed, with or without spaces; undefined when they cannot be. */
export function parseDigits(text: string): string | undefined {
  const digits = text.normalize("NFKC").replace(/[\s.\-–]/gu, "");
  return digits.length === DIGITS && /^\d+$/.test(digits) ? digits : undefined;
}

/** The step to which these digits belong, this one or a neighbour; undefined when none. */
export function matchingStep(secret: string, digits: string, now: Date): number | undefined {
  const present = stepOf(now);
  const steps = [0, -DRIFT_STEPS, DRIFT_STEPS].map((drift) => present + drift);
  return steps.find((step) => timingSafeEqual(Buffer.from(digitsAt(secret, step)), Buffer.from(digits)));
}

/** So long after the first of two the second still counts: a new password is thought of meanwhile. */
const PAIR_STEPS = 6;

/**
 * The later of two steps in a row to which these digits belong; undefined when none. Six digits alone are too few
 * where nothing was proved before; two in a row are twelve.
 */
export function matchingPair(secret: string, first: string, second: string, now: Date): number | undefined {
  const newest = stepOf(now) + DRIFT_STEPS;
  const is = (step: number, digits: string) =>
    timingSafeEqual(Buffer.from(digitsAt(secret, step)), Buffer.from(digits));
  const steps = Array.from({ length: PAIR_STEPS + 1 }, (_, back) => newest - back);
  // Every step is looked at, whatever the first ones gave: the answer takes the same time.
  return steps.filter((step) => [is(step - 1, first), is(step, second)].every(Boolean))[0];
}

/** What the QR code says to the application. `label`: whose account, as the application lists it. */
export function totpUri(secret: string, label: string): string {
  const query = new URLSearchParams({ secret, issuer: "VssID", period: String(STEP_SECONDS), digits: String(DIGITS) });
  return `otpauth://totp/VssID:${encodeURIComponent(label)}?${query.toString().replaceAll("+", "%20")}`;
}

/** In groups of four, to be typed by hand. */
export function groupSecret(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

const SPARE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz";
const SPARE_LENGTH = 10;

/** A spare code from random bytes: 31 signs without look-alikes, as k7mq2-x9fhd. */
export function spareCodeFrom(random: Uint8Array): string {
  const signs = [...random.slice(0, SPARE_LENGTH)].map((byte) => SPARE_SIGNS[byte % SPARE_SIGNS.length]).join("");
  return `${signs.slice(0, SPARE_LENGTH / 2)}-${signs.slice(SPARE_LENGTH / 2)}`;
}

/** A spare code as typed; undefined when it cannot be one. */
export function parseSpareCode(text: string): string | undefined {
  const signs = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  return signs.length === SPARE_LENGTH
    ? `${signs.slice(0, SPARE_LENGTH / 2)}-${signs.slice(SPARE_LENGTH / 2)}`
    : undefined;
}
