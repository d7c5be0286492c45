import { createContext, runInContext } from "node:vm";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import type { Staff } from "../kernel/actor.ts";
import { Away, awayWords } from "../ui/away.tsx";
import type { PageAsk } from "../ui/page-ask.ts";
import source from "./away.js?raw";

/** A page of which the script runs, with a clock of its own. */
function open(seconds: number, { more, isCut = false }: { more?: number; isCut?: boolean } = {}) {
  let now = 0;
  const asked: string[] = [];
  const texts: { tag: string; textContent: string }[] = [];
  const presses: (() => Promise<void>)[] = [];
  let due: { at: number; run(): void } | undefined;
  const handlers = new Map<string, () => void>();
  const body = {
    shown: ["a name", "a number"] as unknown[],
    replaceChildren: (...parts: unknown[]) => (body.shown = parts),
    prepend: (part: unknown) => body.shown.unshift(part),
  };
  const element = (tag: string) => {
    const made = {
      tag,
      append: () => undefined,
      setAttribute: () => undefined,
      addEventListener: (_: string, press: () => Promise<void>) => presses.push(press),
      textContent: "",
      remove: () => (body.shown = body.shown.filter((one) => one !== made)),
    };
    texts.push(made);
    return made;
  };
  const document = {
    title: { textContent: "Thẻ của bà Hòa" },
  };
  const parts: Record<string, object> = {
    "script#away": { dataset: { seconds: String(seconds), at: "/app/more" } },
    html: { lang: "vi" },
    title: document.title,
    body,
  };
  const Document = { prototype: { querySelector: (selector: string) => parts[selector], createElement: element } };
  runInContext(
    source.replace('"WORDS"', JSON.stringify(awayWords)),
    createContext({
      document,
      Document,
      location: { href: "https://vssid.example.vn/app" },
      Date: { now: () => now },
      clearTimeout: () => {
        due = undefined;
      },
      setTimeout: (run: () => void, ms: number) => {
        due = { at: now + ms, run };
      },
      addEventListener: (name: string, handler: () => void) => handlers.set(name, handler),
      fetch: async (address: string) => {
        asked.push(address);
        if (isCut) throw new TypeError("no network");
        return { text: async () => (more === undefined ? "" : `<script id="away" data-seconds="${more}">`) };
      },
    }),
  );
  return {
    document,
    body,
    asked,
    said: () => texts.filter(({ tag }) => tag === "p").at(-1)?.textContent,
    stay: () => presses.at(-1)?.(),
    fire: (name: string) => handlers.get(name)?.(),
    /** `isAsleep`: no timer runs meanwhile. */
    pass(ms: number, isAsleep = false) {
      now += ms;
      if (!isAsleep && due && due.at <= now) due.run();
    },
  };
}

describe("a page that is open when its session ends by itself", () => {
  it("shows what it showed until then, and nothing of it from then on", () => {
    const page = open(900);
    page.pass(899_000);
    expect(page.body.shown).toEqual(expect.arrayContaining(["a name", "a number"]));
    page.pass(2_000);
    expect(page.body.shown).toHaveLength(1);
    expect(JSON.stringify(page.body.shown)).not.toContain("number");
    expect(page.document.title.textContent).toBe("VssID");
  });

  it("says so two minutes before, and goes on as often as somebody wants to stay (WCAG 2.2.1)", async () => {
    const page = open(900, { more: 900 });
    for (let times = 0; times < 12; times += 1) {
      page.pass(779_000);
      expect(page.body.shown).toHaveLength(2);
      page.pass(1_000);
      expect(page.body.shown).toHaveLength(3);
      await page.stay();
      expect(page.body.shown).toEqual(["a name", "a number"]);
    }
    expect(page.asked).toEqual(Array(12).fill("/app/more"));
  });

  it("says so where the session cannot be prolonged any more, and is then emptied", async () => {
    const page = open(900, { more: 110 });
    page.pass(781_000);
    await page.stay();
    expect([page.body.shown.length, page.said()]).toEqual([3, awayWords.vi.last]);
    page.pass(111_000);
    expect(page.body.shown).toHaveLength(1);
  });

  it("is emptied at once where the session has ended elsewhere, but for what was typed", async () => {
    const page = open(900);
    page.pass(781_000);
    await page.stay();
    expect(page.body.shown).toHaveLength(1);
    const typed = open(900);
    typed.fire("input");
    typed.pass(781_000);
    await typed.stay();
    expect([typed.body.shown.length, typed.said()]).toEqual([3, awayWords.vi.gone]);
  });

  it("says that there is no connection, and may be asked again", async () => {
    const page = open(900, { isCut: true });
    page.pass(781_000);
    await page.stay();
    expect([page.body.shown.length, page.said()]).toEqual([3, awayWords.vi.unreached]);
  });

  it("is emptied as soon as a machine that slept wakes", () => {
    const page = open(900);
    page.pass(86_400_000, true);
    expect(page.body.shown).toHaveLength(2);
    page.fire("visibilitychange");
    expect(page.body.shown).toHaveLength(1);
  });

  it("keeps a form in which something was typed: it goes through the next sign-in", () => {
    const page = open(900);
    page.fire("input");
    page.pass(781_000);
    page.pass(121_000);
    expect(page.body.shown).toEqual(expect.arrayContaining(["a name", "a number"]));
    expect(page.said()).toBe(awayWords.vi.gone);
  });

  it("knows how long its session lasts, and a stranger's page has no such script", () => {
    const now = new Date("2026-11-23T02:00:00Z");
    const staff: Staff = { kind: "staff", staffId: "1", name: "Vũ Hà", sessionId: "0", roles: [] };
    const shown = (actor: PageAsk["actor"]) => renderToString(<Away ask={{ actor, now, lang: "vi" } as PageAsk} />);
    expect(shown({ ...staff, unusedUntil: new Date(now.getTime() + 900_000) })).toContain('data-seconds="900"');
    expect(shown({ kind: "anyone" })).toBe("");
  });
});
