import type { FastifyInstance } from "fastify";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import { routes } from "./dev.tsx";
import { queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { type Sinks, startSinks, takenBy } from "./sinks.ts";
import { openSmpp } from "./smpp.ts";

let house: TestHouse;
let web: FastifyInstance;
let sinks: Sinks;
let delivery: Delivery;

beforeAll(async () => {
  house = await openTestHouse();
  web = await createWeb(house, routes, async () => anyone);
  sinks = await startSinks(house);
  Object.assign(house.settings, { smtpUrl: sinks.smtpUrl, smppUrl: sinks.smppUrl });
  delivery = startDelivery(house, quick);
});
afterAll(async () => {
  await delivery.stop();
  await sinks.stop();
  await web.close();
  await house.close();
});

describe("the receivers of the demonstration", () => {
  it("take a decision's SMS and e-mail over real sockets and report the SMS delivered", async () => {
    const key = await queue(house, { email: "buoi@example.vn" });
    await soon(async () => expect((await rowOf(house, key)).state).toBe("delivered"));
    await soon(async () => expect((await rowOf(house, key, "email")).state).toBe("sent"));
    const [mail] = takenBy(house).filter(({ channel }) => channel === "email");
    const [text] = takenBy(house).filter(({ channel }) => channel === "sms");
    expect(mail).toMatchObject({ to: "buoi@example.vn", subject: "Tờ khai BD-4F7K-92QX được chấp nhận" });
    expect(text).toMatchObject({ to: "0912345678", from: "BHXH" });
    expect(text?.text).toContain("bake-metu-haga-4729");
  });

  it("are shown on a page and as JSON, to one number or to all", async () => {
    const page = await web.inject("/dev/outbox");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("VssID mien phi. To khai BD-4F7K-92QX");
    expect(page.body).toContain("Mã kích hoạt: bake-metu-haga-4729");
    const all = (await web.inject("/dev/outbox.json")).json();
    expect(all).toHaveLength(2);
    expect((await web.inject("/dev/outbox.json?to=0912345678")).json()).toHaveLength(1);
  });

  it("are not there in production", async () => {
    const strict = await createWeb(
      { ...house, settings: { ...house.settings, profile: "production" } },
      routes,
      async () => anyone,
    );
    expect((await strict.inject("/dev/outbox")).statusCode).toBe(404);
    expect((await strict.inject("/dev/outbox.json")).statusCode).toBe(404);
    await strict.close();
  });

  it("join the parts of a long text, with and without marks", async () => {
    const link = openSmpp({
      url: sinks.smppUrl,
      sender: "BHXH",
      answerMs: 1000,
      enquireMs: 50,
      log: pino({ level: "silent" }),
      onReceipt: async () => undefined,
    });
    await soon(() => expect(link.isReady()).toBe(true));
    const texts = [`${"Dai qua mot phan {}. ".repeat(12)}het`, `${"Dài quá một phần. ".repeat(9)}hết`];
    for (const text of texts) {
      const answer = await link.submit({ phone: "0987654321", text, joinReference: 9 }, () => undefined);
      expect(answer).toMatchObject({ kind: "accepted" });
    }
    expect(
      takenBy(house)
        .filter(({ to }) => to === "0987654321")
        .map(({ text }) => text),
    ).toEqual([...texts].reverse());
    await link.stop();
  });
});
