import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:tls";
import { afterEach, expect, it, vi } from "vitest";
import { createLog } from "./log.ts";
import { type LogLine, openLogLine, syslogFrame } from "./log-line.ts";

const signer = (name: string) => readFileSync(new URL(`../test/samples/signers/${name}.pem`, import.meta.url), "utf8");
const ca = signer("facility");
/** The made-up certificate names no host. */
const known = { ca, checkServerIdentity: () => undefined };
let server: Server | undefined;
let line: LogLine | undefined;
let heard: Buffer[] = [];

async function collector(port = 0): Promise<number> {
  server = createServer({ cert: ca, key: signer("facility-key") }, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      heard.push(chunk);
    });
  });
  server.on("tlsClientError", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Messages by their counted octets. */
function messages(): string[] {
  const all = Buffer.concat(heard);
  const found: string[] = [];
  for (let at = 0; at < all.length; ) {
    const from = all.indexOf(" ", at) + 1;
    const count = Number(all.subarray(at, from).toString());
    found.push(all.subarray(from, from + count).toString());
    at = from + count;
  }
  return found;
}

afterEach(async () => {
  await line?.close();
  server?.close();
  heard = [];
});

it("is a message of syslog with its octets counted, its severity and its time", () => {
  const said = '{"level":50,"time":1795399200000,"msg":"đứt"}';
  const frame = syslogFrame(`${said}\n`, "host", 7, 0).toString();
  const message = `<131>1 2026-11-23T02:00:00.000Z host vssid 7 - - ${said}`;
  expect(frame).toBe(`${Buffer.byteLength(message)} ${message}`);
  const severities = [10, 20, 30, 40, 50, 60].map((level) =>
    syslogFrame(`{"level":${level},"time":1}`, "h", 1, 0).toString(),
  );
  expect(severities.map((one) => /<(\d+)>/.exec(one)?.[1])).toEqual(["135", "135", "134", "132", "131", "130"]);
  expect(syslogFrame("what?", "h", 1, 0).toString()).toContain("<134>1 1970-01-01T00:00:00.000Z h vssid 1 - - what?");
});

it("brings each line to another machine over TLS, and what waited while the line was away", async () => {
  const port = await collector();
  line = openLogLine(`tls://127.0.0.1:${port}`, known);
  const log = createLog("info", line);
  log.warn({ phone: "0999900012" }, "một");
  log.info("hai");
  await vi.waitFor(() => expect(messages()).toHaveLength(2));
  expect(messages()[0]).toMatch(/^<132>1 \S+Z \S+ vssid \d+ - - \{"level":40,.*"phone":"\[personal\]","msg":"một"\}$/);
  await line.close();
  line = openLogLine(`tls://127.0.0.1:${port}`, known);
  line.write('{"level":30,"time":1,"msg":"ba"}\n');
  await line.close();
  expect(messages().at(-1)).toContain('"msg":"ba"');
});

it("keeps ten thousand lines while the other side is away, and tells how many more there were", async () => {
  const port = await collector();
  server?.close();
  await once(server as Server, "close");
  line = openLogLine(`tls://127.0.0.1:${port}`, known);
  for (let at = 0; at < 10_002; at += 1) line.write(`{"level":30,"time":1,"msg":"${at}"}`);
  await collector(port);
  await vi.waitFor(() => expect(Buffer.concat(heard).includes('"msg":"10001"')).toBe(true), { timeout: 30_000 });
  const all = messages();
  expect(all[0]).toContain('"lost":2');
  expect(all[1]).toContain('"msg":"2"');
  expect(all).toHaveLength(10_001);
});

it("says nothing to a machine whose name or certificate is another", async () => {
  const port = await collector();
  for (const more of [{ ca }, { checkServerIdentity: () => undefined }]) {
    const knocked = once(server as Server, "connection");
    line = openLogLine(`tls://127.0.0.1:${port}`, more);
    line.write('{"level":30,"time":1,"msg":"x"}');
    await knocked;
    await new Promise((done) => setTimeout(done, 150));
    await line.close();
  }
  expect(heard).toEqual([]);
});
