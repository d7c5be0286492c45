// What stands on this page stays: a reload or the way back asks for it again instead of sending its form once more, and
// another size of the text loads nothing, so that what was typed or is shown once is kept. See kernel/in-page.ts.
const { querySelector } = Document.prototype;
const dataOf = (element) => Reflect.get(HTMLElement.prototype, "dataset", element);
const { answers } = dataOf(querySelector.call(document, "script#stay"));
if (answers) history.replaceState(null, "", answers);
const form = querySelector.call(document, "form.text-size");
if (form) {
  Element.prototype.removeAttribute.call(form, "hidden");
  EventTarget.prototype.addEventListener.call(form, "click", (event) => {
    const pressed = event.target.closest?.("button");
    if (!pressed) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.append("size", pressed.value);
    // Where it leads is not asked for: only the cookie is wanted.
    fetch("/text-size", { method: "POST", body, redirect: "manual" }).catch(() => undefined);
    const { classList } = querySelector.call(document, "html");
    for (const button of Element.prototype.querySelectorAll.call(form, "button")) {
      classList.toggle(`text-${button.value}`, button === pressed);
      button.setAttribute("aria-pressed", String(button === pressed));
    }
  });
}
