import { type Length, readAloud } from "./rules.ts";

/** What the loudspeaker text is filled with: the serving office as its own row says. */
export interface ScriptFacts {
  unitName: string;
  officeName: string;
  hours: string;
  phone: string;
}

/**
 * The text for a commune's loudspeaker (letter 330/UBND-VX, item 3: purpose, meaning, benefits), in Vietnamese only:
 * it is read aloud there. Paragraphs are breaths.
 */
export function scriptOf(length: Length, facts: ScriptFacts): string[] {
  return length === "short" ? shortScript(facts) : longScript(facts);
}

const plain = (name: string) => name.replace(/\s*\(mẫu\)/u, "").replace(/BHXH/g, "Bảo hiểm xã hội");

function where({ officeName, hours, phone }: ScriptFacts): string {
  return `${plain(officeName)} làm việc ${readAloud(hours).replace(/^T/, "t")}. Số điện thoại: ${phone}.`;
}

const scam =
  "Xin bà con lưu ý: cán bộ bảo hiểm xã hội không bao giờ gọi điện hay nhắn tin xin mã, xin mật khẩu, xin tiền. Ai xin là lừa đảo.";

function shortScript(facts: ScriptFacts): string[] {
  return [
    `Kính thưa bà con ${plain(facts.unitName)}.`,
    "Bảo hiểm xã hội mời bà con mở tài khoản VssID trên điện thoại. Tài khoản miễn phí. Bà con xem được thẻ bảo hiểm y tế, quá trình đóng bảo hiểm, và đi khám bệnh không phải mang thẻ giấy.",
    "Có bốn bước. Một: khai tờ khai mẫu số 01 trên cổng VssID, hoặc nhờ đầu mối của đơn vị khai giúp. Hai: in, ký và ghi rõ họ tên. Ba: trong 10 ngày, mang tờ khai và bản gốc giấy tờ tùy thân đến cơ quan bảo hiểm xã hội. Quá hạn, tờ khai tự hủy. Bốn: nhận mã kích hoạt và đặt mật khẩu riêng.",
    where(facts),
    scam,
  ];
}

function longScript(facts: ScriptFacts): string[] {
  return [
    `Kính thưa toàn thể bà con ${plain(facts.unitName)}.`,
    "Thực hiện chủ trương của Ủy ban nhân dân, bảo hiểm xã hội mời mọi người mở tài khoản VssID. Đó là tài khoản của riêng mỗi người, dùng trên điện thoại thông minh.",
    "Mở tài khoản để làm gì? Thứ nhất, bà con tự xem mình đã đóng bảo hiểm bao lâu, ở đâu, tháng nào còn thiếu. Thứ hai, bà con dùng hình ảnh thẻ bảo hiểm y tế khi đi khám bệnh, không lo quên hay mất thẻ. Thứ ba, bà con biết mỗi lần khám hết bao nhiêu, quỹ trả bao nhiêu, mình trả bao nhiêu. Tài khoản hoàn toàn miễn phí.",
    "Cách làm có bốn bước. Bước một: vào cổng VssID, khai tờ khai mẫu số 01 rồi xác nhận. Ai không có điện thoại, cứ nhờ con cháu hoặc đầu mối của đơn vị khai giúp. Bước hai: in tờ khai, ký và ghi rõ họ tên. Không có máy in thì cán bộ in giúp. Bước ba: mang tờ khai đến nộp. Bước bốn: nhận tin nhắn có mã kích hoạt, đăng nhập và đặt mật khẩu của riêng mình.",
    "Bà con nhớ hạn 10 ngày, tính từ lúc xác nhận. Quá 10 ngày chưa nộp, tờ khai tự hủy và phải khai lại. Khi đi nộp, mang hai thứ: tờ khai đã ký, và bản gốc căn cước, chứng minh nhân dân hoặc hộ chiếu.",
    where(facts),
    scam,
    "Xin cảm ơn bà con đã lắng nghe.",
  ];
}
