import { catalogue } from "../kernel/words.ts";
import type { Ground } from "./rules-grounds.ts";

/** One ground in three voices: the officer's label, what the person is told to do, what they bring. */
export interface GroundWords {
  label: string;
  sentence: string;
  bring: string;
}

/** Sentences to the person travel by text message: short, no marks needed to understand them, one thing to do. */
export const groundWords = catalogue(
  {
    name_differs: {
      label: "Họ tên khác cơ sở dữ liệu",
      sentence: "Họ tên khác dữ liệu BHXH. Khai lại đúng giấy tờ hoặc đến quầy để sửa.",
      bring: "Giấy tờ tùy thân bản gốc, sổ BHXH hoặc giấy khai sinh",
    },
    birth_differs: {
      label: "Ngày sinh khác cơ sở dữ liệu",
      sentence: "Ngày sinh khác dữ liệu BHXH. Khai lại đúng giấy tờ hoặc đến quầy để sửa.",
      bring: "Giấy tờ tùy thân bản gốc, giấy khai sinh",
    },
    id_number_differs: {
      label: "Số giấy tờ khác cơ sở dữ liệu",
      sentence: "Số giấy tờ khác dữ liệu BHXH. Xem lại số trên giấy tờ rồi khai lại.",
      bring: "Giấy tờ tùy thân bản gốc",
    },
    register_has_old_cmnd: {
      label: "Cơ sở dữ liệu còn số CMND cũ",
      sentence: "Dữ liệu BHXH còn số CMND cũ. Mang CCCD đến quầy cập nhật rồi khai lại.",
      bring: "CCCD bản gốc và CMND cũ hoặc giấy xác nhận số CMND",
    },
    another_paper_shown: {
      label: "Mang giấy tờ khác loại đã khai",
      sentence: "Giấy tờ mang đến khác giấy tờ đã khai. Khai lại theo giấy tờ mang đến.",
      bring: "Đúng giấy tờ đã ghi trên tờ khai",
    },
    face_differs: {
      label: "Người đến nộp không giống ảnh trên giấy tờ",
      sentence: "Chưa khớp ảnh trên giấy tờ. Mời chính người khai đến quầy với bản gốc.",
      bring: "Giấy tờ tùy thân bản gốc có ảnh rõ",
    },
    copy_unreadable: {
      label: "Giấy tờ hoặc bản chụp không đọc được",
      sentence: "Giấy tờ mờ, không đọc được. Đổi giấy tờ rồi khai lại, hoặc hỏi quầy.",
      bring: "Giấy tờ tùy thân bản gốc còn rõ",
    },
    insurance_number_of_another: {
      label: "Mã số BHXH là của người khác",
      sentence: "Mã số BHXH đã khai không đúng. Khai lại và chọn không biết mã số.",
      bring: "Giấy tờ tùy thân bản gốc, sổ BHXH hoặc thẻ BHYT",
    },
    insurance_numbers_to_merge: {
      label: "Có hai mã số BHXH, cần gộp trước",
      sentence: "Ông/Bà có hai mã số BHXH. Mang sổ đến quầy gộp số, rồi khai lại.",
      bring: "Giấy tờ tùy thân bản gốc và tất cả sổ BHXH",
    },
    phone_of_another_account: {
      label: "Số điện thoại đã dùng cho tài khoản khác",
      sentence: "Số điện thoại đã dùng cho tài khoản khác. Khai lại bằng số của mình.",
      bring: "Điện thoại có số dùng để đăng ký",
    },
    form_not_signed: {
      label: "Tờ khai chưa ký, chưa ghi rõ họ tên",
      sentence: "Tờ khai chưa ký, ghi rõ họ tên. Khai lại, in và ký trước khi nộp.",
      bring: "Tờ khai đã ký, giấy tờ tùy thân bản gốc",
    },
    original_not_shown: {
      label: "Không xuất trình giấy tờ bản gốc",
      sentence: "Chưa xuất trình giấy tờ bản gốc. Khai lại và mang bản gốc khi nộp.",
      bring: "Giấy tờ tùy thân bản gốc",
    },
    paper_out_of_date: {
      label: "Giấy tờ đã hết hạn",
      sentence: "Giấy tờ đã hết hạn. Đổi giấy tờ mới rồi khai lại theo giấy tờ mới.",
      bring: "Giấy tờ tùy thân còn hạn",
    },
    other: {
      label: "Lý do khác (ghi rõ trong câu gửi người dân)",
      sentence: "",
      bring: "Giấy tờ tùy thân bản gốc",
    },
  } satisfies Record<Ground, GroundWords>,
  {
    name_differs: {
      label: "Name differs from the register",
      sentence: "The name differs from BHXH records. Declare as on your paper or ask the office.",
      bring: "Your original ID paper, social-insurance book or birth certificate",
    },
    birth_differs: {
      label: "Birth date differs from the register",
      sentence: "The birth date differs from our records. Declare as on your paper or ask us.",
      bring: "Your original ID paper and birth certificate",
    },
    id_number_differs: {
      label: "ID number differs from the register",
      sentence: "The ID number differs from our records. Check your paper and declare again.",
      bring: "Your original ID paper",
    },
    register_has_old_cmnd: {
      label: "The register still holds an old CMND number",
      sentence: "Records hold your old CMND. Have the CCCD added at the office, then declare.",
      bring: "Your original CCCD, and the old CMND or the certificate of its number",
    },
    another_paper_shown: {
      label: "Another paper was shown than declared",
      sentence: "Another paper was shown than declared. Declare again with the paper you bring.",
      bring: "The very paper written on the form",
    },
    face_differs: {
      label: "The person does not look like the picture on the paper",
      sentence: "We could not match you with the picture. Please come in person with the original.",
      bring: "Your original ID paper with a clear picture",
    },
    copy_unreadable: {
      label: "The paper or its copy cannot be read",
      sentence: "Your ID paper cannot be read. Renew it and declare again, or ask the office.",
      bring: "Your original ID paper, readable",
    },
    insurance_number_of_another: {
      label: "The insurance number is somebody else's",
      sentence: "The insurance number is not right. Declare again without a number.",
      bring: "Your original ID paper, social-insurance book or health card",
    },
    insurance_numbers_to_merge: {
      label: "Two insurance numbers, to be merged first",
      sentence: "You have two insurance numbers. Have them merged at the office, then declare.",
      bring: "Your original ID paper and all social-insurance books",
    },
    phone_of_another_account: {
      label: "The phone number serves another account",
      sentence: "The phone serves another account. Declare again with a number of your own.",
      bring: "The phone with the number to register",
    },
    form_not_signed: {
      label: "The form is not signed with the full name",
      sentence: "The form is not signed. Declare again, then print and sign it first.",
      bring: "The signed form and your original ID paper",
    },
    original_not_shown: {
      label: "The original paper was not shown",
      sentence: "The original paper was not shown. Declare again and bring the original.",
      bring: "Your original ID paper",
    },
    paper_out_of_date: {
      label: "The paper is out of date",
      sentence: "Your ID paper is out of date. Renew it, then declare again with the new one.",
      bring: "An ID paper that is still valid",
    },
    other: {
      label: "Another reason (say which in the sentence to the person)",
      sentence: "",
      bring: "Your original ID paper",
    },
  },
);
