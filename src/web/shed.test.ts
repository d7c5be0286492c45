import { brotliDecompressSync, gunzipSync } from "node:zlib";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import Fastify from "fastify";
import { beforeAll, describe, expect, it } from "vitest";
import { vaultOfTests } from "../../test/vault.ts";
import type { House } from "../db/house.ts";
import { systemClock } from "../kernel/clock.ts";
import type { Pressure } from "./rules-shed.ts";
import { mountShed, type Shed } from "./shed.tsx";

const house = {
  vault: vaultOfTests(),
  clock: systemClock,
  settings: { baseUrl: "https://vssid.example", profile: "demo", shedsLoad: true },
} as unknown as House;

describe("a web that is asked for more than it carries", () => {
  const app = Fastify();
  let shed: Shed;
  let pressure: Pressure;
  beforeAll(async () => {
    await app.register(cookie);
    // What is packed already is not packed again.
    await app.register(compress, { threshold: 1024, encodings: ["br", "gzip", "identity"] });
    shed = mountShed(app, house, () => pressure);
    for (const [path, importance] of [
      ["/app/card", "vital"],
      ["/app/visits", "usual"],
      ["/api/v1/me/visits", "usual"],
    ] as const) {
      app.get(path, { config: { importance, isProgram: path.startsWith("/api/") } }, async () => "answered");
    }
    app.get("/healthz", async () => "answered");
  });
  const ask = (url: string) => app.inject(url);

  it("answers everybody while it keeps up", async () => {
    pressure = { waiting: 3, lagMs: 30 };
    for (const path of ["/app/card", "/app/visits", "/healthz"]) expect((await ask(path)).statusCode).toBe(200);
    expect(shed).toEqual({ vital: 0, usual: 0, bulk: 0 });
  });

  it("sends away what can wait, with when to come again, and goes on with the card and the probes", async () => {
    pressure = { waiting: 300, lagMs: 30 };
    for (const path of ["/app/card", "/healthz"]) expect((await ask(path)).statusCode).toBe(200);
    const page = await ask("/app/visits?year=2026");
    expect(page.statusCode).toBe(503);
    expect(page.headers["retry-after"]).toBe("3");
    expect(page.headers["cache-control"]).toBe("private, no-store");
    expect(page.headers["content-security-policy"]).toContain("sha256-");
    expect(page.body).toContain("Hệ thống đang đông");
    expect(shed.usual).toBe(1);
  });

  it.each([
    ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
    ["gzip;q=1.0, identity", "gzip", gunzipSync],
    ["br;q=0, gzip; q=0.5", "gzip", gunzipSync],
  ])("packs the page once for all who take %s", async (accepted, encoding, unpack) => {
    const [first, second] = [0, 1].map(() =>
      app.inject({ url: "/app/visits", headers: { "accept-encoding": accepted } }),
    );
    const answer = await first;
    expect(answer?.headers).toMatchObject({ "content-encoding": encoding, vary: "accept-encoding" });
    expect(unpack(answer?.rawPayload as Buffer).toString()).toBe((await ask("/app/visits")).body);
    expect((await second)?.rawPayload).toEqual(answer?.rawPayload);
    expect(answer?.rawPayload.length).toBeLessThan(8000);
  });

  it("tells programs by RFC 9457", async () => {
    const answer = await ask("/api/v1/me/visits?cursor=1");
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: "busy", instance: "/api/v1/me/visits", status: 503 });
  });

  it("keeps one page a language, with nothing of whoever was first: no address, no cookie, no token", async () => {
    const [first, second] = [await ask("/app/visits?year=2025"), await ask("/app/visits")];
    expect(first.body).toBe(second.body);
    expect(first.body).not.toContain("/app/visits");
    expect(first.headers["set-cookie"]).toBeUndefined();
    expect((await ask("/app/visits?lang=en")).body).toContain("The system is busy");
  });
});
