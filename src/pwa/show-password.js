// A button beside every password box: shows what is typed, hides it again before the form is sent.
for (const place of Document.prototype.querySelectorAll.call(document, ".password")) {
  const box = place.querySelector("input");
  const button = Document.prototype.createElement.call(document, "button");
  button.type = "button";
  button.className = "plain-button";
  const show = (isShown) => {
    box.type = isShown ? "text" : "password";
    button.textContent = isShown ? place.dataset.hide : place.dataset.show;
    button.setAttribute("aria-label", `${button.textContent} ${place.dataset.what}`);
  };
  button.setAttribute("aria-controls", box.id);
  button.addEventListener("click", () => show(box.type === "password"));
  if (box.form) EventTarget.prototype.addEventListener.call(box.form, "submit", () => show(false));
  show(false);
  place.append(button);
}
