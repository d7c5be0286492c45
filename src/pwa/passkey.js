// Makes the button that asks this device for a passkey, and sends the answer with the form around it.
const keys = globalThis.PublicKeyCredential;
for (const place of document.querySelectorAll(".passkey")) {
  const { options, act, label, failed, old } = place.dataset;
  const said = place.querySelector("p");
  if (!keys?.parseCreationOptionsFromJSON || !keys.prototype.toJSON) {
    said.textContent = old;
    continue;
  }
  const form = place.closest("form");
  const button = document.createElement("button");
  button.type = "button";
  button.className = place.dataset.look;
  button.textContent = label;
  said.textContent = "";
  said.setAttribute("role", "status");
  place.prepend(button);
  const answer = async () => {
    const body = new URLSearchParams({ _token: form.elements._token.value });
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
      form.elements.response.value = JSON.stringify((await answer()).toJSON());
      form.submit();
    } catch {
      said.textContent = failed;
      button.disabled = false;
    }
  });
}
