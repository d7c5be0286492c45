import type { TypedDay } from "../../kernel/card-day.ts";
import { every, one, part } from "../../kernel/in-page.ts";
import { drawn } from "./find-in-qr.ts";
import type { CardReading } from "./rules-card-reading.ts";

/**
 * The camera page: reads a card or passport from the camera or a chosen picture, on this device alone, and fills the
 * boxes of the form below. The person looks at them and sends them; no picture is sent anywhere.
 */
const place = one(HTMLElement, "#scan");
const form = one(HTMLFormElement, "#scan-result form");
if (place && form && "WebAssembly" in window) start(place, form);

type Way = "qr" | "mrz";

function start(scan: HTMLElement, result: HTMLFormElement): void {
  const video = part(HTMLVideoElement, "video", scan);
  const stop = part(HTMLButtonElement, "[data-stop]", scan);
  const state = part(HTMLElement, "[role=status]", scan);
  const year = Number(scan.dataset.year);
  const say = (what: string) => {
    state.textContent = what ? (scan.dataset[what] ?? "") : "";
  };
  one(HTMLElement, "#no-scan")?.remove();
  scan.hidden = false;

  const finish = (reading: CardReading): void => {
    end();
    say("");
    scan.hidden = true;
    show(result, reading);
  };
  const end = (): void => {
    for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = true;
    stop.hidden = true;
  };
  stop.addEventListener("click", () => {
    end();
    say("");
  });
  for (const button of every(HTMLButtonElement, "[data-camera]", scan)) {
    const way = button.dataset.camera as Way;
    button.hidden = !navigator.mediaDevices?.getUserMedia;
    button.addEventListener("click", () => void look(way));
  }
  for (const input of every(HTMLInputElement, "input[type=file]", scan)) {
    input.addEventListener("change", () => void choose(input.dataset.way as Way, input));
  }

  async function look(way: Way): Promise<void> {
    end();
    say("starting");
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      await video.play();
    } catch {
      end();
      return say("noCamera");
    }
    video.hidden = false;
    stop.hidden = false;
    say(way === "qr" ? "holdQr" : "holdMrz");
    while (video.srcObject) {
      const reading = await readFrom(way, drawn(video, video.videoWidth, video.videoHeight), year);
      if (!video.srcObject) return;
      if (reading === "broken") {
        end();
        return say("broken");
      }
      if (reading) return finish(reading);
      await new Promise((go) => setTimeout(go, 250));
    }
  }

  async function choose(way: Way, input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    say("reading");
    const picture = await createImageBitmap(file).catch(() => undefined);
    if (!picture) return say("noPicture");
    const reading = await readFrom(way, drawn(picture, picture.width, picture.height), year);
    input.value = "";
    if (reading === "broken") say("broken");
    else if (reading) finish(reading);
    else say(way === "qr" ? "noQr" : "noMrz");
  }
}

/** What each way of reading needs is loaded when it is first used. */
async function readFrom(
  way: Way,
  canvas: HTMLCanvasElement,
  year: number,
): Promise<CardReading | "broken" | undefined> {
  try {
    if (way === "qr") return await (await import("./read-qr.ts")).readQrFrom(canvas);
    return await (await import("./read-mrz.ts")).readMrzFrom(canvas, year);
  } catch {
    return "broken";
  }
}

/** The boxes, filled; the heading above them is where a reader of the screen goes on. */
function show(form: HTMLFormElement, reading: CardReading): void {
  fill(form, reading);
  const section = one(HTMLElement, "#scan-result");
  if (!section) return;
  section.hidden = false;
  one(HTMLElement, "h2", section)?.focus();
}

function fill(form: HTMLFormElement, { kind, number, name, hasMarks, birth, sex, issued, lastDay }: CardReading): void {
  set(form, "paper_kind", kind);
  set(form, "paper_number", number);
  set(form, "full_name", name);
  set(form, "sex", sex ? String(sex) : "");
  setDay(form, "birth", birth);
  setDay(form, "issued", issued);
  note("#no-marks", !hasMarks);
  // Both are ISO days: the paper is good through its last day, the form is taken through another.
  const until = one(HTMLElement, "#scan")?.dataset.until ?? "";
  note("#ends-soon", lastDay !== undefined && lastDay < until);
}

function note(selector: string, isShown: boolean): void {
  const box = one(HTMLElement, selector);
  if (box) box.hidden = !isShown;
}

function setDay(form: HTMLFormElement, name: string, day: TypedDay | undefined): void {
  set(form, `${name}_day`, day?.day ?? "");
  set(form, `${name}_month`, day?.month ?? "");
  set(form, `${name}_year`, day?.year ?? "");
}

/** A box, or the one of several round buttons. */
function set(form: HTMLFormElement, name: string, value: string): void {
  for (const box of every(HTMLElement, `[name="${name}"]`, form)) {
    if (box instanceof HTMLInputElement && box.type === "radio") box.checked = box.value === value;
    else if (box instanceof HTMLInputElement || box instanceof HTMLSelectElement) box.value = value;
  }
}
