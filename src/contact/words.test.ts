import { expect, it } from "vitest";
import { words as counter } from "../holder/words.ts";
import { words } from "./words.ts";

it.each(["vi", "en"] as const)(
  "a contact that is the first of its kind is said to change without an old one that was told (%s)",
  (lang) => {
    const { prove, pending } = words(lang);
    expect(`${prove.waiting("09:00")} ${pending.why}`).not.toMatch(/cũ|\bold\b/i);
    expect(counter(lang).second.confirmed).toMatch(/nếu có|if any/);
    expect(counter(lang).second.refused).not.toMatch(/cũ|\bold\b/i);
  },
);
