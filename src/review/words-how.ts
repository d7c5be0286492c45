import { catalogue } from "../kernel/words.ts";

/** How a form came to be: by whose hand, with whose agreement, reached where. */
export const howWords = catalogue(
  {
    title: "Cách khai và liên lạc",
    by: { self: "Người khai", child: "Cha, mẹ hoặc người giám hộ khai", helped: "Có người giúp khai" },
    consent: "Người được giúp đồng ý",
    byCode: (at: string) => `bằng mã trên điện thoại, lúc ${at}`,
    byPaper: "bằng chữ ký trên tờ khai: xem chữ ký khi nhận",
    phone: "Điện thoại",
    email: "Thư điện tử",
    proved: (at: string) => `đã xác nhận bằng mã, lúc ${at}`,
    unproved: "chưa xác nhận bằng mã: hỏi lại người nộp",
  },
  {
    title: "How it was declared",
    by: { self: "Declared by", child: "Declared by parent or guardian", helped: "Declared with help by" },
    consent: "The person helped agreed",
    byCode: (at: string) => `by a code on their phone, at ${at}`,
    byPaper: "by signing the form: look for the signature",
    phone: "Phone",
    email: "E-mail",
    proved: (at: string) => `confirmed by a code, at ${at}`,
    unproved: "not confirmed by a code: ask the person",
  },
);
