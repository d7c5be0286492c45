import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import source from "./sw.js?raw";

type Shown = { title: string; options: Record<string, unknown> };
type Handler = (event: { waitUntil(work: Promise<unknown>): void } & Record<string, unknown>) => void;

/** The service worker as the browser runs it, with nothing real around it. */
function start({
  windows = [],
  shown = [] as { data: { id: string } }[],
  answer = async (_url: string): Promise<Answer> => ({ ok: true }),
  held = new Map<string, Map<string, string>>(),
  kept = undefined as { handle: string } | undefined,
}: {
  windows?: { url: string }[];
  shown?: { data: { id: string } }[];
  /** The network. */
  answer?: (url: string) => Promise<Answer>;
  /** Caches by name, and in them what lies at each path. */
  held?: Map<string, Map<string, string>>;
  /** What lies in the locker. */
  kept?: { handle: string } | undefined;
} = {}) {
  const handlers = new Map<string, Handler>();
  const notices: Shown[] = [];
  const opened: string[] = [];
  const focused: string[] = [];
  const asked: string[] = [];
  const locker = new Map(kept ? [["one", kept]] : []);
  const fetch = (request: string | { url: string }) => {
    const url = typeof request === "string" ? request : request.url;
    asked.push(url);
    return answer(url);
  };
  const self = {
    SHELL: { version: "two", files: ["/app/offline", "/assets/offline-1.js"] },
    indexedDB: lockerOf(locker),
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
  const Request = class {
    constructor(
      readonly url: string,
      readonly init: object,
    ) {}
  };
  const Response = { error: () => "the browser's own page" };
  runInContext(source, createContext({ self, URL, fetch, Request, Response, caches: cachesOf(held), Date }));
  const fire = async (name: string, event: Record<string, unknown>) => {
    const work: Promise<unknown>[] = [];
    let reply: Promise<unknown> | undefined;
    handlers.get(name)?.({
      ...event,
      waitUntil: (one) => void work.push(one),
      respondWith: (one: Promise<unknown>) => {
        reply = one;
      },
    });
    const answered = await reply;
    await Promise.all(work);
    return answered;
  };
  const go = (path: string, over: object = {}) =>
    fire("fetch", { request: { url: `https://vssid.example.vn${path}`, method: "GET", mode: "navigate", ...over } });
  const click = (url?: string) => fire("notificationclick", { notification: { close() {}, data: { url } } });
  return { handlers, notices, opened, focused, fire, click, go, asked, locker };
}

interface Answer {
  ok: boolean;
  json?: () => Promise<object>;
}

function cachesOf(held: Map<string, Map<string, string>>) {
  return {
    keys: async () => [...held.keys()],
    delete: async (name: string) => held.delete(name),
    open: async (name: string) => {
      const shell = held.get(name) ?? new Map<string, string>();
      held.set(name, shell);
      return {
        addAll: async (requests: { url: string; init: object }[]) => {
          for (const { url, init } of requests) shell.set(url, JSON.stringify(init));
        },
        match: async (path: string) => shell.get(path),
      };
    },
  };
}

/** As much of IndexedDB as one store with one card asks for. */
function lockerOf(locker: Map<string, object>) {
  interface Asked {
    result?: unknown;
    onsuccess?: () => void;
    transaction?: object;
    addEventListener?: (name: "success", hear: () => void) => void;
  }
  const later = (asked: Asked) => {
    const heard: (() => void)[] = [];
    asked.addEventListener = (_name, hear) => void heard.push(hear);
    setTimeout(() => {
      for (const one of heard) one();
      asked.onsuccess?.();
    });
    return asked;
  };
  const store = {
    get: (key: string) => later({ result: locker.get(key), transaction: {} }),
    put: (record: object, key: string) => later({ result: locker.set(key, record), transaction: {} }),
    clear: () => later({ result: locker.clear(), transaction: {} }),
  };
  return { open: () => later({ result: { transaction: () => ({ objectStore: () => store }), close() {} } }) };
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

  it("keeps the same few files for everybody, and drops those of an earlier version only when it takes over", async () => {
    const held = new Map([["vssid-shell-one", new Map([["/app/offline", "old"]])]]);
    const worker = start({ held });
    await worker.fire("install", {});
    const shell = held.get("vssid-shell-two");
    expect([...(shell?.keys() ?? [])]).toEqual(["/app/offline", "/assets/offline-1.js"]);
    for (const init of shell?.values() ?? []) expect(JSON.parse(init)).toMatchObject({ credentials: "omit" });
    expect(held.has("vssid-shell-one")).toBe(true);
    await worker.fire("activate", {});
    expect([...held.keys()]).toEqual(["vssid-shell-two"]);
  });

  it("shows the page that it keeps only when the network fails, and never keeps a page of a person", async () => {
    const held = new Map([["vssid-shell-two", new Map([["/app/offline", "the offline page"]])]]);
    const page = { ok: true };
    expect(await start({ held, answer: async () => page }).go("/app")).toBe(page);
    const cut = start({ held, answer: () => Promise.reject(new TypeError("no network")) });
    expect(await cut.go("/app")).toBe("the offline page");
    expect(await cut.go("/app/visits")).toBe("the offline page");
    expect([...(held.get("vssid-shell-two")?.keys() ?? [])]).toEqual(["/app/offline"]);
    expect(await start({ answer: () => Promise.reject(new TypeError()) }).go("/app")).toBe("the browser's own page");
  });

  it("leaves a form that is sent to the browser, which keeps what was typed", async () => {
    const worker = start({ answer: () => Promise.reject(new TypeError("no network")) });
    expect(await worker.go("/account/contact/phone", { method: "POST" })).toBeUndefined();
    expect(await worker.go("/api/v1/me/cards", { mode: "cors" })).toBeUndefined();
    expect(worker.asked).toEqual([]);
  });

  it("takes the handle that it is given anew, so that a secret that is turned over costs nobody the card", async () => {
    const kept = { handle: "tay-nam", document: "sealed" };
    const saying = (handle: string | undefined) => async () => ({
      ok: true,
      json: async () => ({ mayKeep: true, handle }),
    });
    const given = start({ kept, answer: saying("tay-moi") });
    await given.go("/sign-in");
    expect(given.locker.get("one")).toEqual({ handle: "tay-moi", document: "sealed" });
    const same = start({ kept, answer: saying(undefined) });
    await same.go("/sign-in");
    expect(same.locker.get("one")).toBe(kept);
    const between = start({
      kept,
      answer: async (url) => {
        if (url.endsWith("/contact")) between.locker.set("one", { handle: "tay-khac" });
        return saying("tay-moi")();
      },
    });
    await between.go("/sign-in");
    expect(between.locker.get("one")).toEqual({ handle: "tay-khac" });
  });

  it("wipes the card when the server says that this telephone was given up, and only then", async () => {
    const kept = { handle: "tay-nam" };
    const saying = (mayKeep: boolean) => async () => ({ ok: true, json: async () => ({ mayKeep }) });
    const given = start({ kept, answer: saying(false) });
    await given.go("/sign-in");
    expect([given.asked.at(-1), given.locker.size]).toEqual(["/api/v1/kept-cards/contact", 0]);
    const other = start({ kept, answer: saying(true) });
    await other.go("/sign-in");
    const failing = start({ kept, answer: async () => ({ ok: false }) });
    await failing.go("/app");
    expect([other.locker.size, failing.locker.size]).toEqual([1, 1]);
    const without = start();
    await without.go("/app");
    expect(without.asked).toHaveLength(1);
  });

  it("takes over no open page and reloads none: what is typed stays", () => {
    expect(source).not.toMatch(/skipWaiting|claim\(|navigate\(["'`]|postMessage|reload\(/);
  });
});
