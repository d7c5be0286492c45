import { timingSafeEqual } from "node:crypto";
import type { House } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import { conventions } from "./gateway-conventions.ts";
import { takeReceipts } from "./receipts.ts";

/** Reports of delivery that HTTP gateways send to us: each gateway has an address that nobody can guess. */

export function callbackUrl(house: House, provider: string): string {
  return `${house.settings.baseUrl}/api/v1/hooks/sms/${provider}/${tokenOf(house, provider)}`;
}

/** Keeps what a gateway reports; what is no final report is taken without effect. An unknown address is not found. */
export async function takeReport(
  house: House,
  from: { provider: string; token: string },
  fields: Record<string, unknown>,
): Promise<void> {
  const gateway = house.settings.smsProviders.find((one) => one.name === from.provider);
  if (gateway?.kind !== "gateway" || !isSame(from.token, tokenOf(house, from.provider))) throw new NotFound("page");
  const report = conventions[gateway.gateway].report(fields);
  if (report) await takeReceipts(house, [{ provider: from.provider, ...report }]);
}

function tokenOf({ vault }: House, provider: string): string {
  return vault.mark("sms-hook", provider).toString("base64url");
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
