import { gzipSync } from "node:zlib";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { NOTICES } from "../consent/rules.ts";
import type { Lang } from "../kernel/words.ts";
import { madeUpAsk } from "../ui/made-up-ask.ts";
import type { Ask, PageRoute, Reply } from "../web/route.ts";
import { routes } from "./citizen.tsx";
import { words as startWords } from "./words.ts";

const askFor = (change: Partial<Ask> = {}) =>
  ({ ...madeUpAsk(), query: {}, form: {}, now: new Date("2026-11-23T02:00:00Z"), ...change }) as Ask;

async function answer(path: string, change: Partial<Ask> = {}): Promise<Reply> {
  const route = routes.find((one) => one.path === path) as PageRoute;
  return route.handle(askFor({ here: path, ...change }));
}

async function html(path: string, change: Partial<Ask> = {}): Promise<string> {
  const reply = await answer(path, change);
  return reply.kind === "page" ? renderToString(reply.view) : "";
}

describe("the start page", () => {
  it("leads to registering, signing in and the declaration already handed in", async () => {
    const start = await html("/");
    for (const href of ["/register", "/sign-in", "/register/resume", "/help", "/privacy"]) {
      expect(start).toContain(`href="${href}"`);
    }
    expect(start).toContain("Khai khoảng 6 phút");
    expect(start).toContain("1900\u00a09068");
  });

  it("leads somebody who is signed in to the account instead", async () => {
    const start = await html("/", { actor: { kind: "citizen", personId: "1", scope: "full", sessionId: "s" } });
    expect(start).toContain('href="/app"');
    expect(start).not.toContain('href="/sign-in"');
  });

  it.each(["/", "/privacy"])("%s fits in the first flight of a connection: 14 KB with its style", async (path) => {
    for (const lang of ["vi", "en"] as Lang[]) expect(gzipSync(await html(path, { lang })).length).toBeLessThan(14_000);
  });

  it.each(["/", "/privacy"])("%s has one main heading and needs no script", async (path) => {
    const shown = await html(path);
    expect(shown.match(/<h1/g)).toHaveLength(1);
    expect(shown).not.toContain("<script");
  });
});

describe("the words of the open pages", () => {
  const sentences = (lang: Lang) =>
    [startWords(lang), ...NOTICES.map((notice) => notice.text(lang))]
      .flatMap(textsOf)
      .flatMap((text) => text.split(/(?<=[.?!;:])\s/u));

  it.each(["vi", "en"] as Lang[])("keep to twenty words a sentence (%s)", (lang) => {
    const long = sentences(lang).filter((sentence) => sentence.split(/\s+/u).length > 20);
    expect(long).toEqual([]);
  });
});

describe("the size of the text", () => {
  it("is remembered for a year, and the same page is shown again", async () => {
    const reply = await answer("/text-size", { form: { size: "xl", back: "/help?lang=en" } });
    expect(reply).toMatchObject({ kind: "redirect", to: "/help?lang=en" });
    expect(reply.kind === "redirect" && reply.cookies).toEqual([
      { name: "text_size", value: "xl", maxAgeSeconds: 31_536_000 },
    ]);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "", "/a\r\nb"])(
    "never sends anybody to another site: %j",
    async (back) => {
      expect(await answer("/text-size", { form: { size: "l", back } })).toMatchObject({ to: "/" });
    },
  );

  it("takes no size but the three", async () => {
    const reply = await answer("/text-size", { form: { size: "huge", back: "/" } });
    expect(reply.kind === "redirect" && reply.cookies?.[0]?.value).toBe("m");
  });
});

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
