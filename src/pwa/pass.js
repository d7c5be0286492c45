// Takes a new signed code when the one that is shown ends; without a network it says that the code has ended.
const place = () => Document.prototype.querySelector.call(document, ".pass");
const wait = () => {
  if (place()) setTimeout(renew, Number(place().dataset.ms));
};
async function renew() {
  try {
    const text = await (await fetch(location.href)).text();
    const fresh = Document.prototype.querySelector.call(new DOMParser().parseFromString(text, "text/html"), ".pass");
    if (!fresh) throw new Error("no code");
    place().replaceWith(fresh);
    wait();
  } catch {
    const said = place().querySelector("[role=status]");
    said.textContent = said.dataset.ended;
    place().classList.add("ended");
  }
}
wait();
