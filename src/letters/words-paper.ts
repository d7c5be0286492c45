import { catalogue } from "../kernel/words.ts";

/** What stands on printed receipts and registers beside the facts. */
export const paperWords = catalogue(
  {
    madeUp: "BẢN TRÌNH DIỄN",
    code: "Mã biên nhận",
    checkAt: (site: string) => `Kiểm tra: mở ${site}, chọn Trợ giúp, Nhận công văn, rồi nhập mã biên nhận.`,
  },
  {
    madeUp: "DEMONSTRATION",
    code: "Code of the receipt",
    checkAt: (site: string) => `To check: open ${site}, choose Help, Letters received, and type the code.`,
  },
);
