import { describe, expect, it } from "vitest";
import type { Lang } from "../kernel/words.ts";
import { sentencesOf } from "../ui/index.ts";
import type { PasswordFault } from "./rules-password.ts";
import { words } from "./words.ts";

const passwordFaults: Record<PasswordFault, true> = {
  password_empty: true,
  password_short: true,
  password_long: true,
  password_signs: true,
  password_common: true,
  password_personal: true,
  password_like_old: true,
  password_used_before: true,
};
const others = [
  "login_shape",
  "password_missing",
  "code_shape",
  "code_ended",
  "channel_missing",
  "current_wrong",
  "code_wrong",
];

/** Every sentence; a function is told with small numbers. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return [String(value(2, "09:15"))];
  return Object.values(value as object).flatMap(textsOf);
}

describe.each(["vi", "en"] as Lang[])("the words of accounts (%s)", (lang) => {
  it("have a sentence for every fault, and none of them repeats what was typed", () => {
    for (const key of [...Object.keys(passwordFaults), ...others]) {
      const [told] = sentencesOf([{ field: "x", key, values: { left: 2 } }], words(lang).faults);
      expect(told?.text).toBeTruthy();
      expect(told?.text).not.toContain("undefined");
    }
  });

  it("keep to twenty words a sentence", () => {
    const sentences = textsOf(words(lang)).flatMap((text) => text.split(/(?<=[.?!;:])\s/u));
    expect(sentences.filter((sentence) => sentence.split(/\s+/u).length > 20)).toEqual([]);
  });
});
