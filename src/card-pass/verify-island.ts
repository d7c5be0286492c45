import { listen, one, part } from "../kernel/in-page.ts";
import { publishedKeys } from "./published-keys.ts";
import type { Desk } from "./verify-desk.ts";

/** /verify on a phone: the camera, a picture, the box, or the address that another camera has opened. */
const place = one(HTMLElement, "#verify");
const form = one(HTMLFormElement, 'form[action="/verify"]');
const verdict = one(HTMLElement, "#verdict");
if (place && form && verdict) start(place, form, verdict);

function start(place: HTMLElement, form: HTMLFormElement, verdict: HTMLElement): void {
  const camera = one(HTMLElement, "[data-camera]", place);
  const box = part(HTMLTextAreaElement, "[name=code]", form);
  place.hidden = false;
  if (camera) camera.hidden = !navigator.mediaDevices?.getUserMedia;

  let opened: Promise<Desk> | undefined;
  const use = (act: (desk: Desk) => Promise<void>): void => {
    opened ??= import("./verify-desk.ts").then(({ openDesk }) => openDesk(place, verdict));
    void opened.then(act);
  };
  camera?.addEventListener("click", () => use((desk) => desk.look()));
  one(HTMLInputElement, "#picture", place)?.addEventListener("change", () => use((desk) => desk.choose()));
  listen(form, "submit", (event) => {
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
