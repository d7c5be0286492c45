import { codeFaultText } from "../codes/words-fault.ts";
import type { Fault } from "../kernel/outcome.ts";
import { catalogue, type Lang } from "../kernel/words.ts";

/** What is wrong, and what to do about it: one sentence a fault. Nothing here repeats what was typed. */
export const faultWords = catalogue(
  {
    for_whom_missing: "Chọn Ông/Bà đăng ký cho ai.",
    declarer_missing: "Nhập họ tên của người kê khai thay.",
    declarer_as_missing: "Nhập quan hệ với người được giúp, hoặc tên đơn vị.",
    not_helped: "Tờ khai này không phải khai giúp, nên không cần mã đồng ý.",
    codes_spent: ({ minutes }: Values) =>
      `Vừa gửi nhiều mã tới số này hoặc các số gần giống. Thử lại sau ${Number(minutes) < 60 ? `${minutes} phút đến ` : ""}1 giờ, hoặc đi tiếp mà chưa cần mã.`,
    paper_kind_missing: "Chọn loại giấy tờ.",
    paper_number_cccd: "Số căn cước gồm 12 chữ số và bắt đầu bằng số 0.",
    paper_number_cmnd: "Số chứng minh nhân dân gồm 9 chữ số.",
    paper_number_passport: "Số hộ chiếu gồm 6 đến 12 chữ cái và chữ số.",
    date_wrong: "Ngày này không có thật. Kiểm tra lại ngày, tháng và năm.",
    date_in_future: "Ngày này chưa tới. Kiểm tra lại ngày, tháng và năm.",
    full_name_missing: "Nhập họ và tên như trên giấy tờ.",
    name_signs:
      "Viết họ tên bằng chữ cái La-tinh như trên giấy tờ. Ngoài chữ chỉ có dấu cách, chấm, phẩy trên, gạch nối.",
    sex_missing: "Chọn giới tính.",
    birth_missing: "Nhập ngày sinh; nếu chỉ nhớ năm thì nhập năm.",
    birth_too_old: "Năm sinh này quá xa. Kiểm tra lại năm gồm bốn chữ số.",
    insurance_number_missing: "Nhập mã số BHXH, hoặc chọn “Tôi không biết”.",
    insurance_number_wrong: "Mã số BHXH gồm đúng 10 chữ số.",
    phone_missing: "Nhập số điện thoại di động.",
    phone_wrong: "Số di động gồm 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.",
    phone_of_another: "Số điện thoại này đã gắn với tài khoản của người khác. Nhập số khác.",
    email_wrong: "Địa chỉ thư có dạng ten@tenmien.vn; có thể để trống.",
    commune_missing: "Chọn xã, phường hoặc đặc khu.",
    street_missing: "Nhập số nhà, tên đường, thôn hoặc tổ dân phố.",
    address_missing: "Nhập địa chỉ.",
    office_missing: "Chọn cơ quan BHXH nơi sẽ nộp hồ sơ.",
    method_missing: "Chọn cách nộp tờ khai đã ký.",
    photos_missing: "Gửi đủ ảnh chân dung và ảnh giấy tờ trước khi xác nhận.",
    text_long: (values: Values) => `Nội dung này dài quá ${values.atMost} ký tự. Viết gọn lại.`,
    text_signs: "Chỉ dùng chữ cái La-tinh, chữ số và dấu câu thông thường.",
    unanswered: "Câu này chưa được trả lời.",
    open_for_number: "Mã số BHXH này đang có một tờ khai chờ nộp. Dùng mã của tờ khai đó, hoặc đợi hết hạn.",
    open_for_paper: "Giấy tờ này đang có một tờ khai chờ nộp. Dùng mã của tờ khai đó, hoặc đợi hết hạn.",
    open_for_person: "Người này đang có một tờ khai chờ nộp. Dùng mã của tờ khai đó, hoặc đợi hết hạn.",
    account_active: "Người này đã có tài khoản. Hãy đăng nhập, hoặc lấy lại mật khẩu.",
    standing_unclear:
      "Số đã khai đang có một tờ khai chờ nộp, hoặc đã có tài khoản. Xác nhận số điện thoại để xem rõ hơn.",
    standing_open: "Đang có một tờ khai chờ nộp với số điện thoại này. Dùng mã của tờ khai đó, hoặc đợi hết hạn.",
    standing_account: "Người này đã có tài khoản. Hãy đăng nhập, hoặc lấy lại mật khẩu.",
    answers_gone: "Câu trả lời cũ không còn: đã quá 30 ngày, hoặc đã xóa. Mời Ông/Bà khai tờ khai mới.",
    no_match: "Mã hồ sơ hoặc ngày sinh chưa đúng. Sau 10 lần sai, hồ sơ tạm khóa 1 giờ.",
  },
  {
    for_whom_missing: "Choose for whom you are registering.",
    declarer_missing: "Enter the name of the person who fills in this form.",
    declarer_as_missing: "Enter your relation to the person, or the name of your unit.",
    not_helped: "This form is not filled in for somebody helped: no code of agreement is needed.",
    codes_spent: ({ minutes }: Values) =>
      `Many codes went to this number or to numbers near it. Try again in ${Number(minutes) < 60 ? `${minutes} minute${Number(minutes) === 1 ? "" : "s"} to ` : ""}1 hour, or go on without a code.`,
    paper_kind_missing: "Choose the kind of ID paper.",
    paper_number_cccd: "The ID card number has 12 digits and begins with 0.",
    paper_number_cmnd: "The old identity card number (CMND) has 9 digits.",
    paper_number_passport: "The passport number has 6 to 12 letters and digits.",
    date_wrong: "There is no such date. Check day, month and year.",
    date_in_future: "This date is in the future. Check day, month and year.",
    full_name_missing: "Enter the full name as on the ID paper.",
    name_signs: "Write the name in Latin letters as on the paper, with spaces, dots, apostrophes and hyphens only.",
    sex_missing: "Choose the sex.",
    birth_missing: "Enter the birth date; the year alone if that is all you know.",
    birth_too_old: "This year is too long ago. Check the four digits.",
    insurance_number_missing: "Enter the insurance number, or choose “I do not know it”.",
    insurance_number_wrong: "The insurance number has exactly 10 digits.",
    phone_missing: "Enter the mobile number.",
    phone_wrong: "A mobile number has 10 digits and begins with 03, 05, 07, 08 or 09.",
    phone_of_another: "This phone number belongs to another person's account. Enter another one.",
    email_wrong: "An e-mail address looks like name@domain.vn; you may leave it empty.",
    commune_missing: "Choose the commune, ward or special zone.",
    street_missing: "Enter house number, street, hamlet or residential group.",
    address_missing: "Enter the address.",
    office_missing: "Choose the office where you will hand in the form.",
    method_missing: "Choose how you will hand in the signed form.",
    photos_missing: "Send the portrait and the pictures of the paper before you confirm.",
    text_long: (values: Values) => `This is longer than ${values.atMost} characters. Please shorten it.`,
    text_signs: "Use Latin letters, digits and ordinary punctuation only.",
    unanswered: "This question has not been answered.",
    open_for_number: "A declaration for this insurance number is open. Use its code, or wait until it ends.",
    open_for_paper: "A declaration for this ID paper is open. Use its code, or wait until it ends.",
    open_for_person: "A declaration for this person is open. Use its code, or wait until it ends.",
    account_active: "This person has an account. Sign in, or recover the password.",
    standing_unclear: "The numbers have an open declaration or an account. Confirm the phone to learn which.",
    standing_open: "A declaration with this phone is open. Use its code, or wait until it ends.",
    standing_account: "This person has an account. Sign in, or recover the password.",
    answers_gone: "The answers are gone: after 30 days, or because they were deleted. Please start a new declaration.",
    no_match: "The code or the birth date is not right. After 10 wrong tries the file is closed for 1 hour.",
  },
);

type Values = Record<string, string | number>;

/** The sentence of a fault. A fault without a sentence is a bug, and a test looks for it. */
export function faultText(fault: Fault, lang: Lang): string {
  const ofCode = codeFaultText(fault, lang);
  if (ofCode) return ofCode;
  const said = faultWords(lang)[fault.key as keyof typeof faultWords.vi] as string | ((values: Values) => string);
  return typeof said === "function" ? said(fault.values ?? {}) : said;
}
