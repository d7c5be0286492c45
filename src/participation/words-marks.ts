import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Thời gian này được tính vào đâu",
    pension: "Lương hưu",
    pensionTime: (years: number) => `Cần đủ ${years} năm đóng BHXH, bắt buộc và tự nguyện cộng lại.`,
    pensionReached: "Hồ sơ đã đủ thời gian này.",
    pensionShort: (span: string) => `Hồ sơ còn thiếu ${span}.`,
    age: (age: string, month: string) => `Tuổi nghỉ hưu khi làm việc bình thường: ${age}, vào tháng ${month}.`,
    ageText: (years: number, months: number) => (months > 0 ? `${years} tuổi ${months} tháng` : `${years} tuổi`),
    ageMore: "Nghề nặng nhọc, vùng khó khăn hoặc suy giảm khả năng lao động có tuổi khác.",
    social: (age: number, poor: number) =>
      `Không có lương hưu: trợ cấp hưu trí xã hội từ ${age} tuổi, hộ nghèo và cận nghèo từ ${poor} tuổi.`,
    lump: "BHXH một lần",
    lumpOpen: (months: number) => `Đã ngừng đóng ${months} tháng và chưa đủ 20 năm: có thể được xét.`,
    lumpNotOut: (months: number) => `Cần ngừng đóng từ 12 tháng; hiện là ${months} tháng.`,
    lumpTwenty: "Đã đủ 20 năm: không còn nhận một lần vì ngừng đóng.",
    lumpLate: "Bắt đầu đóng từ 01/07/2025: không nhận một lần vì ngừng đóng.",
    lumpMore: "Đến tuổi hưu mà chưa đủ 15 năm, định cư ở nước ngoài, bệnh nặng: có quy định riêng.",
    lumpLoss: "Nhận một lần thì thời gian ấy không còn được tính lương hưu.",
    maternity: "Thai sản khi sinh con",
    maternityShare: (from: string, to: string, paid: number, needed: number) =>
      `Cần ${needed} tháng BHXH bắt buộc. Từ ${from} đến ${to} đã đóng ${paid} tháng.`,
    birthAllowance: (from: string, to: string, paid: number, needed: number, amount: string) =>
      `Có đóng tự nguyện: trợ cấp ${amount} mỗi con, cần ${needed} tháng cả hai loại. Từ ${from} đến ${to}: ${paid} tháng.`,
    share: (from: string, to: string, paid: number, needed: number) =>
      `Cần ${needed} tháng. Từ ${from} đến ${to} đã đóng ${paid} tháng.`,
    usedUp: "Tháng trước lần hưởng trợ cấp gần nhất không được tính, trừ phần bảo lưu.",
    usedUpFrom: (month: string) =>
      `Đã hưởng trợ cấp từ ${month}. Chỉ tính tháng đóng sau đó và phần bảo lưu ghi trong quyết định.`,
    maternityMore: "12 tháng được đếm đến trước tháng sinh. Nghỉ dưỡng thai, điều trị vô sinh có cách đếm riêng.",
    sickness: "Ốm đau",
    sickDays: (days: number) => `Không đòi thời gian tối thiểu. Mỗi năm nghỉ hưởng tối đa ${days} ngày làm việc.`,
    sickMore: "Nghề nặng nhọc và bệnh dài ngày được nhiều hơn.",
    unemployment: "Trợ cấp thất nghiệp",
    unemploymentMore: "24 tháng được đếm đến khi chấm dứt hợp đồng. Hợp đồng dưới 12 tháng: đếm trong 36 tháng.",
    accident: "Tai nạn lao động, bệnh nghề nghiệp",
    accidentSays: "Quỹ này có luật riêng. Số tháng ở đây không cộng vào lương hưu.",
    health: "Năm năm BHYT liên tục",
    healthSays: "Thời gian BHYT liên tục tính theo thẻ, gián đoạn không quá 90 ngày.",
    healthLink: "Xem thời điểm đủ 5 năm",
  },
  {
    title: "What this time counts towards",
    pension: "Pension",
    pensionTime: (years) => `${years} years of social insurance are needed, compulsory and voluntary added.`,
    pensionReached: "The record has that time.",
    pensionShort: (span) => `The record is short of it by ${span}.`,
    age: (age, month) => `Retirement age in ordinary work: ${age}, in month ${month}.`,
    ageText: (years, months) =>
      months > 0 ? `${years} years ${months} ${months === 1 ? "month" : "months"}` : `${years} years`,
    ageMore: "Heavy work, hard regions and lost capacity have other ages.",
    social: (age, poor) =>
      `Without a pension: social pension from age ${age}, poor and near-poor households from ${poor}.`,
    lump: "Lump sum",
    lumpOpen: (months) => `Out for ${months} months with less than 20 years: it may be considered.`,
    lumpNotOut: (months) => `12 months outside are needed; now ${months}.`,
    lumpTwenty: "20 years are reached: no lump sum for staying outside.",
    lumpLate: "First paid after 01/07/2025: no lump sum for staying outside.",
    lumpMore: "At retirement age without 15 years, settled abroad, gravely ill: there are rules of their own.",
    lumpLoss: "Time taken as a lump sum counts no more towards a pension.",
    maternity: "Maternity at birth",
    maternityShare: (from, to, paid, needed) =>
      `${needed} months of compulsory insurance are needed. ${paid} ${paid === 1 ? "was" : "were"} paid from ${from} to ${to}.`,
    birthAllowance: (from, to, paid, needed, amount) =>
      `With voluntary insurance: ${amount} for each child, from ${needed} months of both. From ${from} to ${to}: ${paid}.`,
    usedUp: "Months before the last allowance do not count, except those kept in reserve.",
    usedUpFrom: (month) =>
      `An allowance was drawn from ${month}. Only months paid after it count, and those its decision keeps in reserve.`,
    share: (from, to, paid, needed) =>
      `${needed} months are needed. ${paid} ${paid === 1 ? "was" : "were"} paid from ${from} to ${to}.`,
    maternityMore:
      "The 12 months end before the month of birth. Rest in pregnancy and treatment are counted otherwise.",
    sickness: "Sickness",
    sickDays: (days) => `No least time. At most ${days} working days a year.`,
    sickMore: "More for heavy work and long illness.",
    unemployment: "Unemployment allowance",
    unemploymentMore: "The 24 months end with the contract. Contracts under 12 months: within 36 months.",
    accident: "Work accident, occupational disease",
    accidentSays: "This fund has a law of its own. Its months are not added to a pension.",
    health: "Five continuous years of health insurance",
    healthSays: "Continuous time follows the cards, with gaps of at most 90 days.",
    healthLink: "See the five-year date",
  },
);
