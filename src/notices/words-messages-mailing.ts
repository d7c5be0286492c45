import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Finish = ValuesOf<"mailing_finish">;
type Desk = ValuesOf<"mailing_desk">;
type Scam = ValuesOf<"mailing_scam">;

/** Messages of a campaign: each says how to refuse the next one. */
const refuseVi =
  "Không muốn nhận tin vận động nữa: bấm nút hủy đăng ký mà hộp thư hiện cạnh tên người gửi, hoặc mở ứng dụng, mục Tin đã gửi cho tôi. Kết quả hồ sơ và mã xác nhận vẫn được gửi.";
const refuseEn =
  "To get no more of these: press the button to unsubscribe that your mail program shows beside the sender, or open the app, Messages sent to me. Results and codes are still sent.";

export const mailingMessages = catalogue(
  {
    mailing_finish: {
      sms: (v: Finish) =>
        `VssID miễn phí. ${v.unit} mời Ông/Bà hoàn tất đăng ký, mang theo giấy tờ tùy thân. Từ chối: soạn TC gửi ${v.reply}`,
      subject: (_: Finish) => "Mời hoàn tất đăng ký VssID",
      body: (v: Finish) =>
        `${v.unit} mời Ông/Bà hoàn tất đăng ký tài khoản VssID. Ai chưa kê khai thì kê khai trên cổng hoặc tại cơ quan BHXH. Ai đã kê khai thì nộp bản ký, mang theo giấy tờ tùy thân. Ai đã có tài khoản thì đăng nhập lần đầu.

${refuseVi}`,
    },
    mailing_desk: {
      sms: (v: Desk) =>
        `VssID miễn phí. Hỗ trợ đăng ký lúc ${v.at} tại ${v.place}. Mang giấy tờ tùy thân. Từ chối: soạn TC gửi ${v.reply}`,
      subject: (v: Desk) => `Ngày hỗ trợ đăng ký VssID: ${v.at}`,
      body: (v: Desk) =>
        `${v.unit} có ngày hỗ trợ đăng ký VssID: ${v.at}, tại ${v.place}. Xin mang theo giấy tờ tùy thân.

${refuseVi}`,
    },
    mailing_scam: {
      sms: (v: Scam) =>
        `VssID miễn phí. BHXH không xin mã, mật khẩu, không gửi đường dẫn. Ai xin, hãy cúp máy, gọi 1900 9068. Từ chối: soạn TC gửi ${v.reply}`,
      subject: (_: Scam) => "Cảnh báo lừa đảo mạo danh BHXH",
      body: (v: Scam) =>
        `${v.unit} nhắc Ông/Bà: cán bộ BHXH không gọi điện, không nhắn tin để xin mã hay mật khẩu, không gửi đường dẫn. Ai xin, hãy cúp máy và gọi tổng đài 1900 9068.

${refuseVi}`,
    },
    mailing_refused: {
      sms: () => "VssID miễn phí. Số này không nhận tin vận động nữa. Kết quả hồ sơ và mã xác nhận vẫn được gửi.",
      subject: () => "Đã ngừng gửi tin vận động",
      body: () => "Ông/Bà không nhận tin vận động nữa. Kết quả hồ sơ và mã xác nhận vẫn được gửi.",
    },
  },
  {
    mailing_finish: {
      sms: (v: Finish) =>
        `VssID, free (mien phi). ${v.unit} asks you to finish registering; bring your ID. To refuse: send TC to ${v.reply}`,
      subject: (_: Finish) => "Please finish registering for VssID",
      body: (v: Finish) =>
        `${v.unit} asks you to finish registering for VssID. If you have not declared, do so on the portal or at a BHXH office. If you have, hand in the signed form with your ID paper. If you have an account, sign in for the first time.

${refuseEn}`,
    },
    mailing_desk: {
      sms: (v: Desk) =>
        `VssID, free (mien phi). Help with registering: ${v.at} at ${v.place}. Bring your ID. To refuse: send TC to ${v.reply}`,
      subject: (v: Desk) => `Help with registering: ${v.at}`,
      body: (v: Desk) =>
        `${v.unit} helps with registering for VssID: ${v.at}, at ${v.place}. Please bring your ID paper.

${refuseEn}`,
    },
    mailing_scam: {
      sms: (v: Scam) =>
        `VssID, free (mien phi). BHXH never asks for codes or passwords. If somebody does, hang up, call 1900 9068. To refuse: send TC to ${v.reply}`,
      subject: (_: Scam) => "Warning of scams in the name of BHXH",
      body: (v: Scam) =>
        `A warning from ${v.unit}: BHXH staff never call or write to ask for a code or password, and never send a link. If somebody does, hang up and call 1900 9068.

${refuseEn}`,
    },
    mailing_refused: {
      sms: () => "VssID, free (mien phi). No more campaigns to this number. Results and codes are still sent.",
      subject: () => "No more campaigns",
      body: () => "You get no more campaigns. Results and codes are still sent.",
    },
  },
);
