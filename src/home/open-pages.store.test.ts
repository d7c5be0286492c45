import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";

let house: TestHouse;
let production: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  production = await openTestHouse({ settings: { profile: "production" } });
});
afterAll(async () => {
  await house.close();
  await production.close();
});

describe("the open pages, as the server gives them", () => {
  it.each(["/", "/help", "/privacy", "/dev/ui", "/dev/ui?face=app", "/dev/ui?face=console"])(
    "%s carries the hash of its one style in the security policy",
    async (path) => {
      const answer = await house.app.inject(path);
      const style = /<style>([\s\S]*?)<\/style>/.exec(answer.body)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      expect(answer.statusCode).toBe(200);
      expect(style.length).toBeGreaterThan(1_000);
      expect(answer.headers["content-security-policy"]).toContain(`'sha256-${hash}'`);
    },
  );

  it("turn to the other language on the same page and stay there", async () => {
    const english = await house.app.inject("/help?lang=en");
    expect(english.body).toMatch(/<html lang="en"/);
    const later = await house.app.inject({ url: "/privacy", cookies: cookiesOf(english) });
    expect(later.body).toContain("Personal data protection");
  });

  it("grow with the chosen size of text, on every page from then on", async () => {
    const first = await house.app.inject("/help");
    const cookies = cookiesOf(first);
    const token = /name="_token" value="([^"]+)"/.exec(first.body)?.[1] ?? "";
    const chosen = await house.app.inject({
      method: "POST",
      url: "/text-size",
      cookies,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _token: token, size: "xl", back: "/help" }).toString(),
    });
    expect([chosen.statusCode, chosen.headers.location]).toEqual([303, "/help"]);
    const later = await house.app.inject({ url: "/", cookies: { ...cookies, ...cookiesOf(chosen) } });
    expect(later.body).toContain('class="portal text-xl"');
  });

  it("hide the gallery and the demonstration banner in production", async () => {
    expect((await production.app.inject("/dev/ui")).statusCode).toBe(404);
    expect((await production.app.inject("/")).body).not.toContain("Bản trình diễn");
  });

  it("serve their icons and manifest", async () => {
    for (const path of ["/manifest.webmanifest", "/favicon.svg", "/icon-192.png", "/robots.txt", "/show-password.js"]) {
      expect((await house.app.inject(path)).statusCode, path).toBe(200);
    }
  });
});

function cookiesOf(answer: { cookies: unknown[] }): Record<string, string> {
  return Object.fromEntries(
    (answer.cookies as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );
}
