// A form that cannot be sent stays as typed and goes once the network, asked first, is back. Links would lose it: they
// lead nowhere. Prototypes: see kernel/in-page.ts.
for (const form of Document.prototype.querySelectorAll.call(document, "form[data-held]")) {
  const { held, offline } = Reflect.get(HTMLElement.prototype, "dataset", form);
  const said = Document.prototype.createElement.call(document, "p");
  said.className = "held";
  said.setAttribute("role", "status");
  Element.prototype.append.call(form, said);
  const say = (text = "") => {
    said.textContent = text;
  };
  let pressed;
  let again;
  let isHeld;
  let isAsking;
  let isSure;
  const send = async () => {
    if (isAsking) return;
    isAsking = true;
    clearTimeout(again);
    const ask = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(4000) };
    isSure = await fetch("/robots.txt", ask).catch(() => false);
    isAsking = false;
    isHeld = !isSure;
    say(isHeld ? held : "");
    if (isHeld) again = setTimeout(send, 5000);
    else HTMLFormElement.prototype.requestSubmit.call(form, pressed);
  };
  EventTarget.prototype.addEventListener.call(form, "submit", (event) => {
    if (!isSure) {
      event.preventDefault();
      pressed = event.submitter;
      send();
    }
    isSure = false;
  });
  addEventListener("offline", () => say(offline));
  addEventListener("online", () => (isHeld ? send() : say()));
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/']");
    if (!link || (navigator.onLine && !isHeld)) return;
    event.preventDefault();
    say(offline);
    said.scrollIntoView({ block: "nearest" });
  });
}
