import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Thông báo trên máy này",
    lead: "Máy báo ngay khi hồ sơ có kết quả hoặc tài khoản thay đổi. Tin nhắn và thư vẫn đến như trước.",
    little: "Thông báo chỉ là một câu ngắn: không ghi họ tên, số giấy tờ, mã hay bệnh. Muốn biết thêm phải mở VssID.",
    isOn: "Máy này đang nhận thông báo.",
    turnOff: "Tắt trên máy này",
    turnOn: "Bật thông báo trên máy này",
    without: "Bật thông báo cần JavaScript, mà trình duyệt đang tắt JavaScript. Không mất gì: tin nhắn và thư vẫn đến.",
    before: "Khi bấm nút, máy sẽ hỏi có cho VssID gửi thông báo không. Xin chọn “Cho phép”.",
    denied:
      "Máy này đang chặn thông báo của VssID. Mở cài đặt của trình duyệt, chọn trang VssID, cho phép thông báo, rồi mở lại trang này.",
    old: "Trình duyệt này chưa nhận được thông báo. Trên iPhone: bấm Chia sẻ, chọn “Thêm vào MH chính”, rồi mở VssID từ biểu tượng mới.",
    failed: "Chưa bật được: dịch vụ thông báo của trình duyệt không trả lời. Xin kiểm tra mạng rồi bấm lại.",
    listTitle: "Các máy đang nhận thông báo",
    none: "Chưa có máy nào nhận thông báo.",
    device: "Thiết bị",
    since: "Từ lúc",
    notices: "Thông báo",
    act: "Tắt",
    here: "máy này",
    unknown: "Không rõ thiết bị",
    stopOne: (device: string) => `Tắt thông báo trên ${device}`,
    lost: "Mất máy? Tắt thông báo của máy đó ở đây, và đăng xuất máy đó ở trang",
    lostLink: "Thiết bị đang đăng nhập",
    onDone: "Đã bật thông báo trên máy này.",
    offDone: "Đã tắt thông báo.",
    faults: {
      unreadable: "Trình duyệt gửi thiếu thông tin nên chưa bật được. Xin bấm lại nút bật thông báo.",
      unknown_service: "Hệ thống chưa gửi được đến dịch vụ thông báo của trình duyệt này. Xin thử trình duyệt khác.",
      too_many: (most: number) =>
        `Đã có ${most} máy nhận thông báo. Tắt thông báo của một máy ở danh sách dưới, rồi bật lại.`,
    },
  },
  {
    title: "Notices on this device",
    lead: "The device tells you at once when a file is decided or the account changes. Texts and e-mails come as before.",
    little: "A notice is one short sentence: no name, no number, no code, no illness. To read more you open VssID.",
    isOn: "This device gets notices.",
    turnOff: "Switch off on this device",
    turnOn: "Switch notices on on this device",
    without:
      "Switching notices on needs JavaScript, which is off in this browser. You miss nothing: texts and e-mails still come.",
    before: "When you press the button, the device asks whether VssID may send notices. Please choose “Allow”.",
    denied:
      "This device blocks notices of VssID. Open the settings of the browser, choose the VssID site, allow notices, then open this page again.",
    old: "This browser cannot get notices yet. On an iPhone: press Share, choose “Add to Home Screen”, then open VssID from the new icon.",
    failed:
      "It could not be switched on: the browser's push service does not answer. Check the network, then press again.",
    listTitle: "Devices that get notices",
    none: "No device gets notices yet.",
    device: "Device",
    since: "Since",
    notices: "Notices",
    act: "Switch off",
    here: "this device",
    unknown: "Unknown device",
    stopOne: (device: string) => `Switch off notices on ${device}`,
    lost: "Lost a device? Switch its notices off here, and sign it out on the page",
    lostLink: "Devices signed in",
    onDone: "Notices are on on this device.",
    offDone: "Notices are off.",
    faults: {
      unreadable: "The browser sent too little to switch notices on. Please press the button again.",
      unknown_service: "We cannot send to this browser's push service yet. Please try another browser.",
      too_many: (most: number) =>
        `${most} devices get notices already. Switch notices off on one in the list below, then on here again.`,
    },
  },
);
