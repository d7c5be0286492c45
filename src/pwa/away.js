// A session that ends by itself takes along what the page shows, with or without a network. A form in which something
// was typed stays as it is: it goes through the next sign-in.
// See kernel/in-page.ts.
const { querySelector, createElement } = Document.prototype;
const { seconds, said, link } = querySelector.call(document, "script#away").dataset;
const endsAt = Date.now() + seconds * 1000;
let isTyped = false;
addEventListener("input", () => {
  isTyped = true;
});
const look = () => {
  const left = endsAt - Date.now();
  if (left > 0) setTimeout(look, left);
  else if (!isTyped) empty();
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
