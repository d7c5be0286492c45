import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Number = ValuesOf<"insurance_number">;

/** A forgotten mã số BHXH: the number alone, without a name beside it. */
export const peopleMessages = catalogue(
  {
    insurance_number: {
      sms: (v: Number) =>
        `VssID miễn phí. Mã số BHXH mà Ông/Bà vừa hỏi: ${v.number}. Không đưa cho người lạ. Nếu không hỏi, xin bỏ qua tin này.`,
      subject: (_: Number) => "Mã số BHXH Ông/Bà vừa hỏi",
      body: (v: Number) =>
        `Mã số BHXH mà Ông/Bà vừa hỏi: ${v.number}

Không đưa mã số này cho người lạ. Nếu Ông/Bà không hỏi, xin bỏ qua thư này.`,
    },
  },
  {
    insurance_number: {
      sms: (v: Number) =>
        `VssID, free (mien phi). The insurance number you asked for: ${v.number}. Do not give it to strangers. Not you? Ignore this.`,
      subject: (_: Number) => "The insurance number you asked for",
      body: (v: Number) =>
        `The insurance number you asked for: ${v.number}

Do not give it to strangers. If you did not ask for it, ignore this letter.`,
    },
  },
);
