// A form that cannot be sent stays as it was typed and goes once the network is back. Whether there is one is asked
// first: a browser believes in a network that answers nobody. Links would lose the typing: meanwhile they lead nowhere.
for (const form of document.querySelectorAll("form[data-held]")) {
  const said = document.createElement("p");
  said.className = "held";
  said.setAttribute("role", "status");
  form.append(said);
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
    const signal = AbortSignal.timeout?.(4000);
    const ask = { method: "HEAD", cache: "no-store", signal };
    isSure = await fetch("/robots.txt", ask).catch(() => false);
    isAsking = false;
    isHeld = !isSure;
    say(isHeld ? form.dataset.held : "");
    if (isHeld) again = setTimeout(send, 5000);
    else form.requestSubmit(pressed);
  };
  form.addEventListener("submit", (event) => {
    if (!isSure) {
      event.preventDefault();
      pressed = event.submitter;
      send();
    }
    isSure = false;
  });
  addEventListener("offline", () => say(form.dataset.offline));
  addEventListener("online", () => (isHeld ? send() : say()));
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/']");
    if (!link || (navigator.onLine && !isHeld)) return;
    event.preventDefault();
    say(form.dataset.offline);
    said.scrollIntoView({ block: "nearest" });
  });
}
