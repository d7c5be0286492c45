// Makes the button that asks this device for a passkey, and sends the answer with the form around it.
// Prototypes are asked: no element of the page or box of the form stands in for them by its name (see kernel/in-page.ts).
const { querySelectorAll, createElement } = Document.prototype;
const { querySelector } = Element.prototype;
const { submit } = HTMLFormElement.prototype;
const keys = typeof PublicKeyCredential === "function" ? PublicKeyCredential : undefined;
for (const place of querySelectorAll.call(document, ".passkey")) {
  const { options, act, label, failed, old } = place.dataset;
  const said = place.querySelector("p");
  if (!keys?.parseCreationOptionsFromJSON || !keys.prototype.toJSON) {
    said.textContent = old;
    continue;
  }
  const form = place.closest("form");
  const button = createElement.call(document, "button");
  button.type = "button";
  button.className = place.dataset.look;
  button.textContent = label;
  said.textContent = "";
  said.setAttribute("role", "status");
  place.prepend(button);
  const answer = async () => {
    const body = new URLSearchParams({ _token: querySelector.call(form, "input[name=_token]").value });
    const asked = await fetch(options, { method: "POST", body });
    if (!asked.ok) throw new Error(asked.status);
    const json = await asked.json();
    if (act === "create") {
      return navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(json) });
    }
    return navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(json) });
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.textContent = "";
    try {
      querySelector.call(form, "input[name=response]").value = JSON.stringify((await answer()).toJSON());
      submit.call(form);
    } catch {
      said.textContent = failed;
      button.disabled = false;
    }
  });
}
