import { drawn, findInQr } from "../registration/scan/find-in-qr.ts";
import { tokenIn } from "./verify.ts";

/** /verify on a phone: the camera, a picture, the box, or the address that another camera has opened. */
const place = document.querySelector<HTMLElement>("#verify");
const form = document.querySelector<HTMLFormElement>('form[action="/verify"]');
const verdict = document.querySelector<HTMLElement>("#verdict");
if (place && form && verdict) start(place, form, verdict);

function start(place: HTMLElement, form: HTMLFormElement, verdict: HTMLElement): void {
  const find = <T extends HTMLElement>(selector: string) => place.querySelector(selector) as T;
  const [video, stop, camera] = [find<HTMLVideoElement>("video"), find("[data-stop]"), find("[data-camera]")];
  const [state, picture] = [find("[role=status]"), find<HTMLInputElement>("#picture")];
  const box = form.elements.namedItem("code") as HTMLTextAreaElement;
  place.hidden = false;
  camera.hidden = !navigator.mediaDevices?.getUserMedia;

  const end = (): void => {
    for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = stop.hidden = true;
    camera.hidden = !navigator.mediaDevices?.getUserMedia;
    state.textContent = "";
  };
  const verify = async (text: string): Promise<void> => {
    end();
    const { verdictOf } = await import("./verify-here.ts");
    verdict.replaceChildren(await verdictOf(text, document.documentElement.lang === "en" ? "en" : "vi"));
    verdict.scrollIntoView({ block: "start" });
  };
  const say = (key: "hold" | "noCamera" | "noCode"): void => {
    state.textContent = place.dataset[key] ?? "";
  };
  const look = async (): Promise<void> => {
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      await video.play();
    } catch {
      end();
      return say("noCamera");
    }
    video.hidden = stop.hidden = false;
    camera.hidden = true;
    say("hold");
    while (video.srcObject) {
      const text = await findInQr(drawn(video, video.videoWidth, video.videoHeight), (one) => one).catch(
        () => undefined,
      );
      if (text && video.srcObject) return verify(text);
      await new Promise((go) => setTimeout(go, 250));
    }
  };
  const choose = async (): Promise<void> => {
    const file = picture.files?.[0];
    const bitmap = file && (await createImageBitmap(file).catch(() => undefined));
    picture.value = "";
    const text =
      bitmap && (await findInQr(drawn(bitmap, bitmap.width, bitmap.height), (one) => one).catch(() => undefined));
    if (text) await verify(text);
    else say("noCode");
  };
  camera.addEventListener("click", () => void look());
  stop.addEventListener("click", end);
  picture.addEventListener("change", () => void choose());
  form.addEventListener("submit", (event) => {
    if (!box.value.trim()) return;
    event.preventDefault();
    void verify(box.value);
  });
  // The code stands behind the # of the address: it was never sent anywhere, and does not stay in the history.
  const fromAddress = (): void => {
    const token = tokenIn(location.hash);
    if (!token) return;
    history.replaceState(null, "", location.pathname + location.search);
    void verify(token);
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
  void prepare();
}

/** So that this phone verifies without a network too: the page, the keys, and what verifies. */
async function prepare(): Promise<void> {
  await navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
  const [{ publishedKeys }] = await Promise.all([import("./published-keys.ts"), import("./verify-here.ts")]);
  await publishedKeys();
}
