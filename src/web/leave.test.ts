import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { expect, it } from "vitest";
import { isLeaving, leave, mountLeave } from "./leave.ts";

const GRACE_MS = 150;

async function listening(): Promise<{ app: FastifyInstance; ask(path: string): Promise<IncomingMessage> }> {
  const app = Fastify({ return503OnClosing: false });
  mountLeave(app);
  app.get("/ready", async (_request, reply) => reply.status(isLeaving(app) ? 503 : 200).send("ready"));
  app.get("/slow", async () => new Promise((done) => setTimeout(() => done("whole"), 2 * GRACE_MS)));
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const ask = async (path: string) => {
    const [reply] = (await once(get({ host: "127.0.0.1", port, path, agent }), "response")) as [IncomingMessage];
    return reply.resume();
  };
  return { app, ask };
}

it("says at once that it is not ready, answers whoever still comes, and ends what is under way", async () => {
  const { app, ask } = await listening();
  expect((await ask("/ready")).statusCode).toBe(200);
  const slow = ask("/slow");
  await new Promise((done) => setTimeout(done, 20));
  const left = leave(app, GRACE_MS);
  const during = await ask("/ready");
  expect([during.statusCode, during.headers.connection]).toEqual([503, "close"]);
  expect((await slow).statusCode).toBe(200);
  await left;
  await expect(ask("/ready")).rejects.toThrow();
});
