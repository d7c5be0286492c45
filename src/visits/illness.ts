/**
 * Illnesses in plain words, from the first three signs of an ICD-10 code: by the short list, else by block, else by
 * chapter. The doctor's own text stands beside it, the code under a fold.
 */
import type { Lang } from "../kernel/calendar.ts";
import { blocks } from "./illness-blocks.ts";
import { common, type Twin } from "./illness-names.ts";

/** Chapters by their last code, in order: a code belongs to the first whose end is not before it. */
const chapters: readonly (readonly [last: string, ...Twin])[] = [
  ["B99", "Bệnh nhiễm trùng", "Infectious disease"],
  ["D48", "Khối u", "Tumour"],
  ["D89", "Bệnh về máu và miễn dịch", "Disease of the blood and immunity"],
  ["E90", "Bệnh nội tiết, chuyển hóa", "Disease of hormones and metabolism"],
  ["F99", "Sức khỏe tâm thần", "Mental health"],
  ["G99", "Bệnh thần kinh", "Disease of the nerves"],
  ["H59", "Bệnh về mắt", "Disease of the eye"],
  ["H95", "Bệnh về tai", "Disease of the ear"],
  ["I99", "Bệnh tim mạch", "Disease of the heart and vessels"],
  ["J99", "Bệnh hô hấp", "Disease of the airways"],
  ["K93", "Bệnh tiêu hóa", "Disease of the digestion"],
  ["L99", "Bệnh về da", "Disease of the skin"],
  ["M99", "Bệnh cơ, xương, khớp", "Disease of muscles, bones and joints"],
  ["N99", "Bệnh thận, tiết niệu, sinh dục", "Disease of kidneys, bladder or sex organs"],
  ["O99", "Thai nghén và sinh nở", "Pregnancy and birth"],
  ["P96", "Bệnh của trẻ sơ sinh", "Condition of the newborn"],
  ["Q99", "Dị tật bẩm sinh", "Condition from birth"],
  ["R99", "Triệu chứng chưa rõ bệnh", "Symptoms without a diagnosis yet"],
  ["T98", "Chấn thương, ngộ độc", "Injury or poisoning"],
  ["U99", "Bệnh có mã riêng", "Condition with a special code"],
  ["Y98", "Tai nạn và nguyên nhân bên ngoài", "Accident or outside cause"],
  ["Z99", "Khám, tư vấn, theo dõi", "Check-up, advice or follow-up"],
];

/** "E11.9" → "Tiểu đường típ 2"; undefined for what is no code of the classification. */
export function illnessInWords(code: string, lang: Lang): string | undefined {
  const [, three, rest = ""] = /^([A-Z]\d\d)(\.\d)?/.exec(code.trim().toUpperCase()) ?? [];
  if (!three) return undefined;
  const at = lang === "en" ? 1 : 0;
  const named = common[three + rest] ?? common[three] ?? namedByBlock(three);
  if (named) return named[at];
  const chapter = chapters.find(([last]) => three <= last);
  return chapter?.[at + 1];
}

function namedByBlock(three: string): Twin | undefined {
  const block = blocks.find(([first, last]) => first <= three && three <= last);
  return block && [block[2], block[3]];
}

/** Codes split by ";" or "," → each in words once, in their order; what is no code is left out. */
export function illnessesInWords(codes: string, lang: Lang): string[] {
  const named = codes.split(/[;,]/).map((code) => illnessInWords(code, lang));
  return [...new Set(named.filter((words) => words !== undefined))];
}
