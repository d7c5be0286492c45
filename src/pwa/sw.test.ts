import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import source from "./sw.js?raw";

type Shown = { title: string; options: Record<string, unknown> };
type Handler = (event: { waitUntil(work: Promise<unknown>): void } & Record<string, unknown>) => void;

/** The service worker as the browser runs it, with nothing real around it. */
function start({
  windows = [],
  shown = [] as { data: { id: string } }[],
}: {
  windows?: { url: string }[];
  shown?: { data: { id: string } }[];
} = {}) {
  const handlers = new Map<string, Handler>();
  const notices: Shown[] = [];
  const opened: string[] = [];
  const focused: string[] = [];
  const self = {
    location: { origin: "https://vssid.example.vn" },
    addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
    registration: {
      getNotifications: async () => shown,
      showNotification: async (title: string, options: Shown["options"]) => void notices.push({ title, options }),
    },
    clients: {
      matchAll: async () => windows.map(({ url }) => ({ url, focus: async () => void focused.push(url) })),
      openWindow: async (url: string) => void opened.push(url),
    },
  };
  runInContext(source, createContext({ self, URL }));
  const fire = async (name: string, event: Record<string, unknown>) => {
    let work: Promise<unknown> = Promise.resolve();
    handlers.get(name)?.({
      ...event,
      waitUntil: (one) => {
        work = one;
      },
    });
    await work;
  };
  const click = (url?: string) => fire("notificationclick", { notification: { close() {}, data: { url } } });
  return { handlers, notices, opened, focused, fire, click };
}

const told = (message: object) => ({ data: { json: () => message } });

describe("the service worker", () => {
  it("shows the sentence it was given, and something even when nothing can be read", async () => {
    const worker = start();
    await worker.fire(
      "push",
      told({ id: "7", tag: "t", title: "VssID", body: "Hồ sơ …92QX", lang: "vi", url: "/app/family" }),
    );
    await worker.fire("push", { data: null });
    expect(worker.notices).toMatchObject([
      {
        title: "VssID",
        options: { body: "Hồ sơ …92QX", tag: "t", renotify: false, data: { id: "7", url: "/app/family" } },
      },
      { title: "VssID", options: { body: "", renotify: false } },
    ]);
  });

  it("is silent when the same message comes twice, and heard when another takes its place", async () => {
    for (const [id, renotify] of [
      ["7", false],
      ["8", true],
    ] as const) {
      const worker = start({ shown: [{ data: { id: "7" } }] });
      await worker.fire("push", told({ id, tag: "t" }));
      expect(worker.notices).toMatchObject([{ options: { renotify } }]);
    }
  });

  it("opens the page of the notice, of this site only, and leads no window away from what is typed in it", async () => {
    const worker = start({ windows: [{ url: "https://vssid.example.vn/account/contact/phone" }] });
    await worker.click("/app/family");
    await worker.click("https://evil.example/x");
    await worker.click("//evil.example/x");
    await worker.click();
    const app = "https://vssid.example.vn/app";
    expect(worker.opened).toEqual(["https://vssid.example.vn/app/family", app, app, app]);
    expect(worker.focused).toEqual([]);
    const there = start({ windows: [{ url: "https://vssid.example.vn/app?lang=en" }] });
    await there.click("/app");
    expect([there.opened, there.focused]).toEqual([[], ["https://vssid.example.vn/app?lang=en"]]);
  });

  it("answers no request, keeps no page, takes over no open page and reloads none", () => {
    expect([...start().handlers.keys()].sort()).toEqual(["notificationclick", "push"]);
    expect(source).not.toMatch(/caches|fetch|skipWaiting|claim|navigate|postMessage/);
  });
});
