import { langOfPage, part } from "../kernel/in-page.ts";
import { drawn, findInQr } from "../registration/scan/find-in-qr.ts";
import { verdictOf } from "./verify-here.ts";

/** Camera, picture and text of the page that verifies; loaded when one of them is used. */
export interface Desk {
  look(): Promise<void>;
  choose(): Promise<void>;
  verify(text: string): Promise<void>;
}

export function openDesk(place: HTMLElement, verdict: HTMLElement): Desk {
  const find = (selector: string) => part(HTMLElement, selector, place);
  const video = part(HTMLVideoElement, "video", place);
  const picture = part(HTMLInputElement, "#picture", place);
  const [stop, camera, state] = [find("[data-stop]"), find("[data-camera]"), find("[role=status]")] as const;
  const end = (): void => {
    for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = stop.hidden = true;
    camera.hidden = false;
    state.textContent = "";
  };
  const verify = async (text: string): Promise<void> => {
    end();
    verdict.replaceChildren(await verdictOf(text, langOfPage()));
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
  stop.addEventListener("click", end);
  return { look, choose, verify };
}
