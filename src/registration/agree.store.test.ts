import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { saidIn } from "../contact/contact.fixture.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { agree } from "./agree.ts";
import { codeAt, sentTo } from "./codes.fixture.ts";
import { confirm } from "./confirm.ts";
import { saveAnswer } from "./draft.ts";
import { aDraft } from "./files.fixture.ts";
import { sendConsentCode, sendContactCode } from "./send-code.ts";
import { eventsOf, getByCode } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const helped = { for_whom: "helped", declarer: "Hồ Thị Giúp", declarer_as: "Đoàn thanh niên xã" };
/** One moment for a whole test: proofs are compared with it. */
const now = () => new Date("2026-11-23T02:30:00.000Z");
const send = (code: string) => sendConsentCode(house, { code, lang: "vi", now: now() });
const saysYes = (code: string, requestId: string, typed: string) =>
  agree(house, { code, requestId, typed, actor: anyone, now: now() });
const confirmed = (code: string) => confirm(house, { code, actor: anyone, now: now() });
const rename = (code: string, full_name: string) =>
  saveAnswer(house, { code, question: "name", fields: { full_name, sex: "2" }, now: now() });

async function keyOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return "done";
  if (!(error instanceof Invalid)) throw error;
  return error.faults[0]?.key ?? "";
}

async function agreed(code: string, phone: string): Promise<void> {
  const { requestId } = await send(code);
  await saysYes(code, requestId, await codeAt(house, phone));
}

describe("somebody who is helped", () => {
  it("agrees by the code on their own phone; helper, relation and agreement stay with the confirmation", async () => {
    const { code, id, phone } = await aDraft(house, helped);
    await agreed(code, phone ?? "");
    const file = await confirmed(code);
    expect(file).toMatchObject({ consent: "code", consentedAt: now() });
    expect((await eventsOf(house.db, id)).at(-1)?.detail).toEqual({
      register: "unmatched",
      helper: "Hồ Thị Giúp",
      helperAs: "Đoàn thanh niên xã",
      consent: "code",
    });
  });

  it("is told in the message itself to read the code to the helper, who types it; for oneself it is read to nobody", async () => {
    const { code, phone } = await aDraft(house, helped);
    await send(code);
    await sendContactCode(house, { code, contact: "phone", lang: "vi", now: now() });
    const beside = "Chi doc cho nguoi dang giup";
    expect(await saidIn(house, phone ?? "")).toEqual([
      expect.stringContaining(beside),
      expect.stringContaining(beside),
    ]);
    const own = await aDraft(house);
    await sendContactCode(house, { code: own.code, contact: "phone", lang: "vi", now: now() });
    expect((await saidIn(house, own.phone ?? "")).at(-1)).toContain("Khong dua cho ai");
  });

  it("signs the paper when no code came back, and the file says so", async () => {
    const { code, id } = await aDraft(house, helped);
    expect(await confirmed(code)).toMatchObject({ consent: "paper", consentedAt: now() });
    expect((await eventsOf(house.db, id)).at(-1)?.detail).toMatchObject({ consent: "paper" });
  });

  it("has agreed to exactly these answers: one changed afterwards asks again, the same saved again does not", async () => {
    const { code, phone } = await aDraft(house, helped);
    await agreed(code, phone ?? "");
    const name = (await getByCode(house.db, code)).answers.name?.full ?? "";
    expect((await rename(code, `${name} `)).consent).toBe("code");
    expect((await rename(code, "Nguyễn Thị Diễm Hường")).consent).toBeNull();
  });

  it("has not agreed to what was changed while the code was on its way, nor to what changes at the same moment", async () => {
    const { code, phone } = await aDraft(house, helped);
    const { requestId } = await send(code);
    const typed = await codeAt(house, phone ?? "");
    await rename(code, "Nguyễn Thị Khác");
    expect(await keyOf(saysYes(code, requestId, typed))).toBe("code_ended");
    for (let round = 0; round < 10; round += 1) {
      const draft = await aDraft(house, helped);
      const sent = await send(draft.code);
      const right = await codeAt(house, draft.phone ?? "");
      await Promise.all([keyOf(saysYes(draft.code, sent.requestId, right)), rename(draft.code, `Trần Thị Vội`)]);
      expect((await getByCode(house.db, draft.code)).consent).toBeNull();
    }
  });

  it("gives nothing else with that code: it does not prove the phone, and the phone's code does not agree", async () => {
    const { code, phone } = await aDraft(house, helped);
    const { requestId } = await sendContactCode(house, { code, contact: "phone", lang: "vi", now: now() });
    expect(await keyOf(saysYes(code, requestId, await codeAt(house, phone ?? "")))).toBe("code_ended");
    await agreed(code, phone ?? "");
    expect((await getByCode(house.db, code)).phoneProvedAt).toBeNull();
    expect((await sentTo(house, phone ?? "")).map(({ template }) => template)).toEqual([
      "one_time_code",
      "one_time_code",
    ]);
  });

  it("is somebody else than the declarer: whoever declares for themselves, or for a child, is asked for no code", async () => {
    for (const some of [{}, { for_whom: "child", declarer: "Lê Thị Mẹ" }]) {
      const { code, id } = await aDraft(house, some);
      expect(await keyOf(send(code))).toBe("not_helped");
      expect((await confirmed(code)).consent).toBeNull();
      expect((await eventsOf(house.db, id)).at(-1)?.detail).toEqual({ register: "unmatched" });
    }
  });
});
