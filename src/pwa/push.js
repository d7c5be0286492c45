// Switches notices on this device on and off. The device is asked only after a tap.
// Prototypes are asked: no element of the page or box of the form stands in for them by its name (see kernel/in-page.ts).
const { querySelectorAll, createElement } = Document.prototype;
const { submit } = HTMLFormElement.prototype;
const isKind = (kind) => typeof kind === "function";
const canPush = "serviceWorker" in navigator && isKind(globalThis.PushManager) && isKind(globalThis.Notification);

for (const place of querySelectorAll.call(document, ".push")) {
  const { isOn, key, label, before, denied, old, failed } = place.dataset;
  const said = place.querySelector("p");
  said.setAttribute("role", "status");
  if (!canPush || Notification.permission === "denied") {
    said.textContent = canPush ? denied : old;
    continue;
  }
  if (isOn) {
    if (Notification.permission !== "granted") said.textContent = denied;
    continue;
  }
  const form = place.closest("form");
  const button = createElement.call(document, "button");
  button.type = "button";
  button.className = "button";
  button.textContent = label;
  said.textContent = before;
  place.append(button);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new DOMException("", "NotAllowedError");
      Element.prototype.querySelector.call(form, "[name=subscription]").value = JSON.stringify(await subscribe(key));
      submit.call(form);
    } catch (error) {
      said.textContent = error.name === "NotAllowedError" ? denied : failed;
      button.disabled = false;
    }
  });
}

// A subscription that trusts another key of ours is worth nothing: it is made anew.
async function subscribe(key) {
  await navigator.serviceWorker.register("/sw.js");
  // A worker that cannot be installed is never ready, and never says so.
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("no worker")), 15_000));
  const { pushManager } = await Promise.race([navigator.serviceWorker.ready, late]);
  const held = await pushManager.getSubscription();
  if (held && keyOf(held) === key) return held;
  await held?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function keyOf({ options }) {
  const bytes = new Uint8Array(options?.applicationServerKey ?? []);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

// Switched off here, the browser forgets the address too; when it cannot, what counts is that nothing is sent.
for (const form of querySelectorAll.call(document, "form.push-off")) {
  EventTarget.prototype.addEventListener.call(form, "submit", (event) => {
    if (!canPush) return;
    event.preventDefault();
    const giveUp = new Promise((done) => setTimeout(done, 2000));
    const forget = navigator.serviceWorker
      .getRegistration()
      .then((held) => held?.pushManager.getSubscription())
      .then((held) => held?.unsubscribe())
      .catch(() => undefined);
    Promise.race([forget, giveUp]).then(() => submit.call(form));
  });
}
