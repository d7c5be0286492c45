import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import source from "./hold.js?raw";

type Heard = (event: object) => void;

/** What iOS 15 knows: no HTMLFormElement.requestSubmit, and before 15.4 no event.submitter and no AbortSignal.timeout. */
function open({ isThere }: { isThere: () => boolean }) {
  const heard: Record<string, Heard> = {};
  const sent: unknown[] = [];
  const appended: { name?: string; value?: string; textContent?: string }[] = [];
  const form = {};
  class HTMLElement {}
  Object.defineProperty(HTMLElement.prototype, "dataset", { get: () => ({ held: "held", offline: "offline" }) });
  const listen = (kind: string, act: Heard) => Object.assign(heard, { [kind]: act });
  const late: (() => void)[] = [];
  const settled = () => new Promise((done) => setTimeout(done));
  const context = createContext({
    document: {},
    Document: {
      prototype: {
        querySelectorAll: () => [form],
        createElement: () => ({ textContent: "", name: "", value: "", setAttribute: () => undefined }),
      },
    },
    HTMLElement,
    HTMLFormElement: {
      prototype: { submit: () => sent.push(appended.find(({ name }) => name)?.value) },
    },
    Element: { prototype: { append: (...parts: object[]) => appended.push(...parts) } },
    EventTarget: { prototype: { addEventListener: listen } },
    AbortSignal: {},
    navigator: { onLine: true },
    addEventListener: listen,
    fetch: () => (isThere() ? Promise.resolve({ ok: true }) : Promise.reject(new TypeError("no network"))),
    setTimeout: (run: () => void) => late.push(run),
    clearTimeout: () => undefined,
    Reflect,
  });
  runInContext(source, context);
  return {
    sent,
    said: () => appended[0]?.textContent,
    /** As a browser does: the click reaches the window, then the form is sent unless somebody stops it. */
    press: async (value: string) => {
      let isStopped = false;
      const button = { name: "insurance_known", value };
      heard.click?.({ target: { closest: (selector: string) => (selector === "button" ? button : null) } });
      heard.submit?.({ preventDefault: () => (isStopped = true) });
      if (!isStopped) sent.push(value);
      await settled();
    },
    wait: async () => {
      late.shift()?.();
      await settled();
    },
  };
}

describe("a held form in a browser of iOS 15", () => {
  it("goes at the first press, with the button that was pressed", async () => {
    const page = open({ isThere: () => true });
    await page.press("no");
    expect(page.sent).toEqual(["no"]);
  });

  it("goes by itself once the network is back, with the button pressed last", async () => {
    let isThere = false;
    const page = open({ isThere: () => isThere });
    await page.press("yes");
    await page.press("no");
    expect([page.sent, page.said()]).toEqual([[], "held"]);
    isThere = true;
    await page.wait();
    expect([page.sent, page.said()]).toEqual([["no"], ""]);
  });
});
