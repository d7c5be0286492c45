import { publishedKeys } from "./published-keys.ts";
import type { Desk } from "./verify-desk.ts";

/** /verify on a phone: the camera, a picture, the box, or the address that another camera has opened. */
const place = document.querySelector<HTMLElement>("#verify");
const form = document.querySelector<HTMLFormElement>('form[action="/verify"]');
const verdict = document.querySelector<HTMLElement>("#verdict");
if (place && form && verdict) start(place, form, verdict);

function start(place: HTMLElement, form: HTMLFormElement, verdict: HTMLElement): void {
  const camera = place.querySelector<HTMLElement>("[data-camera]");
  const box = form.elements.namedItem("code") as HTMLTextAreaElement;
  place.hidden = false;
  if (camera) camera.hidden = !navigator.mediaDevices?.getUserMedia;

  let opened: Promise<Desk> | undefined;
  const use = (act: (desk: Desk) => Promise<void>): void => {
    opened ??= import("./verify-desk.ts").then(({ openDesk }) => openDesk(place, verdict));
    void opened.then(act);
  };
  camera?.addEventListener("click", () => use((desk) => desk.look()));
  place.querySelector("#picture")?.addEventListener("change", () => use((desk) => desk.choose()));
  form.addEventListener("submit", (event) => {
    if (!box.value.trim()) return;
    event.preventDefault();
    use((desk) => desk.verify(box.value));
  });
  // The code stands behind the # of the address: it was never sent anywhere, and does not stay in the history.
  const fromAddress = (): void => {
    const { hash, pathname, search } = location;
    if (!hash.includes(".")) return;
    history.replaceState(null, "", pathname + search);
    use((desk) => desk.verify(hash));
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
  void prepare();
}

/** So that this phone verifies without a network too: a service worker keeps the page, this keeps the keys. */
async function prepare(): Promise<void> {
  await navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
  await publishedKeys();
}
