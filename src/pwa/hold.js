// A form that cannot be sent stays as it was typed and says so; once the network is back it goes by itself. Links lead
// nowhere meanwhile: the page that has the typing would be gone.
for (const form of document.querySelectorAll("form[data-held]")) {
  const said = document.createElement("p");
  said.className = "held";
  said.setAttribute("role", "status");
  form.append(said);
  const say = (text = "") => {
    said.textContent = text;
  };
  let pressed;
  let isHeld = false;
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    isHeld = true;
    pressed = event.submitter;
    say(form.dataset.held);
  });
  addEventListener("offline", () => say(form.dataset.offline));
  addEventListener("online", () => {
    say();
    if (isHeld) form.requestSubmit(pressed);
    isHeld = false;
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/']");
    if (!link || navigator.onLine) return;
    event.preventDefault();
    say(form.dataset.offline);
    said.scrollIntoView({ block: "nearest" });
  });
}
