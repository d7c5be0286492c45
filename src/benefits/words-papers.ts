import type { Lang } from "../kernel/calendar.ts";
import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    upTo: (day: string) => `Dữ liệu của các cơ sở khám chữa bệnh, đến ngày ${day}.`,
    title: "Giấy tờ để hưởng chế độ",
    link: "Giấy ra viện, giấy nghỉ hưởng BHXH",
    lead: (count: number) => `Cơ sở khám chữa bệnh đã gửi ${count} giấy tờ.`,
    empty: "Chưa có giấy tờ nào.",
    emptyHelp: "Giấy nghỉ việc hưởng BHXH, giấy ra viện hiện ở đây sau khi cơ sở khám chữa bệnh gửi đến.",
    time: "Thời gian",
    fromTo: (from: string, to: string) => `${from} – ${to}`,
    issued: "Ngày cấp",
    facility: "Nơi cấp",
    facilityCode: (code: string) => `Cơ sở mã ${code}`,
    serial: "Số giấy",
    unit: "Đơn vị làm việc",
    diagnosis: "Chẩn đoán",
    kinds: {
      CT03: "Giấy ra viện",
      CT04: "Bản tóm tắt hồ sơ bệnh án",
      CT06: "Giấy xác nhận nghỉ dưỡng thai",
      CT07: "Giấy chứng nhận nghỉ việc hưởng BHXH",
      GIAYDIEUTRINOITRU: "Giấy xác nhận quá trình điều trị nội trú",
      GIAYDIEUTRIVOSINH: "Giấy xác nhận quá trình điều trị vô sinh",
      GIAYSUCKHOEME: "Giấy xác nhận mẹ không đủ sức khỏe chăm sóc con",
    },
  },
  {
    upTo: (day) => `Data of care facilities, up to ${day}.`,
    title: "Papers for benefits",
    link: "Discharge papers and sick-leave certificates",
    lead: (count: number) => `Care facilities have sent ${count} ${count === 1 ? "paper" : "papers"}.`,
    empty: "There is no paper yet.",
    emptyHelp: "Sick-leave certificates and discharge papers appear here once the facility has sent them.",
    time: "Time",
    fromTo: (from: string, to: string) => `${from} – ${to}`,
    issued: "Issued on",
    facility: "Issued by",
    facilityCode: (code: string) => `Facility ${code}`,
    serial: "Number of the paper",
    unit: "Employer or unit",
    diagnosis: "Diagnosis",
    kinds: {
      CT03: "Discharge paper (giấy ra viện)",
      CT04: "Summary of the medical record",
      CT06: "Certificate of rest in pregnancy",
      CT07: "Sick-leave certificate",
      GIAYDIEUTRINOITRU: "Confirmation of inpatient treatment",
      GIAYDIEUTRIVOSINH: "Confirmation of infertility treatment",
      GIAYSUCKHOEME: "Confirmation that a mother cannot care for her child",
    },
  },
);

export function paperKind(kind: string, lang: Lang): string {
  const kinds: Readonly<Record<string, string>> = words(lang).kinds;
  return kinds[kind] ?? kind;
}
