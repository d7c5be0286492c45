/**
 * Illnesses in plain words, from the first three signs of an ICD-10 code; what is not in the short
 * list is told by its chapter. The doctor's own text stands beside it, the code under a fold.
 */
import type { Lang } from "../kernel/calendar.ts";

type Twin = readonly [vi: string, en: string];

/** What people come with most. Our wording, not the classification's. */
const common: Record<string, Twin> = {
  A09: ["Tiêu chảy", "Diarrhoea"],
  A15: ["Lao phổi", "Tuberculosis of the lung"],
  A90: ["Sốt xuất huyết", "Dengue fever"],
  A91: ["Sốt xuất huyết nặng", "Severe dengue fever"],
  B01: ["Thủy đậu", "Chickenpox"],
  B05: ["Sởi", "Measles"],
  B16: ["Viêm gan B cấp", "Acute hepatitis B"],
  B18: ["Viêm gan vi-rút mạn tính", "Chronic viral hepatitis"],
  C50: ["Ung thư vú", "Breast cancer"],
  C34: ["Ung thư phổi", "Lung cancer"],
  C22: ["Ung thư gan", "Liver cancer"],
  D50: ["Thiếu máu do thiếu sắt", "Anaemia from lack of iron"],
  E03: ["Suy giáp", "Underactive thyroid"],
  E05: ["Cường giáp", "Overactive thyroid"],
  E10: ["Tiểu đường típ 1", "Diabetes, type 1"],
  E11: ["Tiểu đường típ 2", "Diabetes, type 2"],
  E78: ["Mỡ máu cao", "High blood fats"],
  G43: ["Đau nửa đầu", "Migraine"],
  G44: ["Đau đầu", "Headache"],
  G47: ["Rối loạn giấc ngủ", "Sleep disorder"],
  H10: ["Đau mắt đỏ", "Conjunctivitis"],
  H25: ["Đục thủy tinh thể ở người già", "Cataract of old age"],
  H52: ["Tật khúc xạ", "Sight needs glasses"],
  H66: ["Viêm tai giữa", "Middle-ear infection"],
  I10: ["Tăng huyết áp", "High blood pressure"],
  I20: ["Đau thắt ngực", "Angina"],
  I21: ["Nhồi máu cơ tim", "Heart attack"],
  I25: ["Bệnh mạch vành", "Coronary heart disease"],
  I50: ["Suy tim", "Heart failure"],
  I63: ["Đột quỵ (nhồi máu não)", "Stroke"],
  I64: ["Đột quỵ", "Stroke"],
  I83: ["Suy giãn tĩnh mạch chân", "Varicose veins"],
  J00: ["Cảm lạnh", "Common cold"],
  J01: ["Viêm xoang cấp", "Acute sinusitis"],
  J02: ["Viêm họng cấp", "Sore throat"],
  J03: ["Viêm amidan cấp", "Acute tonsillitis"],
  J06: ["Viêm đường hô hấp trên", "Upper airway infection"],
  J11: ["Cúm", "Influenza"],
  J18: ["Viêm phổi", "Pneumonia"],
  J20: ["Viêm phế quản cấp", "Acute bronchitis"],
  J30: ["Viêm mũi dị ứng", "Allergic rhinitis"],
  J44: ["Phổi tắc nghẽn mạn tính", "Chronic obstructive lung disease"],
  J45: ["Hen", "Asthma"],
  K02: ["Sâu răng", "Tooth decay"],
  K04: ["Viêm tủy răng", "Inflamed tooth pulp"],
  K05: ["Viêm lợi", "Gum disease"],
  K21: ["Trào ngược dạ dày", "Acid reflux"],
  K25: ["Loét dạ dày", "Stomach ulcer"],
  K29: ["Viêm dạ dày", "Gastritis"],
  K35: ["Viêm ruột thừa", "Appendicitis"],
  K80: ["Sỏi mật", "Gallstones"],
  L20: ["Viêm da cơ địa", "Atopic eczema"],
  L50: ["Mề đay", "Hives"],
  M10: ["Gút", "Gout"],
  M17: ["Thoái hóa khớp gối", "Worn knee joint"],
  M47: ["Thoái hóa cột sống", "Worn spine"],
  M51: ["Thoát vị đĩa đệm", "Slipped disc"],
  M54: ["Đau lưng", "Back pain"],
  M81: ["Loãng xương", "Osteoporosis"],
  N18: ["Bệnh thận mạn", "Chronic kidney disease"],
  N20: ["Sỏi thận", "Kidney stones"],
  N39: ["Nhiễm trùng đường tiểu", "Urinary infection"],
  N40: ["Phì đại tuyến tiền liệt", "Enlarged prostate"],
  O80: ["Sinh thường", "Normal birth"],
  O82: ["Sinh mổ", "Birth by caesarean"],
  R10: ["Đau bụng", "Abdominal pain"],
  R50: ["Sốt", "Fever"],
  R51: ["Đau đầu", "Headache"],
  S52: ["Gãy xương cẳng tay", "Broken forearm"],
  S82: ["Gãy xương cẳng chân", "Broken lower leg"],
  Z00: ["Khám sức khỏe", "Health check"],
  Z34: ["Khám thai", "Antenatal check"],
};

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
  const three = /^[A-Z]\d\d/.exec(code.trim().toUpperCase())?.[0];
  if (!three) return undefined;
  const at = lang === "en" ? 1 : 0;
  const named = common[three];
  if (named) return named[at];
  const chapter = chapters.find(([last]) => three <= last);
  return chapter?.[at + 1];
}
