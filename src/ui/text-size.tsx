import { Form } from "./form.tsx";
import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

/**
 * Many do not know their phone's own setting, so the size of the text can be chosen on every page. Where a page cannot be
 * shown again, its script alone may change the size.
 */
export const TEXT_SIZES = ["m", "l", "xl"] as const;
export type TextSizeName = (typeof TEXT_SIZES)[number];
export const TEXT_SIZE_COOKIE = "text_size";

export function textSizeOf(ask: Pick<PageAsk, "cookies">): TextSizeName {
  return TEXT_SIZES.find((size) => size === ask.cookies[TEXT_SIZE_COOKIE]) ?? "m";
}

export function TextSize({ ask }: { ask: PageAsk }) {
  const said = words(ask.lang).textSize;
  const chosen = textSizeOf(ask);
  return (
    <Form ask={ask} action="/text-size" class="text-size" hidden={ask.seenAt === undefined}>
      <input type="hidden" name="back" value={ask.seenAt} />
      <fieldset>
        <legend>{said.title}</legend>
        {TEXT_SIZES.map((size) => (
          <button
            key={size}
            type="submit"
            name="size"
            value={size}
            class={`plain-button size-${size}`}
            aria-label={said[size]}
            aria-pressed={size === chosen ? "true" : "false"}
          >
            A
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
