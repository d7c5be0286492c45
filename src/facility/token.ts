/** Tokens of facilities: signed by us, for one facility and one use, kept as a hash, shown once. */

import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Actor, anyone } from "../kernel/actor.ts";
import { dayOf, endOf } from "../kernel/calendar.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { isUuid } from "../kernel/uuid.ts";
import { isFacilityToken, isPast, readToken, signedPart } from "./rules.ts";
import { findToken, insertToken, stopTokenRow, touchToken } from "./store-tokens.ts";

export { isFacilityToken };

const PURPOSE = "facility.token";
const DAYS_MAX = 730;
const LABEL_MAX = 100;
const TOUCH_STEP_MS = 60_000;
const operator = { kind: "operator" } as const;

export interface TokenAsked {
  facility: string;
  days: number;
  label: string;
}

/** The token is answered once and kept nowhere. */
export async function issueToken(house: House, asked: TokenAsked): Promise<{ token: string; tokenId: string }> {
  const now = house.clock.now();
  const facilityCode = parseFacilityCode(asked.facility);
  const faults = [
    ...(facilityCode ? [] : [{ field: "facility", key: "facility_code" }]),
    ...(Number.isInteger(asked.days) && asked.days >= 1 && asked.days <= DAYS_MAX
      ? []
      : [{ field: "days", key: "days_range" }]),
    ...(asked.label.trim() && asked.label.length <= LABEL_MAX ? [] : [{ field: "label", key: "label_missing" }]),
  ];
  if (!facilityCode || faults.length > 0) throw new Invalid(faults);
  const id = randomBytes(16).toString("hex");
  const lastDay = dayOf(now).add({ days: asked.days });
  const over = signedPart({ scope: "upload", facilityCode, id, lastDay: lastDay.toString().replaceAll("-", "") });
  const token = `${over}.${house.vault.mark(PURPOSE, over).toString("base64url")}`;
  const tokenId = uuidOf(id);
  await inTransaction(house.db, async (tx) => {
    const sha256 = hash("sha256", token, "buffer");
    const endsAt = endOf(lastDay);
    await insertToken(tx, { tokenId, facilityCode, sha256, label: asked.label.trim(), at: now, endsAt });
    await note(tx, now, "facility.token_made", tokenId, { facility: facilityCode, days: asked.days });
  });
  return { token, tokenId };
}

export async function stopToken(house: House, tokenId: string): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if (!isUuid(tokenId) || !(await stopTokenRow(tx, tokenId, now))) throw new NotFound("token");
    await note(tx, now, "facility.token_stopped", tokenId, {});
  });
}

/**
 * The facility behind a token, or anyone. A token that we did not sign costs no look into the database; that it was
 * given out says the row, so one under a secret that leaked holds as well.
 */
export async function facilityBehind(house: House, token: string): Promise<Actor> {
  const now = house.clock.now();
  const read = readToken(token);
  if (!read || !isSigned(house, read.over, Buffer.from(read.signature, "base64url"))) return anyone;
  if (isPast(read.parts, now)) return anyone;
  const tokenId = uuidOf(read.parts.id);
  const row = await findToken(house.db, tokenId, now);
  if (!row || !isEqual(row.sha256, hash("sha256", token, "buffer"))) return anyone;
  if (!row.usedAt || now.getTime() - row.usedAt.getTime() > TOUCH_STEP_MS) await touchToken(house.db, tokenId, now);
  return { kind: "facility", facilityCode: row.facilityCode, tokenId };
}

const isSigned = ({ vault }: House, over: string, signature: Buffer) =>
  vault.everyMark(PURPOSE, over).some((mark) => isEqual(mark, signature));

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function note(
  tx: Tx,
  at: Date,
  action: string,
  id: string,
  detail: Record<string, string | number>,
): Promise<void> {
  const object = { kind: "facility_token", id };
  await record(tx, { at, actor: operator, action, purpose: "operation", object, detail });
}
