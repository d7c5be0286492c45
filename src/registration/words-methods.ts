import { catalogue, type Lang } from "../kernel/words.ts";
import type { SubmissionMethod } from "./rules-paper-policies.ts";

/** Ways to hand in: the Vietnamese name stands on form 01; `bring` is what the receipt tells to do. */
export const methodWords = catalogue(
  {
    title: "Cách nộp tờ khai đã ký",
    known: {
      office: {
        name: "tại nơi tiếp nhận hồ sơ của cơ quan bảo hiểm xã hội",
        bring: "Tờ khai mẫu 01 đã in. Không có máy in? Nhờ cán bộ in tại nơi nộp.",
      },
      batch: {
        name: "theo danh sách của nơi làm việc hoặc nhà trường",
        bring: "Nộp tờ khai đã ký cho nơi làm việc hoặc nhà trường, để nơi đó nộp thay.",
      },
      commune_desk: {
        name: "tại bàn hướng dẫn của xã, phường",
        bring: "Mang tờ khai đến bàn hướng dẫn của xã, phường. Nơi đó chuyển hồ sơ đi.",
      },
      eid: {
        name: "trực tuyến bằng tài khoản định danh điện tử",
        bring: "Nộp trực tuyến bằng tài khoản định danh. Không được thì nộp tại cơ quan BHXH.",
      },
    },
  },
  {
    title: "How you will hand in the signed form",
    known: {
      office: {
        name: "at the reception desk of the social-insurance office",
        bring: "The printed form 01. No printer? The officer prints it for you.",
      },
      batch: {
        name: "with the list of the employer or school",
        bring: "Give the signed form to your employer or school; they hand it in for you.",
      },
      commune_desk: {
        name: "at the help desk of the commune",
        bring: "Take the form to the help desk of the commune. They pass it on.",
      },
      eid: {
        name: "online with the national electronic identity",
        bring: "Hand it in online with your electronic identity, or else at the office.",
      },
    },
  },
);

export function wordsOfMethod(method: SubmissionMethod, lang: Lang): { name: string; bring: string } {
  return typeof method === "string" ? methodWords(lang).known[method] : method[lang];
}
