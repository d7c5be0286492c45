import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { notePressed } from "../db/pressed.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import { enqueue } from "./enqueue.ts";
import { noticeOf, queue, quick, soon } from "./notices.fixture.ts";
import { accept, type FakeSmsc, fakeSmsc } from "./providers.fixture.ts";

let house: TestHouse;
let smsc: FakeSmsc;
let delivery: Delivery;
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "" } });
  smsc = await fakeSmsc(accept);
  house.settings.smppUrl = smsc.url;
  delivery = startDelivery(house, quick);
});
afterAll(async () => {
  await delivery.stop();
  await smsc.stop();
  await house.close();
});

const BURST = 400;
const TRICKLE_MS = 600;

/** All of it is there at one moment. */
const burst = () =>
  inTransaction(house.db, async (tx) => {
    for (let nth = 0; nth < BURST; nth += 1) await enqueue(tx, house.vault, noticeOf(house));
  });
const waiting = async () =>
  (await house.db.selectFrom("notice").select("notice_id").where("state", "in", ["queued", "sending"]).execute())
    .length;

it("a burst waits while people do, a code in it goes at once, and all is sent in the end", async () => {
  const telling = setInterval(() => void notePressed(house.db), 200);
  try {
    await notePressed(house.db);
    // Heard only while something goes out.
    for (let ms = 0; ms < 3 * TRICKLE_MS; ms += TRICKLE_MS / 4) {
      await queue(house);
      await new Promise((done) => setTimeout(done, TRICKLE_MS / 4));
    }
    await burst();
    await queue(house, {
      class: "code",
      template: "caller_code",
      fields: { minutes: "5" },
      secrets: { code: "482913" },
      dueAt: new Date(house.clock.now().getTime() + 5 * 60_000),
    });
    await soon(() => expect(smsc.submits.some(({ text }) => text.includes("482913"))).toBe(true));
    expect(await waiting()).toBeGreaterThan(BURST / 2);
  } finally {
    clearInterval(telling);
  }
  await soon(async () => expect(await waiting()).toBe(0));
  expect(smsc.submits.length).toBeGreaterThan(BURST);
});
