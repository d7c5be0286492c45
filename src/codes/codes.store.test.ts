import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid } from "../kernel/failures.ts";
import { openSecrets } from "../notices/secrets.ts";
import { type CodeAsked, issueCode } from "./issue.ts";
import { proveCode } from "./prove.ts";
import { codeBudget } from "./rules.ts";
import { useCode } from "./store.ts";

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse();
});
afterEach(() => house.close());

const boundTo = "declaration:BD-2222-2222";
const asked = (some: Partial<CodeAsked> = {}): CodeAsked => ({
  purpose: "confirm_phone",
  boundTo,
  subject: boundTo,
  channel: "sms",
  recipient: "0912345678",
  lang: "vi",
  now: house.clock.now(),
  ...some,
});

const issue = (some: Partial<CodeAsked> = {}) => inTransaction(house.db, (tx) => issueCode(tx, house, asked(some)));

async function issued(some: Partial<CodeAsked> = {}): Promise<{ codeId: string; code: string }> {
  const sent = await issue(some);
  if (!sent) throw new Error("the budget is spent");
  const key = `one_time_code:${sent.codeId}:${some.channel ?? "sms"}`;
  const notice = await house.db
    .selectFrom("notice")
    .select("sealed_fields")
    .where("dedupe_key", "=", key)
    .executeTakeFirstOrThrow();
  const { code = "" } = openSecrets(house.vault, key, notice.sealed_fields ?? Buffer.alloc(0));
  return { codeId: sent.codeId, code };
}

const prove = (codeId: string, code: string, some: { boundTo?: string; purpose?: CodeAsked["purpose"] } = {}) =>
  proveCode(house, { codeId, code, purpose: "confirm_phone", boundTo, now: house.clock.now(), ...some });

async function keyOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "right";
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.faults[0]?.key ?? "";
  }
}
const otherThan = (code: string) => String((Number(code) + 1) % 1e6).padStart(6, "0");

describe("a one-time code", () => {
  it("is right once proved, and does what it is for exactly once among a hundred at the same moment", async () => {
    const { codeId, code } = await issued();
    expect(await keyOf(prove(codeId, ` ${code.slice(0, 3)} ${code.slice(3)}`))).toBe("right");
    const uses = await Promise.all(
      Array.from({ length: 100 }, () => inTransaction(house.db, (tx) => useCode(tx, codeId, house.clock.now()))),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await keyOf(prove(codeId, code))).toBe("code_ended");
  });

  it("opens nothing for another request or another purpose", async () => {
    const { codeId, code } = await issued();
    expect(await keyOf(prove(codeId, code, { boundTo: "declaration:BD-3333-3333" }))).toBe("code_ended");
    expect(await keyOf(prove(codeId, code, { purpose: "confirm_email" }))).toBe("code_ended");
    expect(await keyOf(prove("no id at all", code))).toBe("code_ended");
    expect(await keyOf(prove(codeId, code))).toBe("right");
  });

  it("ends after three wrong tries, and of eight at the same moment three are looked at", async () => {
    const { codeId, code } = await issued();
    const said = await Promise.all(Array.from({ length: 8 }, () => keyOf(prove(codeId, otherThan(code)))));
    expect(said.filter((key) => key === "code_wrong")).toHaveLength(2);
    expect(await keyOf(prove(codeId, code))).toBe("code_ended");
  });

  it("ends after five minutes, and when a newer one was sent for the same request", async () => {
    const first = await issued();
    const second = await issued();
    expect(await keyOf(prove(first.codeId, first.code))).toBe("code_ended");
    house.clock.moveTo(new Date(house.clock.now().getTime() + 5 * 60_000));
    expect(await keyOf(prove(second.codeId, second.code))).toBe("code_ended");
  });

  it("is not sent when the telephone, the file or the whole system has had its share", async () => {
    for (let at = 0; at < 3; at += 1) expect(await issue({ boundTo: `declaration:${at}` })).toBeDefined();
    expect(await issue()).toBeUndefined();
    for (let at = 0; at < 2; at += 1) expect(await issue({ recipient: `090000000${at}` })).toBeDefined();
    expect(await issue({ recipient: "0900000009" })).toBeUndefined();
    await house.db
      .insertInto("setting")
      .values({
        name: codeBudget.name,
        valid_from: "2026-11-01",
        value: JSON.stringify({ subjectADay: 100, recipientAnHour: 100, allAnHour: 5 }),
        changed_by: "test",
      })
      .execute();
    expect(await issue({ recipient: "0900000009", subject: "person:9", boundTo: "session:9" })).toBeUndefined();
  });

  it("cannot be read in the database, nor can its recipient", async () => {
    const { code } = await issued();
    const rows = JSON.stringify(await house.db.selectFrom("one_time_code").selectAll().execute());
    expect(rows).not.toContain(code);
    expect(rows).not.toContain("0912345678");
  });
});
