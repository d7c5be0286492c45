import { one } from "../kernel/in-page.ts";

/** While the agent writes the note, the answers that fit stand below it; without script the button brings them. */
const place = one(HTMLElement, "#fitting");
const form = place?.closest("form");
const note = form ? one(HTMLTextAreaElement, "[name=says]", form) : undefined;
if (place && form && note) suggest(place, form, note);

function suggest(place: HTMLElement, form: HTMLFormElement, note: HTMLTextAreaElement): void {
  const PAUSE_MS = 400;
  const FEWEST_SIGNS = 4;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: AbortController | undefined;

  const show = async (): Promise<void> => {
    asked?.abort();
    asked = new AbortController();
    const says = note.value.trim();
    if (says.length < FEWEST_SIGNS) {
      place.replaceChildren();
      return;
    }
    const token = String(new FormData(form).get("_token") ?? "");
    const body = new URLSearchParams({ _token: token, says });
    try {
      const answer = await fetch("/console/hotline/suggestions", { method: "POST", body, signal: asked.signal });
      // An open answer is being read: it stays until the agent writes on.
      if (!answer.ok || one(HTMLDetailsElement, "details[open]", place)) return;
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (html.body.textContent !== place.textContent) place.replaceChildren(...html.body.childNodes);
    } catch {
      // Out of reach, or overtaken by the next letter: the button is still there.
    }
  };
  note.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(), PAUSE_MS);
  });
}
