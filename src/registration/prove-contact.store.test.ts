import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid, NotAllowed, TryLater } from "../kernel/failures.ts";
import { advance, onFile } from "./advance.ts";
import { codeAt, otherThan, sentTo } from "./codes.fixture.ts";
import { confirm } from "./confirm.ts";
import { saveAnswer } from "./draft.ts";
import { aConfirmed, aDraft, anOfficer, ownNumbers } from "./files.fixture.ts";
import { proveContact } from "./prove-contact.ts";
import type { Contact } from "./rules-proof.ts";
import { sendContactCode } from "./send-code.ts";
import { getByCode } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** One moment for a whole test: proofs are compared with it. */
const now = () => new Date("2026-11-23T02:30:00.000Z");
const send = (code: string, contact: Contact = "phone") =>
  sendContactCode(house, { code, contact, lang: "vi", now: now() });
const prove = (code: string, requestId: string, typed: string, contact: Contact = "phone") =>
  proveContact(house, { code, contact, requestId, typed, actor: anyone, now: now() });
const answerPhone = (code: string, phone: string) =>
  saveAnswer(house, { code, question: "phone", fields: { phone }, now: now() });

async function keyOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return "done";
  if (error instanceof Invalid) return error.faults[0]?.key ?? "";
  if (error instanceof TryLater || error instanceof NotAllowed) return error.code;
  throw error;
}

describe("a declared phone", () => {
  it("is proved by the code that came to it, and the file says when", async () => {
    const { code, phone } = await aDraft(house);
    const { requestId } = await send(code);
    expect((await prove(code, requestId, await codeAt(house, phone ?? ""))).phoneProvedAt).toEqual(now());
    expect(await getByCode(house.db, code)).toMatchObject({ phoneProvedAt: now(), emailProvedAt: null });
  });

  it("loses the proof with another number, and keeps it with the same number written otherwise (N17)", async () => {
    const { code, phone = "" } = await aDraft(house);
    const { requestId } = await send(code);
    await prove(code, requestId, await codeAt(house, phone ?? ""));
    const abroad = `+84 ${phone?.slice(1, 4)} ${phone?.slice(4)}`;
    expect((await answerPhone(code, abroad)).phoneProvedAt).toEqual(now());
    expect((await answerPhone(code, ownNumbers().phone ?? "")).phoneProvedAt).toBeNull();
    expect((await answerPhone(code, phone ?? "")).phoneProvedAt).toBeNull();
  });

  it("is not proved by a wrong code, by that of an earlier sending, of another file or of another number", async () => {
    const { code, phone } = await aDraft(house);
    const first = await send(code);
    const firstCode = await codeAt(house, phone ?? "");
    expect(await keyOf(prove(code, first.requestId, otherThan(firstCode)))).toBe("code_wrong");
    const second = await send(code);
    expect(await keyOf(prove(code, first.requestId, firstCode))).toBe("code_ended");
    const { code: other } = await aDraft(house, { phone: phone ?? "" });
    const right = await codeAt(house, phone ?? "");
    expect(await keyOf(prove(other, second.requestId, right))).toBe("code_ended");
    await answerPhone(code, ownNumbers().phone ?? "");
    expect(await keyOf(prove(code, second.requestId, right))).toBe("code_ended");
    await answerPhone(code, phone ?? "");
    expect(await keyOf(prove(code, second.requestId, right))).toBe("done");
    expect(await keyOf(prove(code, second.requestId, right))).toBe("code_ended");
  });

  it("changed at the moment when its code comes back never carries the proof of the number before", async () => {
    for (let round = 0; round < 12; round += 1) {
      const { code, phone } = await aDraft(house);
      const { requestId } = await send(code);
      const right = await codeAt(house, phone ?? "");
      const other = ownNumbers().phone ?? "";
      await Promise.all([keyOf(prove(code, requestId, right)), answerPhone(code, other)]);
      expect(await getByCode(house.db, code)).toMatchObject({ phone: other, phoneProvedAt: null });
    }
  });

  it("may be proved after confirming and until the office decides, and never for the confirmation's sake", async () => {
    const { code, phone } = await aConfirmed(house);
    const { requestId } = await send(code);
    expect((await prove(code, requestId, await codeAt(house, phone ?? ""))).status).toBe("confirmed");
    const at = now();
    await onFile(house, at, (tx) => advance(tx, code, { kind: "withdrawn", actor: anyone, at }));
    expect(await keyOf(send(code))).toBe("not_allowed");
    const decided = await aConfirmed(house);
    await onFile(house, at, (tx) => advance(tx, decided.code, { kind: "received", actor: anOfficer, at }));
    await send(decided.code);
    await onFile(house, at, (tx) => advance(tx, decided.code, { kind: "accepted", actor: anOfficer, at }));
    expect(await keyOf(send(decided.code))).toBe("not_allowed");
  });
});

describe("an e-mail address", () => {
  it("is proved by the code in the mail, also after the declaration was confirmed", async () => {
    const { code } = await aConfirmed(house, { email: "Sau.Nay@Example.vn" });
    const { requestId } = await send(code, "email");
    const file = await prove(code, requestId, await codeAt(house, "sau.nay@example.vn"), "email");
    expect([file.emailProvedAt, file.phoneProvedAt]).toEqual([now(), null]);
  });

  it("keeps its proof when only its capitals change (N17), and loses it when it is taken out", async () => {
    const { code } = await aDraft(house, { email: "chu.hoa@example.vn" });
    const { requestId } = await send(code, "email");
    await prove(code, requestId, await codeAt(house, "chu.hoa@example.vn"), "email");
    const write = (email: string) => saveAnswer(house, { code, question: "email", fields: { email }, now: now() });
    expect((await write(" Chu.Hoa@EXAMPLE.vn ")).emailProvedAt).toEqual(now());
    expect((await write("")).emailProvedAt).toBeNull();
    expect(await keyOf(send(code, "email"))).toBe("unanswered");
  });
});

describe("codes that cost money", () => {
  it("stop after three an hour to one telephone however it is written, whatever the number of files (N17)", async () => {
    const { phone = "" } = ownNumbers();
    const forms = [phone, `+84${phone.slice(1)}`, `0084 ${phone.slice(1)}`, phone.replace(/(...)(...)/, "$1.$2.")];
    const said: string[] = [];
    for (const form of forms) said.push(await keyOf(send((await aDraft(house, { phone: form })).code)));
    expect(said).toEqual(["done", "done", "done", "codes_spent"]);
    expect(await sentTo(house, phone)).toHaveLength(3);
  });

  it("go on where people read them in, and stop for a block of the same prefix in which nobody does (T9)", async () => {
    const other = await openTestHouse();
    for (let at = 0; at < 25; at += 1) {
      const phone = `0377124${String(at).padStart(3, "0")}`;
      const { code } = await aDraft(other, { phone });
      const { requestId } = await sendContactCode(other, {
        code,
        contact: "phone",
        lang: "vi",
        now: other.clock.now(),
      });
      const typed = await codeAt(other, phone);
      await proveContact(other, { code, contact: "phone", requestId, typed, actor: anyone, now: other.clock.now() });
    }
    let sent = 0;
    for (let at = 0; at < 30; at += 1) {
      const { code } = await aDraft(other, { phone: `0377123${String(at).padStart(3, "0")}` });
      const asked = { code, contact: "phone", lang: "vi", now: other.clock.now() } as const;
      const said = await keyOf(sendContactCode(other, asked));
      if (said === "done") sent += 1;
      else expect(said).toBe("codes_spent");
    }
    expect(sent).toBe(1);
    await other.close();
  });

  it("never keep anybody from confirming", async () => {
    const { phone = "" } = ownNumbers();
    for (let at = 0; at < 3; at += 1) await send((await aDraft(house, { phone })).code);
    const { code } = await aDraft(house, { phone });
    expect(await keyOf(send(code))).toBe("codes_spent");
    expect((await confirm(house, { code, actor: anyone, now: now() })).status).toBe("confirmed");
  });
});
