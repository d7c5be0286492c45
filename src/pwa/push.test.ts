import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import source from "./push.js?raw";

/** The page of notices, switched off here, in a browser that may show them; `ready` is its worker. */
function open(ready: Promise<object>) {
  let press: (() => Promise<void>) | undefined;
  let later: (() => void) | undefined;
  let wasSent = false;
  const said = { textContent: "", setAttribute: () => undefined };
  const box = { value: "" };
  const form = {};
  const button = { disabled: false, addEventListener: (_: string, act: () => Promise<void>) => (press = act) };
  const place = {
    dataset: { key: "k", label: "on", before: "before", denied: "denied", old: "old", failed: "failed" },
    querySelector: () => said,
    closest: () => form,
    append: () => undefined,
  };
  const Document = {
    prototype: {
      querySelectorAll: (selector: string) => (selector === ".push" ? [place] : []),
      createElement: () => button,
    },
  };
  const Notification = Object.assign(() => undefined, {
    permission: "default",
    requestPermission: async () => "granted",
  });
  runInContext(
    source,
    createContext({
      document: {},
      Document,
      Element: { prototype: { querySelector: () => box } },
      HTMLFormElement: { prototype: { submit: () => (wasSent = true) } },
      Notification,
      PushManager: class {},
      navigator: { serviceWorker: { register: async () => ({}), ready } },
      setTimeout: (run: () => void) => (later = run),
    }),
  );
  return {
    said,
    button,
    press: () => press?.(),
    /** So long that whoever waits gives up. */
    wait: () => new Promise((done) => setTimeout(done)).then(() => later?.()),
    sent: () => wasSent && box.value,
  };
}

describe("the button that switches notices on", () => {
  it("says that it failed, and can be pressed again, when the service worker does not come", async () => {
    const page = open(new Promise(() => undefined));
    const pressed = page.press();
    await page.wait();
    await pressed;
    expect([page.said.textContent, page.button.disabled, page.sent()]).toEqual(["failed", false, false]);
  });

  it("sends what the browser subscribed to", async () => {
    const pushManager = { getSubscription: async () => null, subscribe: async () => ({ endpoint: "e" }) };
    const page = open(Promise.resolve({ pushManager }));
    await page.press();
    expect(page.sent()).toBe('{"endpoint":"e"}');
  });
});
