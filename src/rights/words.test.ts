import { expect, it } from "vitest";
import { words } from "./words.ts";

it.each(["vi", "en"] as const)(
  "what can be deleted at once leaves out a form that is being filled in: it can be withdrawn, and lies on (%s)",
  (lang) => {
    expect(words(lang).self.map(([href]) => href)).toEqual(["/account/consents", "/account/devices", "/account/stop"]);
  },
);

it.each(["vi", "en"] as const)(
  "before a copy is taken it is asked who it is, by whichever way the account has: an account may have no password (%s)",
  (lang) => {
    const [before] = words(lang).copyProof.split(". ");
    expect(before).not.toMatch(/mật khẩu|password/i);
  },
);
