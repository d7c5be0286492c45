// A session that ends by itself takes along what the page shows, with or without a network. A form in which something
// was typed stays as it is: it goes through the next sign-in.
// See kernel/in-page.ts.
const { querySelector, createElement } = Document.prototype;
const { seconds, at } = querySelector.call(document, "script#away").dataset;
// In either language; see routes.ts.
const words = "WORDS";
const { said, link, soon, stay, last, gone, unreached } =
  words[querySelector.call(document, "html").lang === "en" ? "en" : "vi"];
const warnMs = 120_000;
let endsAt = Date.now() + seconds * 1000;
let timer;
let warning;
let text;
let button;
let isTyped = false;
addEventListener("input", () => {
  isTyped = true;
});
const look = () => {
  clearTimeout(timer);
  const left = endsAt - Date.now();
  if (left > warnMs) timer = setTimeout(look, left - warnMs);
  else if (left > 0) {
    warn();
    timer = setTimeout(look, left);
  } else if (!isTyped) empty();
  else tell(gone, false);
};
// In time to stay, and as often as somebody wants to (WCAG 2.2.1).
const warn = () => {
  if (warning) return;
  text = createElement.call(document, "p");
  button = createElement.call(document, "button");
  warning = createElement.call(document, "div");
  warning.className = "notice warning away";
  warning.setAttribute("role", "alert");
  text.textContent = soon;
  button.type = "button";
  button.className = "button quiet";
  button.textContent = stay;
  button.addEventListener("click", goOn);
  warning.append(text, button);
  querySelector.call(document, "body").prepend(warning);
};
const tell = (sentence, mayStay) => {
  warn();
  text.textContent = sentence;
  if (!mayStay) button.remove();
};
// Any page of the account prolongs its session, and says for how long: not beyond the whole length of one.
const goOn = async () => {
  const answer = await fetch(at).catch(() => undefined);
  if (!answer) return tell(unreached, true);
  const [, more] = /id="away" data-seconds="(\d+)"/.exec(await answer.text()) ?? [];
  endsAt = Date.now() + (more ?? 0) * 1000;
  if (more * 1000 > warnMs) {
    warning.remove();
    warning = undefined;
  } else if (more) tell(last, false);
  look();
};
const empty = () => {
  const again = createElement.call(document, "a");
  again.href = location.href;
  again.textContent = link;
  const page = createElement.call(document, "main");
  page.className = "page";
  page.append(said, createElement.call(document, "br"), again);
  querySelector.call(document, "title").textContent = "VssID";
  querySelector.call(document, "body").replaceChildren(page);
};
look();
// A machine that slept wakes late.
addEventListener("visibilitychange", look);
