import abreastStyle from "./css/abreast.css?inline";
import app from "./css/app.css?inline";
import desk from "./css/console.css?inline";
import deskPlaces from "./css/desk-places.css?inline";
import fields from "./css/fields.css?inline";
import frame from "./css/frame.css?inline";
import lists from "./css/lists.css?inline";
import print from "./css/print.css?inline";
import said from "./css/said.css?inline";
import text from "./css/text.css?inline";
import tokens from "./css/tokens.css?inline";

/** For pages that have fields beside each other: class `abreast` around them. */
export { abreastStyle };

export type Face = "portal" | "app" | "console";

const base = [tokens, text, frame, fields, said, lists, print].join("");
const faces: Record<Face, string> = { portal: base, app: base + app, console: base + desk + deskPlaces };

/**
 * The whole text of the page's one <style> element: the face, then what the feature adds, in the
 * order given. Same input, same text: the security policy carries its SHA-256.
 */
export function collectStyles(face: Face, styles: readonly string[] = []): string {
  return faces[face] + styles.join("");
}
