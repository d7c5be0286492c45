import { words as codeWords } from "../codes/words.ts";
import { catalogue, type Lang } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type OneTimeCode = ValuesOf<"one_time_code">;

/** A message queued by the version before says nothing of who may hear its code: nobody may. */
const orNobody = (tell: string | undefined, lang: Lang) => tell ?? codeWords(lang).tell.nobody;

/** Messages that carry a one-time code: what for, how long, who may hear it, and what to do if nobody asked. */
export const codeMessages = catalogue(
  {
    one_time_code: {
      sms: (v: OneTimeCode) =>
        `VssID miễn phí. Mã ${v.what}: ${v.code}, dùng trong ${v.minutes} phút, chỉ mã mới nhất dùng được. ${orNobody(v.tell, "vi")}. Nếu không yêu cầu, xin bỏ qua.`,
      subject: (v: OneTimeCode) => `Mã ${v.what}`,
      body: (v: OneTimeCode) =>
        `Mã ${v.what}: ${v.code}

Mã dùng được trong ${v.minutes} phút. Chỉ mã mới nhất dùng được. ${orNobody(v.tell, "vi")}.

Nếu Ông/Bà không yêu cầu, xin bỏ qua thư này.`,
    },
  },
  {
    one_time_code: {
      sms: (v: OneTimeCode) =>
        `VssID, free (mien phi). Code to ${v.what}: ${v.code}, valid ${v.minutes} minutes, only the newest works. ${orNobody(v.tell, "en")}. Not you? Ignore this.`,
      subject: (v: OneTimeCode) => `Code to ${v.what}`,
      body: (v: OneTimeCode) =>
        `Code to ${v.what}: ${v.code}

It is valid for ${v.minutes} minutes. Only the newest code works. ${orNobody(v.tell, "en")}.

If you did not ask for it, ignore this letter.`,
    },
  },
);
