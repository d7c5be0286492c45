import { createECDH } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openBody } from "../../test/push-service.ts";
import { isAllowed, isHostRule, parseSubscription, USUAL_HOSTS, worthUntil } from "./rules.ts";

const device = createECDH("prime256v1");
const p256dh = device.generateKeys("base64url");
const auth = Buffer.alloc(16, 3).toString("base64url");
const given = (endpoint: string, keys = { p256dh, auth }) => JSON.stringify({ endpoint, expirationTime: null, keys });
const google = "https://fcm.googleapis.com/fcm/send/abc";

describe("where messages to devices go", () => {
  it("is a push service of a browser, over https at its own port", () => {
    for (const endpoint of [
      google,
      "https://updates.push.services.mozilla.com/wpush/v2/abc",
      "https://web.push.apple.com/abc",
      "https://sg2p.notify.windows.com/w/?token=abc",
    ]) {
      expect([endpoint, isAllowed(endpoint, USUAL_HOSTS)]).toEqual([endpoint, true]);
    }
  });

  it("is never our own network, another site, another port, plain http, or an address with a name in it", () => {
    for (const endpoint of [
      "http://fcm.googleapis.com/fcm/send/abc",
      "https://fcm.googleapis.com:8443/x",
      "https://fcm.googleapis.com.example.vn/x",
      "https://evilfcm.googleapis.com/x",
      "https://push.apple.com/x",
      "https://xpush.apple.com/x",
      "https://name:word@fcm.googleapis.com/x",
      "https://fcm.googleapis.com@10.0.0.1/x",
      "https://127.0.0.1/x",
      "http://127.0.0.1:5432/",
      "https://[::1]/x",
      "https://169.254.169.254/latest/meta-data/",
      "file:///etc/passwd",
      "//fcm.googleapis.com/x",
      "",
    ]) {
      expect([endpoint, isAllowed(endpoint, USUAL_HOSTS)]).toEqual([endpoint, false]);
    }
  });

  it("may be a port of this machine in a demo that names it, and that port alone", () => {
    expect(isHostRule("127.0.0.1:4711", true)).toBe(true);
    expect(isHostRule("127.0.0.1:4711", false)).toBe(false);
    for (const host of ["10.0.0.1:80", "*", "*.", "com", "*.com", "https://a.vn", "a.vn:444"]) {
      expect([host, isHostRule(host, true)]).toEqual([host, false]);
    }
    expect(isAllowed("http://127.0.0.1:4711/push/1", ["127.0.0.1:4711"])).toBe(true);
    expect(isAllowed("http://127.0.0.1:4712/push/1", ["127.0.0.1:4711"])).toBe(false);
  });
});

describe("what a browser gives", () => {
  it("is taken with an address, a point on the curve and a secret of 16 bytes", () => {
    expect(parseSubscription(given(google), USUAL_HOSTS)).toEqual({
      ok: true,
      value: { endpoint: google, keys: { p256dh, auth } },
    });
  });

  it("is refused in one sentence when something is missing, and in another for a service we do not know", () => {
    const offCurve = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString("base64url");
    for (const text of [
      "",
      "{",
      "null",
      given(google, { p256dh: "", auth }),
      given(google, { p256dh: offCurve, auth }),
      given(google, { p256dh, auth: "AA" }),
    ]) {
      expect(parseSubscription(text, USUAL_HOSTS)).toMatchObject({ ok: false, faults: [{ key: "unreadable" }] });
    }
    const elsewhere = parseSubscription(given("https://push.example.vn/1"), USUAL_HOSTS);
    expect(elsewhere).toMatchObject({ ok: false, faults: [{ key: "unknown_service" }] });
  });
});

describe("the one address outside that people name", () => {
  it("has at most 2,048 signs: a longer one is never kept, so that none is asked", () => {
    const long = (signs: number) => given(google.padEnd(signs, "x"));
    expect(parseSubscription(long(2048), USUAL_HOSTS)).toMatchObject({ ok: true });
    expect(parseSubscription(long(2049), USUAL_HOSTS)).toMatchObject({ ok: false, faults: [{ key: "unreadable" }] });
  });
});

describe("a notice on a device", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 2, minutes));
  const kept = { outcome: 60, reminder: 5 };

  it("is kept until its deadline, or for the least time when that is longer", () => {
    const of = (kind: string) => worthUntil({ class: kind, queuedAt: at(0), dueAt: at(15) }, kept);
    expect(of("outcome")).toEqual(at(60));
    expect(of("reminder")).toEqual(at(15));
  });
});

describe("the stand-in for a push service", () => {
  it("opens the example of RFC 8291, section 5", () => {
    const ecdh = createECDH("prime256v1");
    ecdh.setPrivateKey("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "base64url");
    const body = Buffer.from(
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
      "base64url",
    );
    const opened = openBody(body, { ecdh, auth: Buffer.from("BTBZMqHH6r4Tts7J_aSIgg", "base64url") });
    expect(opened.toString()).toBe("When I grow up, I want to be a watermelon");
  });
});
