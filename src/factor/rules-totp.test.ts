import { describe, expect, it } from "vitest";
import {
  digitsAt,
  groupSecret,
  matchingStep,
  parseDigits,
  parseSpareCode,
  spareCodeFrom,
  stepOf,
  totpUri,
} from "./rules-totp.ts";

/** "12345678901234567890", the secret of RFC 6238, appendix B. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("the digits of an authenticator", () => {
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("at second %i are those of RFC 6238", (second, digits) => {
    expect(digitsAt(secret, stepOf(new Date(second * 1000)))).toBe(digits);
  });

  it("belong to this step or its neighbours", () => {
    const now = new Date("2026-11-23T02:00:10Z");
    const step = stepOf(now);
    for (const drift of [-1, 0, 1])
      expect(matchingStep(secret, digitsAt(secret, step + drift), now)).toBe(step + drift);
    for (const drift of [-2, 2]) expect(matchingStep(secret, digitsAt(secret, step + drift), now)).toBeUndefined();
  });

  it("are read with or without spaces, and nothing else is", () => {
    expect([parseDigits(" 123 456 "), parseDigits("１２３４５６")]).toEqual(["123456", "123456"]);
    expect([parseDigits("12345"), parseDigits("1234567"), parseDigits("12a456")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("what is taken over by hand or by picture", () => {
  it("is an address that every authenticator reads, without a number of a person", () => {
    expect(totpUri(secret, "Bảo hiểm xã hội")).toBe(
      `otpauth://totp/VssID:${encodeURIComponent("Bảo hiểm xã hội")}?secret=${secret}&issuer=VssID&period=30&digits=6`,
    );
    expect(groupSecret("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
  });

  it("spare codes are read however they are typed", () => {
    const code = spareCodeFrom(Buffer.from("0123456789abcdef"));
    expect(code).toMatch(/^[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}$/);
    expect(parseSpareCode(` ${code.toUpperCase().replace("-", " ")}`)).toBe(code);
    expect(parseSpareCode("abc")).toBeUndefined();
  });
});
