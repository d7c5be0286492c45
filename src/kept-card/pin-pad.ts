import { listen } from "../kernel/in-page.ts";
import { button, make } from "./make.ts";
import { PIN_SIGNS } from "./rules.ts";
import type { offlineWords } from "./words-offline.ts";

/** A box for six digits with keys under it, for a thumb and for a keyboard alike. */
export interface PinPad {
  element: HTMLElement;
  say(text: string): void;
  clear(): void;
  focus(): void;
}

export function pinPad(said: ReturnType<typeof offlineWords>, enter: (pin: string) => Promise<void>): PinPad {
  const box = make("input", {
    id: "pin",
    class: "box kept-pin",
    type: "password",
    inputmode: "none",
    autocomplete: "off",
    maxlength: String(PIN_SIGNS),
    "aria-describedby": "pin-error",
  });
  const error = make("p", { id: "pin-error", class: "error", role: "alert" });
  let isBusy = false;
  const submit = async (): Promise<void> => {
    if (isBusy) return;
    if (!/^\d{6}$/.test(box.value)) {
      error.textContent = said.shape;
      return box.focus();
    }
    isBusy = true;
    error.textContent = "";
    await enter(box.value).finally(() => {
      isBusy = false;
    });
  };
  const type = (digit: string): void => {
    if (box.value.length < PIN_SIGNS) box.value += digit;
    if (box.value.length === PIN_SIGNS) void submit();
  };
  const key = (digit: string) => button(digit, () => type(digit), "button quiet");
  const erase = button(
    "⌫",
    () => {
      box.value = box.value.slice(0, -1);
    },
    "button quiet",
  );
  erase.setAttribute("aria-label", said.erase);
  const keys = make(
    "div",
    { class: "kept-keys", role: "group", "aria-label": said.pad },
    ...[..."123456789"].map(key),
    erase,
    key("0"),
    make("button", { type: "submit", class: "button" }, "OK"),
  );
  const form = make(
    "form",
    { class: "form kept-form", novalidate: "" },
    make("label", { class: "label", for: "pin" }, said.pin),
    error,
    box,
    keys,
  );
  keys.querySelector("[type=submit]")?.setAttribute("aria-label", said.open);
  listen(form, "submit", (event) => {
    event.preventDefault();
    void submit();
  });
  box.addEventListener("input", () => {
    box.value = box.value.replace(/\D/g, "");
    if (box.value.length === PIN_SIGNS) void submit();
  });
  return {
    element: form,
    say(text) {
      error.textContent = text;
    },
    clear() {
      box.value = "";
    },
    focus: () => box.focus(),
  };
}
