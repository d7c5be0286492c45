import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type GatewayLink, openGateway } from "./gateway.ts";
import { conventions } from "./gateway-conventions.ts";

const message = { phone: "0912345678", text: "VssID mien phi.", requestId: "7-1" };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Asked {
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}

/** A gateway on this machine that answers as a test tells it. */
async function gateway(
  kind: keyof typeof conventions,
  answer: (reply: ServerResponse) => void,
): Promise<{ link: GatewayLink; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      answer(reply);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
  const link = openGateway({
    gateway: kind,
    url,
    key: "key",
    secret: "secret",
    sender: "BHXH",
    callback: "http://127.0.0.1:9/hook",
    answerMs: 1000,
  });
  closers.push(
    () => link.stop(),
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { link, asked };
}

const json =
  (body: unknown, status = 200) =>
  (reply: ServerResponse) =>
    void reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

describe("a gateway of the eSMS kind", () => {
  it("is asked in its own words and names what it took", async () => {
    const { link, asked } = await gateway("esms", json({ CodeResult: "100", SMSID: "d53-1" }));
    expect(await link.submit(message)).toEqual({ kind: "accepted", references: ["d53-1"] });
    expect(asked[0]?.body).toEqual({
      ...{ ApiKey: "key", SecretKey: "secret", Phone: "84912345678", Content: "VssID mien phi." },
      ...{ Brandname: "BHXH", SmsType: "2", IsUnicode: "0", RequestId: "7-1" },
      CallbackUrl: "http://127.0.0.1:9/hook",
    });
  });

  it.each([
    ["103", { kind: "later", error: "esms_103", isDown: true }],
    ["146", { kind: "later", error: "esms_146", isDown: false }],
    ["108", { kind: "refused", error: "esms_108" }],
    ["124", { kind: "unknown", error: "esms_124" }],
  ])("that answers %s is understood", async (CodeResult, meaning) => {
    const { link } = await gateway("esms", json({ CodeResult, ErrorMessage: "no" }));
    expect(await link.submit(message)).toEqual(meaning);
  });

  it("reports what reached the handset and what did not, and nothing in between", () => {
    const report = conventions.esms.report;
    expect(report({ SMSID: "a", SendStatus: "5", SendSuccess: "1" })).toMatchObject({ receipt: "delivered" });
    expect(report({ SMSID: "a", SendStatus: "5", SendSuccess: "0" })).toMatchObject({ receipt: "undelivered" });
    expect(report({ SMSID: "a", SendStatus: "4" })).toMatchObject({ receipt: "undelivered" });
    expect(report({ SMSID: "a", SendStatus: "7" })).toBeUndefined();
    expect(report({ SendStatus: "5" })).toBeUndefined();
  });
});

describe("a gateway of the SpeedSMS kind", () => {
  it("is asked in its own words and names what it took", async () => {
    const taken = { status: "success", code: "00", data: { tranId: 123456, totalSMS: 1, invalidPhone: [] } };
    const { link, asked } = await gateway("speedsms", json(taken));
    expect(await link.submit(message)).toEqual({ kind: "accepted", references: ["123456"] });
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from("key:x").toString("base64")}`);
    expect(asked[0]?.body).toEqual({
      ...{ to: ["84912345678"], content: "VssID mien phi.", sms_type: 3, sender: "BHXH" },
    });
  });

  it("that names the number as invalid ends the message; any other error is tried again", async () => {
    const invalid = await gateway("speedsms", json({ status: "error", code: "105", invalidPhone: ["84912345678"] }));
    expect(await invalid.link.submit(message)).toMatchObject({ kind: "refused" });
    const other = await gateway("speedsms", json({ status: "error", code: "113", message: "too long" }));
    expect(await other.link.submit(message)).toEqual({ kind: "later", error: "speedsms_113", isDown: false });
  });
});

describe("a gateway that is in trouble", () => {
  it("may have sent what it never answered, answered with its own fault or with garbage", async () => {
    const silent = await gateway("esms", () => undefined);
    expect(await silent.link.submit(message)).toEqual({ kind: "unknown", error: "http_no_answer" });
    const faulty = await gateway("esms", json({}, 502));
    expect(await faulty.link.submit(message)).toEqual({ kind: "unknown", error: "http_502" });
    const garbage = await gateway("esms", (reply) => void reply.end("<html>"));
    expect(await garbage.link.submit(message)).toEqual({ kind: "unknown", error: "http_garbage" });
  });

  it("has sent nothing when it could not be reached, and is only too busy when it says so", async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, "127.0.0.1", done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const link = openGateway({
      ...{ gateway: "esms" as const, url: `http://127.0.0.1:${port}/send`, key: "", secret: "", sender: "BHXH" },
      callback: "",
      answerMs: 1000,
    });
    expect(await link.submit(message)).toMatchObject({ kind: "later", isDown: true });
    const busy = await gateway("esms", json({}, 429));
    expect(await busy.link.submit(message)).toMatchObject({ kind: "throttled" });
  });
});
