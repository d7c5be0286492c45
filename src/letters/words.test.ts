import { expect, it } from "vitest";
import { words } from "./words.ts";

it.each(["vi", "en"] as const)(
  "who asks about a letter is promised an answer and no message to its sender, who may have named no address (%s)",
  (lang) => {
    expect(words(lang).talk.sent).not.toMatch(/được báo|is told/);
  },
);
