import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newKeyPem } from "../push/keys.ts";
import { passKeysOf } from "./keys.ts";
import { signPass } from "./sign.ts";
import { tokenIn, verifyPass } from "./verify.ts";

const [key, other] = [passKeysOf(newKeyPem())[0], passKeysOf(newKeyPem())[0]];
if (!key || !other) throw new Error("no keys");
const now = new Date("2026-11-23T02:00:00.000Z");
const card = { number: "DN4790000000012", validFrom: "2026-01-01", validTo: "2026-12-31" };
const { token, until } = signPass(key, { card, name: "Nguyễn Văn Mẫu", now, minutes: 5 });
const later = (seconds: number) => now.getTime() + seconds * 1000;
const verdictOf = async (text: string, at = later(10), keys = [key.jwk]) => (await verifyPass(text, keys, at)).verdict;

const [head = "", body = "", signature = ""] = token.split(".");
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = JSON.parse(Buffer.from(body, "base64url").toString());

describe("the signed code of a card", () => {
  it("says what stands on the card's face, and no more", async () => {
    const verdict = await verifyPass(token, [key.jwk], later(10));
    const { jti, ...rest } = claims;
    expect(rest).toEqual({
      num: card.number,
      name: "Nguyễn Văn Mẫu",
      from: card.validFrom,
      to: card.validTo,
      iat: later(0) / 1000,
      exp: later(300) / 1000,
    });
    expect(verdict).toEqual({ verdict: "valid", pass: claims });
    expect(until.getTime()).toBe(later(300));
    expect(signPass(key, { card, name: "", now, minutes: 5 }).token).not.toContain(jti);
  });

  it("is read behind the address of the page that verifies it, and with the white space of a paste", async () => {
    expect(await verdictOf(`https://vssid.example.vn/verify#${token}`)).toBe("valid");
    expect(await verdictOf(` ${head}.\n${body} .${signature}\t`)).toBe("valid");
  });

  it("holds for its minutes and is refused when it is shown again later", async () => {
    expect(await verdictOf(token, later(299))).toBe("valid");
    expect(await verdictOf(token, later(300))).toBe("expired");
    expect(await verdictOf(token, later(86_400))).toBe("expired");
  });

  it("holds no longer than the card itself: it ends at 24:00 of the card's last day in Viet Nam", async () => {
    const [late, midnight] = [new Date("2026-12-31T16:58:00.400Z"), new Date("2026-12-31T17:00:00Z")];
    const given = { card, name: "Nguyễn Văn Mẫu", now: late, minutes: 5 };
    const short = signPass(key, given);
    expect(short.until).toEqual(midnight);
    expect(await verdictOf(short.token, midnight.getTime() - 1)).toBe("valid");
    expect(await verdictOf(short.token, midnight.getTime())).toBe("expired");
    const open = signPass(key, { ...given, card: { ...card, validTo: undefined } });
    expect(open.until).toEqual(new Date("2026-12-31T17:03:00Z"));
  });

  it("from the future says that a clock is wrong, and two minutes of difference do not matter", async () => {
    expect(await verdictOf(token, later(-119))).toBe("valid");
    expect(await verdictOf(token, later(-86_400))).toBe("early");
  });

  it("is not ours when anything in it was changed", async () => {
    for (const changed of [
      `${head}.${encoded({ ...claims, exp: claims.exp + 3600 })}.${signature}`,
      `${head}.${encoded({ ...claims, name: "Kẻ Gian" })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}.${"A".repeat(86)}`,
      `${encoded({ alg: "ES256", kid: key.jwk.kid, more: 1 })}.${body}.${signature}`,
    ]) {
      expect(await verdictOf(changed)).toBe("not_ours");
    }
  });

  it("is not ours when it names no algorithm, or another one", async () => {
    for (const alg of ["none", "None", "HS256", "RS256", "ES384", ""]) {
      expect(await verdictOf(`${encoded({ alg, kid: key.jwk.kid })}.${body}.${signature}`)).toBe("not_ours");
    }
    expect(await verdictOf(`${encoded({ alg: "none" })}.${body}.`)).toBe("not_ours");
  });

  it("of another key is told apart from one of ours under its name", async () => {
    const { token: theirs } = signPass(other, { card, name: "Nguyễn Văn Mẫu", now, minutes: 5 });
    expect(await verdictOf(theirs)).toBe("unknown_key");
    const [, , signed] = theirs.split(".");
    expect(await verdictOf(`${head}.${body}.${signed}`)).toBe("not_ours");
    expect(await verdictOf(theirs, later(10), [key.jwk, other.jwk])).toBe("valid");
  });

  it("of any other text is not ours", async () => {
    for (const text of [
      "",
      "DN4790000000012",
      "a.b.c",
      "..",
      "https://x.example/#a.b",
      `${token}.x`,
      "x".repeat(9000),
    ]) {
      expect(await verdictOf(text)).toBe("not_ours");
    }
    expect(tokenIn("https://vssid.example.vn/verify")).toBeUndefined();
    const notes = signPass(key, { card: { ...card, number: 7 as never }, name: "", now, minutes: 5 });
    expect(await verdictOf(notes.token)).toBe("not_ours");
  });
});

describe("the keys", () => {
  it("of a file are published all, and the first signs", () => {
    const file = `${newKeyPem()}\n# old\n${newKeyPem()}`;
    const keys = passKeysOf(file);
    expect(new Set(keys.map(({ jwk }) => jwk.kid)).size).toBe(2);
    for (const { jwk } of keys) expect(Object.keys(jwk)).not.toContain("d");
  });

  it("of another kind, or none, are refused", () => {
    expect(() => passKeysOf("nothing")).toThrow(TypeError);
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    expect(() => passKeysOf(privateKey.export({ format: "pem", type: "pkcs8" }).toString())).toThrow(TypeError);
  });
});
