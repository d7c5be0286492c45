import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get as getPlain } from "node:http";
import { get, type RequestOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { ListenerTls } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { marksOf, renew } from "./listener.ts";
import { faultsOfListener, readListenerTls } from "./listener-settings.ts";
import { createWeb } from "./server.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-listener-"));
const signer = (name: string) => fileURLToPath(new URL(`../../test/samples/signers/${name}.pem`, import.meta.url));
const at = (name: string) => join(folder, name);
const tls: ListenerTls = { certFile: at("cert.pem"), keyFile: at("key.pem"), clientCaFile: at("clients.pem") };
const proxy = readListenerTls(pair("stranger"));
const notTheProxy = readListenerTls(pair("facility"));
let house: TestHouse;
let app: FastifyInstance;

function pair(name: string): ListenerTls {
  return { certFile: signer(name), keyFile: signer(`${name}-key`) };
}

function lay(name: string, what: ("cert" | "key")[] = ["cert", "key"]): void {
  if (what.includes("cert")) copyFileSync(signer(name), at("cert.pem"));
  if (what.includes("key")) copyFileSync(signer(`${name}-key`), at("key.pem"));
}

/** Status of the answer, and whose certificate was shown. */
async function ask(options: RequestOptions): Promise<{ status: number | undefined; shown: string }> {
  const { port } = app.server.address() as AddressInfo;
  // The name of the made-up certificate is no host's; whose it is, the test compares itself.
  const asked = get({ host: "127.0.0.1", port, path: "/healthz", agent: false, rejectUnauthorized: false, ...options });
  const [reply] = await once(asked, "response");
  const shown = (reply.socket as TLSSocket).getPeerCertificate().subject?.CN;
  reply.resume();
  return { status: reply.statusCode, shown: String(shown) };
}

beforeAll(async () => {
  lay("facility");
  copyFileSync(signer("stranger"), at("clients.pem"));
  house = await openTestHouse();
  const settings = { ...house.settings, tls };
  app = await createWeb({ ...house, settings }, [], async () => anyone);
  await app.listen({ host: "127.0.0.1", port: 0 });
});

afterAll(async () => {
  await app.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

describe("the listener with a certificate of its own", () => {
  test("answers the proxy that shows a certificate of the authority, and nobody else", async () => {
    expect(await ask(proxy)).toEqual({ status: 200, shown: "Made-up facility of tests" });
    await expect(ask({})).rejects.toThrow();
    await expect(ask(notTheProxy)).rejects.toThrow();
  });

  test("speaks neither plain HTTP nor a TLS that is given up", async () => {
    const { port } = app.server.address() as AddressInfo;
    await expect(once(getPlain({ host: "127.0.0.1", port, path: "/healthz" }), "response")).rejects.toThrow();
    const old = { minVersion: "TLSv1" as const, maxVersion: "TLSv1.1" as const, ciphers: "DEFAULT@SECLEVEL=0" };
    await expect(ask({ ...proxy, ...old })).rejects.toThrow();
  });

  test("serves a renewed pair without a new start, and the old one until both halves are there", async () => {
    const said: string[] = [];
    const log = { info: (text: string) => said.push(text), warn: (_: object, text: string) => said.push(text) };
    const server = app.server as unknown as Parameters<typeof renew>[0];
    const taken = (served: string) => renew(server, tls, served, log as never);
    const before = marksOf(tls);
    expect(taken(before)).toBe(before);
    lay("stranger", ["cert"]);
    expect(taken(before)).toBe(before);
    expect((await ask(proxy)).shown).toBe("Made-up facility of tests");
    lay("stranger", ["key"]);
    const after = taken(before);
    expect(after).not.toBe(before);
    expect(await ask(proxy)).toEqual({ status: 200, shown: "Made-up stranger of tests" });
    expect(said).toEqual([
      "the listener's renewed certificate cannot be used yet",
      "the listener serves its renewed certificate",
    ]);
    lay("facility");
    taken(after);
  });
});

test("the settings of the listener are refused by halves, and when the files do not belong together", () => {
  const names = (cert?: string, key?: string, clientCa?: string) =>
    faultsOfListener({ VSSID_TLS_CERT_FILE: cert, VSSID_TLS_KEY_FILE: key, VSSID_TLS_CLIENT_CA_FILE: clientCa });
  expect(names()).toEqual([]);
  expect(names(signer("facility"), signer("facility-key"), signer("stranger"))).toEqual([]);
  expect(names(signer("facility"))).toEqual(["VSSID_TLS_CERT_FILE, VSSID_TLS_KEY_FILE: both or neither"]);
  expect(names(undefined, undefined, signer("stranger"))).toEqual([
    "VSSID_TLS_CLIENT_CA_FILE: needs VSSID_TLS_CERT_FILE and VSSID_TLS_KEY_FILE beside it",
  ]);
  writeFileSync(at("nothing.pem"), "nothing");
  for (const [cert, key] of [
    [signer("facility"), signer("stranger-key")],
    [at("nothing.pem"), signer("facility-key")],
    [at("none.pem"), signer("facility-key")],
  ]) {
    expect(names(cert, key)).toEqual([
      "VSSID_TLS_CERT_FILE, VSSID_TLS_KEY_FILE: no PEM that can be read, or certificate and key do not belong together",
    ]);
  }
});
