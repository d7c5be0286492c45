import { createContext, runInContext } from "node:vm";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { madeUpAsk } from "../ui/made-up-ask.ts";
import { Stay } from "../ui/stay.tsx";
import { shellOf } from "./shell.ts";
import source from "./stay.js?raw";

/** A page of which the script runs; `isHidden`: nothing but this script may change the size of its text. */
function open(answers: string | undefined, { isHidden = false } = {}) {
  const replaced: string[] = [];
  const asked: { url: string; body: string; redirect: string }[] = [];
  const classes = new Set(["portal", "text-m"]);
  const classList = { toggle: (name: string, on: boolean) => (on ? classes.add(name) : classes.delete(name)) };
  const attributes = new Map<string, string>(isHidden ? [["hidden", ""]] : []);
  const buttons = ["m", "l", "xl"].map((value) => ({
    value,
    pressed: value === "m" ? "true" : "false",
    setAttribute(_name: string, said: string) {
      this.pressed = said;
    },
  }));
  let heard: ((event: object) => void) | undefined;
  const form = { kind: "form" };
  const parts: Record<string, object> = {
    "script#stay": { answers },
    "form.text-size": form,
    html: { classList },
  };
  runInContext(
    source,
    createContext({
      document: {},
      Document: { prototype: { querySelector: (selector: string) => parts[selector] } },
      HTMLElement: {
        prototype: Object.defineProperty({}, "dataset", {
          get() {
            return this;
          },
        }),
      },
      Element: {
        prototype: {
          querySelectorAll: () => buttons,
          removeAttribute: (name: string) => attributes.delete(name),
        },
      },
      EventTarget: {
        prototype: {
          addEventListener: (_type: string, handler: (event: object) => void) => {
            heard = handler;
          },
        },
      },
      FormData: class {
        *[Symbol.iterator]() {
          yield ["_token", "t"];
          yield ["back", "/help"];
        }
      },
      URLSearchParams,
      Reflect,
      String,
      history: { replaceState: (_state: unknown, _title: string, to: string) => replaced.push(to) },
      fetch: async (url: string, { body, redirect }: { body: URLSearchParams; redirect: string }) => {
        asked.push({ url, body: body.toString(), redirect });
      },
    }),
  );
  let prevented = 0;
  const press = (button: object | null) =>
    heard?.({ target: { closest: () => button }, preventDefault: () => (prevented += 1) });
  return { replaced, asked, classes, attributes, buttons, press, prevented: () => prevented };
}

describe("a page that answers a form", () => {
  it("stands at the address of a page, so that a reload and the way back send nothing again", () => {
    expect(open("/register/birth").replaced).toEqual(["/register/birth"]);
    expect(open(undefined).replaced).toEqual([]);
  });

  it("has the script, and so has a page with boxes; a page that is only read has none", () => {
    const stay = (body: string, change = {}) => renderToString(<Stay ask={madeUpAsk(change)} body={body} />);
    const answers = { answersForm: true, seenAt: "/a?b=1&c=2" };
    expect(stay("<p></p>", answers)).toBe(
      '<script type="module" src="/stay.js" id="stay" data-answers="/a?b=1&amp;c=2"></script>',
    );
    for (const box of [
      "<textarea>",
      "<select>",
      '<input id="name" type="text">',
      '<input type="hidden" name="a"><input name="b">',
    ]) {
      expect(stay(box)).toBe('<script type="module" src="/stay.js" id="stay"></script>');
    }
    expect(stay('<form><input type="hidden" name="_token" value="t"><button></button></form>')).toBe("");
  });
});

describe("another size of the text", () => {
  it("comes without loading the page, and is kept for the next ones", () => {
    const page = open(undefined);
    page.press(page.buttons[2] ?? null);
    expect([...page.classes]).toEqual(["portal", "text-xl"]);
    expect(page.buttons.map(({ pressed }) => pressed)).toEqual(["false", "false", "true"]);
    expect(page.asked).toEqual([{ url: "/text-size", body: "_token=t&back=%2Fhelp&size=xl", redirect: "manual" }]);
    expect(page.prevented()).toBe(1);
  });

  it("is offered on a page that is shown once, too", () => {
    expect([...open(undefined, { isHidden: true }).attributes.keys()]).toEqual([]);
  });

  it("comes without a network on the page that verifies a card, too: its boxes bring the script along", () => {
    const kept = (verifies: boolean) => shellOf({ stamp: "s", partsOf: () => [], verifies }).files;
    expect([kept(true).includes("/stay.js"), kept(false).includes("/stay.js")]).toEqual([true, false]);
  });

  it("a press beside the buttons does nothing", () => {
    const page = open(undefined);
    page.press(null);
    expect(page.asked).toEqual([]);
    expect(page.prevented()).toBe(0);
  });
});
