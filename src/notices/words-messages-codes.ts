import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type OneTimeCode = ValuesOf<"one_time_code">;

/** Messages that carry a one-time code: what for, how long, and what to do if nobody asked. */
export const codeMessages = catalogue(
  {
    one_time_code: {
      sms: (v: OneTimeCode) =>
        `VssID miễn phí. Mã ${v.what}: ${v.code}, dùng trong ${v.minutes} phút, chỉ mã mới nhất dùng được. Không đưa cho ai. Nếu không yêu cầu, xin bỏ qua.`,
      subject: (v: OneTimeCode) => `Mã ${v.what}`,
      body: (v: OneTimeCode) =>
        `Mã ${v.what}: ${v.code}

Mã dùng được trong ${v.minutes} phút. Chỉ mã mới nhất dùng được. Không đưa mã cho bất kỳ ai.

Nếu Ông/Bà không yêu cầu, xin bỏ qua thư này.`,
    },
  },
  {
    one_time_code: {
      sms: (v: OneTimeCode) =>
        `VssID, free (mien phi). Code to ${v.what}: ${v.code}, valid ${v.minutes} minutes, only the newest works. Tell nobody. Not you? Ignore this.`,
      subject: (v: OneTimeCode) => `Code to ${v.what}`,
      body: (v: OneTimeCode) =>
        `Code to ${v.what}: ${v.code}

It is valid for ${v.minutes} minutes. Only the newest code works. Tell it to nobody.

If you did not ask for it, ignore this letter.`,
    },
  },
);
