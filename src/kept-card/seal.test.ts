import { describe, expect, it } from "vitest";
import type { KeptDocument } from "./rules.ts";
import { type KeptRecord, newLock, openRecord, randomBytes, sealDocument, sealRecord, WrongKey } from "./seal.ts";

const document: KeptDocument = {
  v: 1,
  at: "2026-11-23T02:00:00.000Z",
  people: [
    {
      name: "Trần Thị Mẫu Đơn",
      born: "15/01/1990",
      cards: [{ number: "099190000123", form: "card12", validFrom: "2026-01-01", status: "valid" }],
    },
  ],
};
const given = { handle: "tay-nam", lang: "vi", triesLeft: 5 } as const;
const quick = () => ({ ...newLock(), rounds: 1000 });
const sealed = (secret = "480913") => sealRecord({ ...given, lock: quick(), secret, document });

/** All that lies in the telephone, as somebody who copies it sees it. */
function bytesOf(record: KeptRecord): string {
  const parts = [record.publicKey, record.privateKey.bytes, record.document.bytes, record.document.ephemeral];
  return JSON.stringify(record) + parts.map((bytes) => Buffer.from(bytes).toString("latin1")).join();
}

describe("the card sealed on a telephone", () => {
  it("opens with its PIN, and with no other", async () => {
    const record = await sealed();
    expect(await openRecord(record, "480913")).toEqual(document);
    await expect(openRecord(record, "480914")).rejects.toThrow(WrongKey);
    await expect(openRecord(record, "")).rejects.toThrow(WrongKey);
  });

  it("shows nothing of itself, and two of them are unlike", async () => {
    const [one, two] = [await sealed(), await sealed()];
    expect(bytesOf(one)).not.toMatch(/099190000123|Mẫu|1990/);
    expect(Buffer.from(one.document.bytes).equals(Buffer.from(two.document.bytes))).toBe(false);
  });

  it("takes a newer card without the PIN, which opens the newer one", async () => {
    const record = await sealed();
    const newer = { ...document, at: "2026-11-24T02:00:00.000Z" };
    const renewed = { ...record, document: await sealDocument(record.publicKey, newer) };
    expect(await openRecord(renewed, "480913")).toEqual(newer);
  });

  it("is worth nothing without the device's own key, which no script can read", async () => {
    const [record, other] = [await sealed(), await sealed()];
    await expect(openRecord({ ...record, deviceKey: other.deviceKey }, "480913")).rejects.toThrow(WrongKey);
    await expect(crypto.subtle.exportKey("raw", record.deviceKey)).rejects.toThrow();
  });

  it("does not open when a byte was changed, or with parts of another", async () => {
    const [record, other] = [await sealed(), await sealed()];
    const bytes = record.document.bytes.slice();
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await expect(openRecord({ ...record, document: { ...record.document, bytes } }, "480913")).rejects.toThrow(
      WrongKey,
    );
    await expect(openRecord({ ...record, document: other.document }, "480913")).rejects.toThrow(WrongKey);
  });

  it("opens by passkey with what the passkey answers, and never with a PIN", async () => {
    const [salt, credentialId, secret] = [randomBytes(32), randomBytes(16), randomBytes(32)];
    const lock = { kind: "passkey", salt, credentialId } as const;
    const record = await sealRecord({ ...given, lock, secret, document });
    expect(await openRecord(record, secret)).toEqual(document);
    await expect(openRecord(record, randomBytes(32))).rejects.toThrow(WrongKey);
    await expect(openRecord(record, "480913")).rejects.toThrow(WrongKey);
  });

  it("asks a PIN to cost what OWASP asks for", () => {
    expect(newLock().rounds).toBeGreaterThanOrEqual(600_000);
  });
});
