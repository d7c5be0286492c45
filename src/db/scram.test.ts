import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { scramVerifier } from "./scram.ts";

/** The example of RFC 7677, part 3: user "user", password "pencil". */
const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
const spoken = [
  "n=user,r=rOprNGfwEbeRWgbNEkqO",
  "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
  "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
].join();

describe("a password as PostgreSQL keeps it", () => {
  it("proves both sides of the example of RFC 7677", () => {
    const [, iterations, kept, stored = "", server = ""] =
      /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/.exec(scramVerifier("pencil", salt)) ?? [];
    expect([iterations, kept]).toEqual(["4096", "W22ZaJ0SNY7soEsUEjb6gQ=="]);
    const signed = (key: string) => createHmac("sha256", Buffer.from(key, "base64")).update(spoken).digest();
    expect(signed(server).toString("base64")).toBe("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    const proof = Buffer.from("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "base64");
    const key = proof.map((byte, at) => byte ^ (signed(stored)[at] ?? 0));
    expect(createHash("sha256").update(key).digest("base64")).toBe(stored);
  });

  it("is salted anew each time, and refuses letters that would have to be prepared", () => {
    expect(scramVerifier("pencil")).not.toBe(scramVerifier("pencil"));
    expect(() => scramVerifier("bút chì")).toThrow("ASCII");
  });
});
