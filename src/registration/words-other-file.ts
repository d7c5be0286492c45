import { catalogue } from "../kernel/words.ts";

/** A form of one declaration was sent while another is open on the device. */
export const otherFileWords = catalogue(
  {
    title: "Máy này đang mở tờ khai khác",
    body: (named: string, open: string) =>
      `Trang vừa gửi là của tờ khai ${named}. Máy này đang mở tờ khai ${open}, ở một trang khác.`,
    nothingDone: "Chưa có gì được ghi vào tờ khai nào. Nội dung vừa nhập vẫn còn.",
    pictures: "Riêng ảnh thì cần chọn lại.",
    first: (named: string) => `Trước hết, mở lại tờ khai ${named} bằng mã và ngày sinh. Sau đó quay lại trang này.`,
    resume: (named: string) => `Mở lại tờ khai ${named} (trang mới)`,
    send: (named: string) => `Làm tiếp việc này cho tờ khai ${named}`,
    goOn: (open: string) => `Bỏ qua, làm tiếp tờ khai ${open}`,
  },
  {
    title: "Another declaration is open on this device",
    body: (named: string, open: string) =>
      `The page you sent belongs to declaration ${named}. This device has declaration ${open} open, on another page.`,
    nothingDone: "Nothing was written to either of them. What you typed is kept.",
    pictures: "Pictures must be chosen again.",
    first: (named: string) => `First open declaration ${named} again by its code and birth date. Then come back here.`,
    resume: (named: string) => `Open declaration ${named} (new page)`,
    send: (named: string) => `Do this for declaration ${named}`,
    goOn: (open: string) => `Leave it, carry on with declaration ${open}`,
  },
);
