import { randomBytes, sign } from "node:crypto";
import type { CardKey } from "../db/house.ts";
import { endOf, plainDate } from "../kernel/calendar.ts";
import type { Pass } from "./verify.ts";

interface Given {
  card: { number: string; validFrom: string; validTo: string | undefined };
  name: string;
  now: Date;
  minutes: number;
}

/** The code of a card that is valid now: what stands on its face. It holds until `until`, and no longer than the card. */
export function signPass(
  { jwk, privateKey }: CardKey,
  { card, name, now, minutes }: Given,
): { token: string; until: Date } {
  const iat = Math.floor(now.getTime() / 1000);
  const lastOfCard = card.validTo ? endOf(plainDate(card.validTo)).getTime() / 1000 : Number.POSITIVE_INFINITY;
  const exp = Math.min(iat + minutes * 60, lastOfCard);
  const pass: Pass = {
    num: card.number,
    name,
    from: card.validFrom,
    ...(card.validTo ? { to: card.validTo } : {}),
    iat,
    exp,
    jti: randomBytes(9).toString("base64url"),
  };
  const signed = `${part({ alg: "ES256", kid: jwk.kid })}.${part(pass)}`;
  const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return { token: `${signed}.${signature.toString("base64url")}`, until: new Date(exp * 1000) };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
