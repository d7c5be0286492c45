import { company } from "../journeys/company.ts";
import { officeCode } from "../journeys/fixtures.ts";

/** The forty units of the drive, in the three groups of letter 330/UBND-VX. One of them stands in the stories' template. */
export interface DriveUnit {
  code: string;
  kind: "commune" | "enterprise" | "agency" | "school";
  name: string;
}

const communes = Array.from({ length: 24 }, (_, at): DriveUnit => {
  const no = String(at + 1).padStart(2, "0");
  return { code: `CD-XA-${no}`, kind: "commune", name: `UBND xã Chiến Dịch ${no}` };
});
const enterprises = Array.from({ length: 9 }, (_, at): DriveUnit => {
  const no = String(at + 1).padStart(2, "0");
  return { code: `CD-DN-${no}`, kind: "enterprise", name: `Công ty Chiến Dịch ${no}` };
});
const offices: DriveUnit[] = [
  { code: "CD-CQ-01", kind: "agency", name: "Trạm y tế Chiến Dịch" },
  { code: "CD-CQ-02", kind: "agency", name: "Hạt kiểm lâm Chiến Dịch" },
  { code: "CD-CQ-03", kind: "agency", name: "Đài truyền thanh Chiến Dịch" },
  { code: "CD-TH-01", kind: "school", name: "Trường THPT Chiến Dịch 1" },
  { code: "CD-TH-02", kind: "school", name: "Trường THCS Chiến Dịch 2" },
  { code: "CD-TH-03", kind: "school", name: "Trường tiểu học Chiến Dịch 3" },
];

export const newUnits: readonly DriveUnit[] = [...communes, ...enterprises, ...offices];
export const units: readonly DriveUnit[] = [...newUnits, { ...company, kind: "enterprise" }];

export const unitsCsv = () =>
  [
    "unit_code,kind,name,office_code,province_code,valid_from",
    ...newUnits.map(({ code, kind, name }) => `${code},${kind},${name},${officeCode},52,01/01/2026`),
    "",
  ].join("\n");

/** The groups as the letter names them, each with the kinds that it reaches. */
export const groups = [
  { name: "Các cơ quan, trường học", kinds: ["cơ quan", "trường học"], of: ["agency", "school"] },
  { name: "Các doanh nghiệp", kinds: ["doanh nghiệp"], of: ["enterprise"] },
  { name: "UBND các xã, thị trấn", kinds: ["xã, phường, đặc khu"], of: ["commune"] },
] as const;

/** How each unit's receipt is signed: at its desk, by a code, by hand, after a reminder; and one that never does. */
export type Signing = "account" | "sms" | "email" | "drawn" | "late" | "never";

export function signingOf(unit: DriveUnit): Signing {
  if (sizes[unit.code]) return "account";
  const others = units.filter(({ code }) => !sizes[code]);
  const at = others.findIndex(({ code }) => code === unit.code);
  if (at === others.length - 1) return "never";
  if (at >= others.length - 4) return "late";
  return (["sms", "drawn", "sms", "email"] as const)[at % 4] ?? "sms";
}

/** Units that send a list, with how many people stand on it: 5,000 in all, 100 of them on two lists. */
export const sizes: Readonly<Record<string, number>> = {
  "CD-XA-01": 1200,
  "CD-XA-02": 900,
  "CD-XA-03": 650,
  "CD-DN-01": 1000,
  "CD-DN-02": 500,
  "CD-DN-03": 250,
  "CD-CQ-01": 120,
  "CD-TH-01": 380,
};
export const listed = units.filter(({ code }) => sizes[code]);
/** So many people of the first company live in the first commune, and stand on its list as well. */
export const ON_TWO_LISTS = 100;

const at = (unit: DriveUnit) => String(units.indexOf(unit)).padStart(2, "0");
export const phoneOf = (unit: DriveUnit) => `09997600${at(unit)}`;
export const emailOf = (unit: DriveUnit) => `van-thu-${at(unit)}@chien-dich.example.vn`;
