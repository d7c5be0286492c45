import { faultOfPin } from "./rules.ts";

/** /app/keep: asks for a PIN or the screen lock; what seals the card is loaded when the button is pressed. */
const form = document.querySelector<HTMLFormElement>("#keep");
if (form) start(form);

function start(form: HTMLFormElement): void {
  const find = <T extends HTMLElement>(selector: string) => form.querySelector(selector) as T;
  const [alert, status, byKey] = [find("[role=alert]"), find("[role=status]"), find(".keep-passkey")];
  const boxes = ["pin", "again"].map((name) => form.elements.namedItem(name) as HTMLInputElement);
  const lang = document.documentElement.lang === "en" ? "en" : "vi";
  document.querySelector("#keep-without")?.remove();
  form.hidden = false;

  const tell = (key: string): void => {
    alert.textContent = form.dataset[key] ?? "";
  };
  const keep = async (pin: string | undefined): Promise<void> => {
    tell("");
    status.textContent = form.dataset.working ?? "";
    const { keepHere } = await import("./keep-card-here.ts");
    const hindrance = await keepHere(pin, lang);
    status.textContent = "";
    if (hindrance) tell(hindrance);
    else location.reload();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [pin = "", again = ""] = boxes.map(({ value }) => value);
    const fault = faultOfPin(pin, again);
    if (!fault) return void keep(pin).catch(() => tell("failed"));
    tell(fault.replace(/_(\w)/, (_, sign: string) => sign.toUpperCase()));
    boxes[fault === "pin_twice" ? 1 : 0]?.focus();
  });
  byKey.querySelector("button")?.addEventListener("click", () => void keep(undefined).catch(() => tell("failed")));
  void globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.()
    .then((isThere) => {
      byKey.hidden = !isThere;
    })
    .catch(() => undefined);
}
