import { langOfPage, listen, ofBrowser, one, part, show, told } from "../kernel/in-page.ts";
import { faultOfPin } from "./rules.ts";

/** /app/keep: asks for a PIN or the screen lock; what seals the card is loaded when the button is pressed. */
const form = one(HTMLFormElement, "#keep");
if (form) start(form);

function start(form: HTMLFormElement): void {
  const find = (selector: string) => part(HTMLElement, selector, form);
  const [alert, status, byKey] = [find("[role=alert]"), find("[role=status]"), find(".keep-passkey")] as const;
  const boxes = ["pin", "again"].map((name) => part(HTMLInputElement, `[name=${name}]`, form));
  const lang = langOfPage();
  one(HTMLElement, "#keep-without")?.remove();
  show(form);

  const tell = (key: string): void => {
    alert.textContent = told(form, key);
  };
  const keep = async (pin: string | undefined): Promise<void> => {
    tell("");
    status.textContent = told(form, "working");
    const { keepHere } = await import("./keep-card-here.ts");
    const hindrance = await keepHere(pin, lang);
    status.textContent = "";
    if (hindrance) tell(hindrance);
    else location.reload();
  };
  listen(form, "submit", (event) => {
    event.preventDefault();
    const [pin = "", again = ""] = boxes.map(({ value }) => value);
    const fault = faultOfPin(pin, again);
    if (!fault) return void keep(pin).catch(() => tell("failed"));
    tell(fault.replace(/_(\w)/, (_, sign: string) => sign.toUpperCase()));
    boxes[fault === "pin_twice" ? 1 : 0]?.focus();
  });
  one(HTMLButtonElement, "button", byKey)?.addEventListener(
    "click",
    () => void keep(undefined).catch(() => tell("failed")),
  );
  void ofBrowser("PublicKeyCredential")
    ?.isUserVerifyingPlatformAuthenticatorAvailable?.()
    .then((isThere) => {
      byKey.hidden = !isThere;
    })
    .catch(() => undefined);
}
