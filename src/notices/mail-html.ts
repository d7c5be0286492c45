import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Lang } from "../kernel/words.ts";

/** The HTML part of an e-mail: the same paragraphs as the text part, escaped, without styles, pictures or links. */
export function mailHtml(lang: Lang, title: string, paragraphs: readonly string[]): string {
  const head = h("head", null, h("meta", { charset: "utf-8" }), h("title", null, title));
  const body = h(
    "body",
    null,
    paragraphs.map((text) => h("p", null, text)),
  );
  return `<!doctype html>${renderToString(h("html", { lang }, head, body))}`;
}
