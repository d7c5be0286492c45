// A form that cannot be sent stays as typed and goes once the network, asked first, is back. Links would lose it: they
// lead nowhere. Prototypes: see kernel/in-page.ts.
for (const form of Document.prototype.querySelectorAll.call(document, "form[data-held]")) {
  const { held, offline } = Reflect.get(HTMLElement.prototype, "dataset", form);
  const made = (tag) => Document.prototype.createElement.call(document, tag);
  const said = made("p");
  said.className = "held";
  said.setAttribute("role", "status");
  // Stands for the button that was pressed: Safari before 16 does not send it again.
  const stand = made("input");
  stand.type = "hidden";
  Element.prototype.append.call(form, said, stand);
  const say = (text = "") => {
    said.textContent = text;
  };
  let pressed = stand;
  let again;
  let isHeld;
  let isAsking;
  const send = async () => {
    if (isAsking) return;
    isAsking = true;
    clearTimeout(again);
    const ask = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(4000) };
    isHeld = !(await fetch("/robots.txt", ask).catch(() => false));
    isAsking = false;
    say(isHeld ? held : "");
    if (isHeld) again = setTimeout(send, 5000);
    else {
      ({ name: stand.name, value: stand.value } = pressed);
      HTMLFormElement.prototype.submit.call(form);
    }
  };
  EventTarget.prototype.addEventListener.call(form, "submit", (event) => {
    event.preventDefault();
    send();
  });
  addEventListener("offline", () => say(offline));
  addEventListener("online", () => (isHeld ? send() : say()));
  addEventListener("click", (event) => {
    pressed = event.target.closest?.("button") ?? pressed;
    const link = event.target.closest?.("a[href^='/']");
    if (!link || (navigator.onLine && !isHeld)) return;
    event.preventDefault();
    say(offline);
    said.scrollIntoView({ block: "nearest" });
  });
}
