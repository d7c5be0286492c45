import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import { attemptsOf, emptyOutbox, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { accept, type FakeSmsc, fakeSmsc, type OnSubmit, receiptOf } from "./providers.fixture.ts";

let house: TestHouse;
let smsc: FakeSmsc;
let delivery: Delivery | undefined;

beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "" } });
});
afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await smsc.stop();
  await emptyOutbox(house);
});
afterAll(() => house.close());

async function start(onSubmit: OnSubmit = accept): Promise<void> {
  smsc = await fakeSmsc(onSubmit);
  house.settings.smppUrl = smsc.url;
  delivery = startDelivery(house, quick);
}

const move = (seconds: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + seconds * 1000));
const stateOf = async (key: string) => (await rowOf(house, key)).state;

describe("an SMS", () => {
  it("is sent once, from the brand name to the number with country code, and its secret is wiped", async () => {
    await start();
    const key = await queue(house);
    await soon(async () => expect(await stateOf(key)).toBe("sent"));
    const row = await rowOf(house, key);
    expect(row).toMatchObject({ sealed_fields: null, tries: 1, lease_owner: null, last_error: null });
    expect(smsc.submits).toHaveLength(1);
    expect(smsc.submits[0]).toMatchObject({ to: "84912345678", pdu: { source_addr: "BHXH", registered_delivery: 1 } });
    expect(smsc.submits[0]?.text).toBe(
      "VssID mien phi. To khai BD-4F7K-92QX duoc chap nhan. Tai khoan ...678, ma kich hoat: bake-metu-haga-4729, den 09:00 24/11/2026. Dang nhap ngay, khong dua ai.",
    );
    expect(await attemptsOf(house, row.notice_id)).toMatchObject([{ attempt_no: 1, outcome: "accepted", error: null }]);
  });

  it("queued twice with the same meaning is one", async () => {
    await start();
    await queue(house, { dedupeKey: "file:7:accepted" });
    await queue(house, {
      dedupeKey: "file:7:accepted",
      fields: { code: "BD-2222-2222", login: "7900000000", until: "09:00 24/11/2026" },
    });
    await soon(async () => expect(await stateOf("file:7:accepted")).toBe("sent"));
    expect(smsc.submits.map(({ text }) => text.includes("BD-4F7K-92QX"))).toEqual([true]);
  });

  it("keeps its one-time password sealed while it waits: the row shows nothing of it", async () => {
    smsc = await fakeSmsc();
    const row = await rowOf(house, await queue(house));
    expect(JSON.stringify(row.fields)).not.toMatch(/bake|7912345678/);
    expect(row.sealed_fields?.toString("latin1")).not.toContain("bake");
  });

  it("to a foreign or fixed number is not tried and is shown as failed", async () => {
    await start();
    const key = await queue(house, { phone: "02563633464" });
    expect(await rowOf(house, key)).toMatchObject({
      state: "failed",
      last_error: "bad_recipient",
      sealed_fields: null,
    });
  });

  it("refused because we are too quick is sent a moment later and costs no try", async () => {
    await start((session, pdu, count) => {
      if (count <= 3) session.send(pdu.response({ command_status: 0x58 }));
      else accept(session, pdu, count);
    });
    const key = await queue(house);
    for (let round = 1; round <= 3; round += 1) {
      await soon(() => expect(smsc.submits.length).toBeGreaterThanOrEqual(round));
      await soon(async () => expect((await rowOf(house, key)).state).not.toBe("sending"));
      move(2);
    }
    await soon(async () => expect(await stateOf(key)).toBe("sent"));
    expect((await rowOf(house, key)).tries).toBe(1);
  });

  it("to a number that does not exist ends as failed, and is not tried again", async () => {
    await start((session, pdu) => session.send(pdu.response({ command_status: 0x0b })));
    const key = await queue(house);
    await soon(async () => expect(await stateOf(key)).toBe("failed"));
    move(3600);
    expect(await rowOf(house, key)).toMatchObject({ last_error: "smpp_0x0b", tries: 1 });
  });

  it("refused for a fault over there is tried again by the schedule", async () => {
    await start((session, pdu, count) => {
      if (count === 1) session.send(pdu.response({ command_status: 0x08 }));
      else accept(session, pdu, count);
    });
    const key = await queue(house);
    await soon(async () => expect(await rowOf(house, key)).toMatchObject({ state: "queued", last_error: "smpp_0x08" }));
    const row = await rowOf(house, key);
    const gapSeconds = (row.next_at.getTime() - row.queued_at.getTime()) / 1000;
    expect(gapSeconds).toBeGreaterThan(3.9);
    expect(gapSeconds).toBeLessThan(6.5);
    move(7);
    await soon(async () => expect(await stateOf(key)).toBe("sent"));
  });

  it("whose line is cut before the answer is unknown, waits 20 seconds, then goes again with the same words", async () => {
    await start((session, pdu, count) => {
      if (count === 1) session.destroy();
      else accept(session, pdu, count);
    });
    const key = await queue(house);
    await soon(async () => expect(await rowOf(house, key)).toMatchObject({ state: "unknown", last_error: "line_cut" }));
    move(15);
    await soon(() => expect(smsc.sessions.length).toBe(1));
    expect(smsc.submits).toHaveLength(1);
    move(10);
    await soon(async () => expect(await stateOf(key)).toBe("sent"));
    expect(smsc.submits[1]?.text).toBe(smsc.submits[0]?.text);
    expect((await attemptsOf(house, (await rowOf(house, key)).notice_id)).map(({ outcome }) => outcome)).toEqual([
      "unknown",
      "accepted",
    ]);
  });

  it("whose answer comes after we stopped waiting becomes sent, and is not sent again", async () => {
    await start((session, pdu, count) => {
      setTimeout(() => accept(session, pdu, count), quick.answerMs + 200);
    });
    const key = await queue(house);
    await soon(async () =>
      expect(await rowOf(house, key)).toMatchObject({ state: "unknown", last_error: "no_answer" }),
    );
    await soon(async () => expect(await stateOf(key)).toBe("sent"));
    expect(smsc.submits).toHaveLength(1);
  });

  it("waits while nobody is there, without spending tries, and goes as soon as the line is back", async () => {
    smsc = await fakeSmsc();
    const { url } = smsc;
    await smsc.stop();
    house.settings.smppUrl = url;
    delivery = startDelivery(house, quick);
    const key = await queue(house);
    move(600);
    smsc = await fakeSmsc(accept, Number(new URL(url).port));
    await soon(async () => expect(await rowOf(house, key)).toMatchObject({ state: "sent", tries: 1 }));
  });
});

describe("a receipt", () => {
  it("makes a sent message delivered", async () => {
    await start((session, pdu, count) => {
      accept(session, pdu, count);
      session.deliver_sm(receiptOf(`m${count}`, "DELIVRD"));
    });
    const key = await queue(house);
    await soon(async () => expect(await stateOf(key)).toBe("delivered"));
    expect((await rowOf(house, key)).delivered_at).not.toBeNull();
  });

  it("that comes before the answer to its message is kept and counts", async () => {
    await start((session, pdu, count) => {
      session.deliver_sm(receiptOf(`m${count}`, "DELIVRD"));
      setTimeout(() => accept(session, pdu, count), 150);
    });
    const key = await queue(house);
    await soon(async () => expect(await stateOf(key)).toBe("delivered"));
  });

  it("that says not delivered makes the message failed, where an officer sees it", async () => {
    await start((session, pdu, count) => {
      accept(session, pdu, count);
      session.deliver_sm(receiptOf(`m${count}`, "UNDELIV"));
    });
    const key = await queue(house);
    await soon(async () =>
      expect(await rowOf(house, key)).toMatchObject({ state: "failed", last_error: "undelivered" }),
    );
  });

  it.each([
    ["three times", ["DELIVRD", "DELIVRD", "DELIVRD"]],
    ["and then its contrary", ["DELIVRD", "UNDELIV"]],
    ["after its contrary", ["UNDELIV", "DELIVRD"]],
    ["among notes of passage", ["ENROUTE", "DELIVRD", "ACCEPTD"]],
  ])("of delivery that comes %s: delivered, and it stays", async (_, stats) => {
    await start((session, pdu, count) => {
      accept(session, pdu, count);
      for (const stat of stats) session.deliver_sm(receiptOf(`m${count}`, stat));
    });
    const key = await queue(house);
    await soon(async () => expect(await stateOf(key)).toBe("delivered"));
    await soon(async () => {
      const { rows } = await house.pool.query("select 1 from notice_receipt where matched_at is null");
      expect(rows).toHaveLength(0);
    });
    expect(await stateOf(key)).toBe("delivered");
  });

  it("for a message that nobody knows is kept and answered", async () => {
    let answers = 0;
    await start((session, pdu, count) => {
      accept(session, pdu, count);
      session.deliver_sm(receiptOf("stranger", "DELIVRD"), (answer) => {
        answers += answer.command_status === 0 ? 1 : 0;
      });
    });
    const key = await queue(house);
    await soon(() => expect(answers).toBe(1));
    await soon(async () => expect(await stateOf(key)).toBe("sent"));
    const { rows } = await house.pool.query("select reference, matched_at from notice_receipt");
    expect(rows).toEqual([{ reference: "stranger", matched_at: null }]);
  });
});
