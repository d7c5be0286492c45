import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { isPressed } from "../db/pressed.ts";
import { watchPressure } from "./pressure.ts";

let house: TestHouse;
let app: FastifyInstance;
let port = 0;
let answerAll: () => void;
let answers: Promise<void>;

beforeAll(async () => {
  house = await openTestHouse();
  app = Fastify();
  watchPressure(app, house);
  app.get("/waits", async () => {
    await answers;
    return "answered";
  });
  app.post("/sent", async () => "answered");
  await app.listen({ host: "127.0.0.1", port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
beforeEach(() => {
  answers = new Promise((resolve) => {
    answerAll = resolve;
  });
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const isTold = () => isPressed(house.db);
const becomes = (pressed: boolean) =>
  vi.waitFor(async () => expect(await isTold()).toBe(pressed), { timeout: 10_000, interval: 50 });

async function say(text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined).write(text);
  return socket;
}

it("says so while many wait for their answers, and no longer once they have them", async () => {
  expect(await isTold()).toBe(false);
  const asked = Array.from({ length: 20 }, () => app.inject("/waits"));
  await becomes(true);
  await wait(2000);
  expect(await isTold()).toBe(true);
  answerAll();
  expect((await Promise.all(asked)).every(({ statusCode }) => statusCode === 200)).toBe(true);
  await becomes(false);
});

it("counts nobody who went away", async () => {
  const gone = await Promise.all(
    Array.from({ length: 20 }, () => say("GET /waits HTTP/1.1\r\nhost: vssid.example\r\n\r\n")),
  );
  await becomes(true);
  for (const socket of gone) socket.destroy();
  answerAll();
  await becomes(false);
});

it("counts nobody who is still sending", async () => {
  const head =
    "POST /sent HTTP/1.1\r\nhost: vssid.example\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
  const sending = await Promise.all(Array.from({ length: 20 }, () => say(head)));
  await wait(1000);
  expect(await isTold()).toBe(false);
  for (const socket of sending) socket.destroy();
});
