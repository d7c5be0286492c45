import type { Ask } from "../../web/route.ts";
import type { PhotoRule } from "../rules-paper-policies.ts";
import { photoWords } from "./words.ts";

/** From the check page and the receipt to the pictures; nothing where they are not asked for. */
export function PhotosLink({ ask, rule }: { ask: Ask; rule: PhotoRule }) {
  if (rule === "off") return null;
  const said = photoWords(ask.lang);
  return (
    <p id="photos">
      <a href="/register/photos">{said.link}</a>
      <br />
      <span class="hint">{rule === "required" ? said.linkRequired : said.linkHint}</span>
    </p>
  );
}
