import type { House } from "../db/house.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { conventions } from "./gateway-conventions.ts";
import { takeReceipts } from "./receipts.ts";
import { type SmppReply, toNational } from "./smpp-meaning.ts";

/** What HTTP gateways send to us: reports of delivery, and what people write. Each gateway has an address that nobody can guess. */

const PURPOSE = "sms-hook";

interface From {
  provider: string;
  token: string;
}

type Fields = Record<string, unknown>;

export function callbackUrl(house: House, provider: string): string {
  return `${house.settings.baseUrl}/api/v1/hooks/sms/${provider}/${tokenOf(house, provider)}`;
}

/** Keeps what a gateway reports; what is no final report is taken without effect. An unknown address is not found. */
export async function takeReport(house: House, from: From, fields: Fields): Promise<void> {
  const report = conventions[gatewayAt(house, from).gateway].report(fields);
  if (report) await takeReceipts(house, [{ provider: from.provider, ...report }]);
}

/**
 * What somebody wrote to us. Throws NotFound for an unknown address and for a gateway of which nothing is expected,
 * Invalid where a field does not hold what the settings say: the gateway shows that to whoever set it up.
 */
export function readReply(house: House, from: From, fields: Fields): SmppReply {
  const { replies } = gatewayAt(house, from);
  if (!replies) throw new NotFound("page");
  const phone = toNational(String(fields[replies.phone] ?? ""));
  const text = fields[replies.text];
  if (!phone) throw new Invalid([{ field: replies.phone, key: "invalid" }]);
  if (text === undefined) throw new Invalid([{ field: replies.text, key: "missing" }]);
  return { phone, text: String(text) };
}

function gatewayAt(house: House, from: From) {
  const gateway = house.settings.smsProviders.find((one) => one.name === from.provider);
  if (gateway?.kind !== "gateway" || !isOurs(house, from)) throw new NotFound("page");
  return gateway;
}

function tokenOf({ vault }: House, provider: string): string {
  return vault.mark(PURPOSE, provider).toString("base64url");
}

/** The address that a gateway was given before a secret was turned over holds until it has the new one. */
const isOurs = ({ vault }: House, { provider, token }: From) =>
  vault.isMark(PURPOSE, provider, Buffer.from(token, "base64url"));
