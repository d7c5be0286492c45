import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authority, newAuthority, type Pair } from "../../test/authority.ts";
import { lookAt } from "../certificates/look.ts";
import { placesOf } from "../certificates/rules.ts";
import type { RingFiles } from "../vault/ring.ts";
import { faultsOfRing, ringOf } from "../vault/settings.ts";
import { openRing } from "./open-ring.ts";

/** The line to a key service that asks who is there by a certificate, beside the token. */
const home = mkdtempSync(join(tmpdir(), "vssid-ring-line-"));
let ours: Authority;
let strangers: Authority;
let web: Pair;
let own: Pair;
beforeAll(() => {
  ours = newAuthority(join(home, "ours"));
  strangers = newAuthority(join(home, "strangers"));
  web = ours.sign("kms", { names: "IP:127.0.0.1" });
  own = ours.sign("web-1.vssid.example.vn");
  writeFileSync(join(home, "token"), "t-1");
});
afterAll(() => rmSync(home, { recursive: true }));

let server: Server;
/** Who asked, by the name in the certificate that was shown. */
const asked: string[] = [];
async function listen(more: { maxVersion?: "TLSv1.2" } = {}): Promise<void> {
  asked.length = 0;
  const pair = { cert: readFileSync(web.cert), key: readFileSync(web.key) };
  server = createServer({ ...pair, ca: readFileSync(ours.root), requestCert: true, ...more }, (request, response) => {
    // Each question on a line of its own.
    response.setHeader("connection", "close");
    asked.push((request.socket as TLSSocket).getPeerCertificate().subject.CN as string);
    if (request.url?.startsWith("/elsewhere")) return response.writeHead(307, { location: "/v1/keys/vssid" }).end();
    response.end('{"data":{"latest_version":3}}');
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
}
function stop(): void {
  server.closeAllConnections();
  server.close();
}
beforeEach(() => listen());
afterEach(stop);

const urlOf = (mount: string) => `https://127.0.0.1:${(server.address() as AddressInfo).port}${mount}`;
const ringWith = (files: RingFiles, mount = "/v1") =>
  openRing({ kind: "http", url: urlOf(mount), tokenFile: join(home, "token"), key: "vssid", files });
const mine = (pair: Partial<Pair> = own, root = ours.root): RingFiles => ({ ...pair, root });

describe("a key service that asks for a certificate", () => {
  it("is shown ours, and shows one of the authority that is named", async () => {
    expect(await ringWith(mine()).newest()).toBe(3);
    expect(asked).toEqual(["web-1.vssid.example.vn"]);
  });

  const refused: readonly (readonly [string, () => RingFiles, RegExp])[] = [
    ["none", () => mine({}), /does not answer \((ERR_SSL_\w*CERTIFICATE_REQUIRED|ECONNRESET|EPIPE)\)/],
    [
      "one of another authority",
      () => mine(strangers.sign("web-1.vssid.example.vn")),
      /does not answer \((ERR_SSL_\w*UNKNOWN_CA|ECONNRESET|EPIPE)\)/,
    ],
    ["no name that we believe", () => mine(own, strangers.root), /does not answer \((UNABLE_TO_\w+|SELF_SIGNED_\w+)\)/],
    [
      "a certificate that Node does not know",
      () => ({ ...own }),
      /does not answer \((UNABLE_TO_\w+|SELF_SIGNED_\w+)\)/,
    ],
  ];
  it.each(refused)("is asked in vain with %s: the word of it says why", async (_, files, says) => {
    await expect(ringWith(files()).newest()).rejects.toThrow(says);
    expect(asked).toEqual([]);
  });

  it("is not followed elsewhere", async () => {
    await expect(ringWith(mine(), "/elsewhere").newest()).rejects.toThrow("the key service answered 307");
    expect(asked).toHaveLength(1);
  });

  it("is shown a renewed one without a new start, and the one before while half of the pair has come", async () => {
    const lying = { cert: join(home, "lies.pem"), key: join(home, "lies-key.pem") };
    const lay = (pair: Partial<Pair>) => {
      if (pair.cert) copyFileSync(pair.cert, lying.cert);
      if (pair.key) copyFileSync(pair.key, lying.key);
    };
    lay(own);
    const ring = ringWith(mine(lying));
    await ring.newest();
    const next = ours.sign("web-1.renewed.example.vn");
    lay({ cert: next.cert });
    await ring.newest();
    lay({ key: next.key });
    await ring.newest();
    await ring.newest();
    const [before, after] = ["web-1.vssid.example.vn", "web-1.renewed.example.vn"];
    expect(asked).toEqual([before, before, after, after]);
  });

  it("is looked at by the watch as we are known there, and believed", async () => {
    // By 1.3 a line is ended only after both have shown theirs; by 1.2 before.
    stop();
    await listen({ maxVersion: "TLSv1.2" });
    const files = mine();
    const here = { baseUrl: "http://127.0.0.1:8330", smtpUrl: "", smppUrl: "", smsProviders: [] };
    const [place] = placesOf({ ...here, keyService: { url: urlOf("/v1"), files } });
    if (!place) throw new Error("no place");
    expect(place).toMatchObject({ name: "key_service", shown: { certFile: own.cert, keyFile: own.key } });
    const found = await lookAt(place);
    expect(found.fault).toBeUndefined();
    expect(await lookAt({ ...place, rootFile: strangers.root })).toMatchObject({
      fault: expect.stringMatching(/UNABLE_TO|SELF_SIGNED/),
    });
  });
});

describe("the files of that line in the settings", () => {
  const said = (more: Record<string, string>) => ({
    VSSID_KMS_KEY: "vssid",
    VSSID_KMS_TOKEN_FILE: join(home, "token"),
    ...more,
  });

  it("are for an address with https, and reach the ring", () => {
    const files = { VSSID_KMS_CERT_FILE: "/c.pem", VSSID_KMS_CERT_KEY_FILE: "/k.pem", VSSID_KMS_CA_FILE: "/a.pem" };
    const url = { VSSID_KMS_URL: "https://kms.example.vn/v1/transit" };
    expect(faultsOfRing(said({ ...url, ...files }), "production")).toEqual([]);
    expect(ringOf(said({ ...url, ...files }))).toMatchObject({
      files: { cert: "/c.pem", key: "/k.pem", root: "/a.pem" },
    });
    const names = "VSSID_KMS_CERT_FILE, VSSID_KMS_CERT_KEY_FILE, VSSID_KMS_CA_FILE";
    for (const wrong of [{ VSSID_KMS_URL: "http://127.0.0.1:8200/v1/transit" }, { VSSID_KEY_RING: "/ring.json" }]) {
      expect(faultsOfRing(said({ ...wrong, ...files }), "production")).toEqual([
        `${names}: for a VSSID_KMS_URL with https`,
      ]);
    }
  });
});
