import { describe, expect, it } from "vitest";
import { readClaims } from "./rules.ts";

const names = { numberClaim: "personal_number", levelClaim: "acr", levels: ["1", "2", "3"], leastLevel: "2" };

describe("what an identity provider says of somebody", () => {
  it("is taken when the level is high enough and the number has twelve digits", () => {
    expect(readClaims({ personal_number: "052190000123", acr: "2" }, names)).toEqual({ number: "052190000123" });
    expect(readClaims({ personal_number: "052190000123", acr: 3 }, names)).toEqual({ number: "052190000123" });
  });

  it("is not taken below the least level, at a level nobody knows, or without one", () => {
    for (const acr of ["1", "0", "high", "", undefined, null]) {
      expect(readClaims({ personal_number: "052190000123", acr }, names)).toBe("low");
    }
  });

  it("is not taken without a readable number", () => {
    for (const personal_number of [undefined, "", "123", "152190000123", "05219000012a"]) {
      expect(readClaims({ personal_number, acr: "3" }, names)).toBe("unreadable");
    }
  });
});
