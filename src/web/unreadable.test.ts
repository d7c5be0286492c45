import { once } from "node:events";
import { get, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerUnreadable } from "./unreadable.ts";

let app: FastifyInstance;
let port: number;
beforeEach(async () => {
  app = Fastify({ clientErrorHandler: answerUnreadable });
  app.get("/slow", (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { "content-length": "10" });
    reply.raw.write("half");
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterEach(() => app.close());

/** Everything that the other side says until the line is shut. */
async function said(first: string, afterAnswer?: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => {
    if (chunks.push(chunk) === 1 && afterAnswer) socket.write(afterAnswer);
  });
  socket.write(first);
  await once(socket, "close");
  return Buffer.concat(chunks).toString("utf8");
}

describe("what cannot be read", () => {
  it.each([
    ["no HTTP", "xin chào\r\n\r\n", 400],
    ["a head without an end", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n`, 431],
  ])("is answered in both languages and shut: %s", async (_, sent, status) => {
    const answer = await said(sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\n\r\n[^\r\n]*[ầịằ][^\r\n]*\n[A-Z][a-z ]+[^\r\n]*\n$/);
    expect(answer).not.toMatch(/HPE_|fastify|node/i);
  });

  it("is told to somebody who still sends: the line is not cut under them", async () => {
    const call = get({ host: "127.0.0.1", port, path: `/${"x".repeat(3_000_000)}` });
    const [reply] = await once(call, "response");
    expect(reply.statusCode).toBe(431);
  });

  it("has no body where it was a HEAD", async () => {
    const call = request({ host: "127.0.0.1", port, method: "HEAD", path: `/${"x".repeat(20_000)}` }).end();
    const [reply] = await once(call, "response");
    expect(reply.statusCode).toBe(431);
    reply.resume();
    await once(reply, "end");
  });

  it("does not write into an answer that has begun", async () => {
    const answer = await said("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n", "xin chào\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toContain("400");
  });
});
