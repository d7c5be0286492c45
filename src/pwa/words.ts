import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Đưa VssID ra màn hình chính",
    lead: "Một lần chạm là mở thẻ. Không cần kho ứng dụng, tốn rất ít bộ nhớ, tự cập nhật.",
    android: "Điện thoại Android",
    androidNote: "Các hình vẽ theo Chrome. Trình duyệt khác có nút tương tự.",
    androidSteps: [
      "Mở trang này bằng trình duyệt, mở trình đơn: nút ba chấm ở góc trên.",
      "Chọn “Thêm vào màn hình chính” hoặc “Cài đặt ứng dụng”.",
      "Bấm “Thêm”. Biểu tượng VssID nằm trên màn hình chính.",
    ],
    ios: "iPhone, iPad",
    iosNote: "Trên iPhone phải dùng Safari.",
    iosSteps: [
      "Mở trang này bằng Safari, bấm nút Chia sẻ: ô vuông có mũi tên đi lên.",
      "Kéo xuống, chọn “Thêm vào MH chính”.",
      "Bấm “Thêm” ở góc trên. Biểu tượng VssID nằm trên màn hình chính.",
    ],
    menuItem: "Thêm vào màn hình chính",
    menuItemIos: "Thêm vào MH chính",
    after: "Sau đó",
    afterText: "Mở VssID từ biểu tượng mới, đăng nhập một lần, rồi giữ thẻ trên máy để mở khi mất mạng.",
    keep: "Giữ thẻ trên máy này",
    update: "Bản mới tự đến. Máy không bao giờ tự tải lại trang đang gõ dở.",
    remove: "Bỏ đi lúc nào cũng được: giữ ngón tay trên biểu tượng rồi chọn gỡ.",
    guide: "Dùng VssID hằng ngày: hướng dẫn có hình",
    goOn: "Vào tài khoản",
  },
  {
    title: "Put VssID on the home screen",
    lead: "One tap opens the card. No store, hardly any room, always the newest version.",
    android: "Android phones",
    androidNote: "Drawn after Chrome. Other browsers have a like button.",
    androidSteps: [
      "Open this page in the browser and open its menu: the three dots at the top.",
      "Choose “Add to Home screen” or “Install app”.",
      "Press “Add”. The VssID icon is on the home screen.",
    ],
    ios: "iPhone, iPad",
    iosNote: "On an iPhone it must be Safari.",
    iosSteps: [
      "Open this page in Safari and press Share: a square with an arrow up.",
      "Scroll down and choose “Add to Home Screen”.",
      "Press “Add” at the top. The VssID icon is on the home screen.",
    ],
    menuItem: "Add to Home screen",
    menuItemIos: "Add to Home Screen",
    after: "After that",
    afterText:
      "Open VssID from the new icon, sign in once, then keep the card on the phone to open it without a network.",
    keep: "Keep the card on this phone",
    update: "New versions come by themselves. A page that you are typing in is never loaded anew.",
    remove: "Take it away whenever you like: hold the icon and choose remove.",
    guide: "Using VssID every day: a guide with pictures",
    goOn: "To my account",
  },
);
