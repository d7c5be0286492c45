import { catalogue } from "../kernel/words.ts";

/** Words of the page between ours and the identity provider's. */
export const words = catalogue(
  {
    title: "Sắp sang trang khác",
    lead: "Trang định danh điện tử ở ngoài VssID, tại địa chỉ:",
    check: "Chỉ nhập mật khẩu hoặc mã khi thanh địa chỉ hiện đúng tên này.",
    after: "Xác nhận xong, trang đó đưa Ông/Bà về lại VssID.",
    go: "Sang trang định danh",
    stay: "Ở lại VssID",
  },
  {
    title: "You are about to leave VssID",
    lead: "The electronic identity is another site, at this address:",
    check: "Type a password or code there only if the address bar shows this very name.",
    after: "Once you have confirmed, it brings you back to VssID.",
    go: "Go to the identity site",
    stay: "Stay with VssID",
  },
);
