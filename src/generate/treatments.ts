/** Illnesses with what is usually done for them: made-up prices, generic substances, codes that look right. */

export interface Drug {
  code: string;
  name: string;
  unit: string;
  /** Hundredths of a đồng. */
  price: number;
  /** Percent of it that is in scope. */
  rate: number;
}

export interface Service {
  code: string;
  name: string;
  group: string;
  /** đồng, of the hospital and of the fund. */
  price: number;
  insuredPrice: number;
  /** Result of a test: name, unit, range in tenths. */
  result?: { name: string; unit: string; from: number; to: number };
}

export interface Illness {
  code: string;
  name: string;
  others: readonly (readonly [code: string, name: string])[];
  drugs: readonly Drug[];
  services: readonly Service[];
  isWard?: boolean;
  weight: number;
}

const drug = (code: string, name: string, price: number, rate = 100): Drug => ({
  code,
  name,
  unit: "Viên",
  price,
  rate,
});
const paracetamol = drug("40.921", "Paracetamol 500mg", 38_050);
const amoxicillin = drug("40.154", "Amoxicilin 500mg", 92_000);
const metformin = drug("40.807", "Metformin 850mg", 45_050);
const amlodipin = drug("40.491", "Amlodipin 5mg", 21_000);
const losartan = drug("40.519", "Losartan 50mg", 65_000);
const omeprazol = drug("40.677", "Omeprazol 20mg", 31_500);
const glucosamin = drug("40.063", "Glucosamin 500mg", 180_000, 50);
const vitamin = drug("40.1050", "Vitamin B1-B6-B12", 85_000);
const sertralin = drug("40.961", "Sertralin 50mg", 210_000);

const bloodCount: Service = {
  ...{ code: "22.0121.1369", name: "Tổng phân tích tế bào máu", group: "1", price: 47_500, insuredPrice: 47_500 },
  result: { name: "Hồng cầu", unit: "T/L", from: 38, to: 56 },
};
const glucose: Service = {
  ...{ code: "23.0075.1494", name: "Định lượng Glucose máu", group: "1", price: 24_000, insuredPrice: 22_400 },
  result: { name: "Glucose", unit: "mmol/L", from: 45, to: 118 },
};
const chestImage: Service = {
  ...{ code: "18.0119.0028", name: "Chụp X-quang ngực thẳng", group: "2", price: 75_000, insuredPrice: 68_300 },
};
const ultrasound: Service = {
  ...{ code: "18.0015.0001", name: "Siêu âm ổ bụng", group: "2", price: 60_000, insuredPrice: 49_300 },
};
const heartTrace: Service = {
  ...{ code: "02.0085.1778", name: "Điện tim thường", group: "3", price: 39_900, insuredPrice: 39_900 },
};
const nebulizer: Service = {
  ...{ code: "02.0032.0898", name: "Khí dung thuốc giãn phế quản", group: "18", price: 27_500, insuredPrice: 27_500 },
};

export const examination: Service = {
  ...{ code: "13.1896", name: "Khám nội", group: "13", price: 50_600, insuredPrice: 45_000 },
};
export const bed: Service = {
  ...{ code: "K02.1908", name: "Giường nội khoa loại 2", group: "15", price: 262_300, insuredPrice: 257_100 },
};
export const supply = { code: "N03.02.060.0000.000.0001", name: "Kim luồn tĩnh mạch mẫu", price: 1_253_050 };

/** What is given beside, whatever the illness: visits have some eight lines on average, as the country's do. */
export const moreDrugs: readonly Drug[] = [
  drug("40.048", "Diclofenac 50mg", 16_500),
  drug("40.114", "Loratadin 10mg", 24_000),
  drug("40.673", "Alpha chymotrypsin 4200 đơn vị", 72_000),
  drug("40.725", "Men vi sinh dạng gói", 290_000, 80),
  drug("40.988", "Acetylcystein 200mg", 49_500),
  drug("40.1014", "Canxi carbonat và vitamin D3", 118_000, 50),
];
export const moreServices: readonly Service[] = [
  {
    ...{ code: "23.0051.1494", name: "Định lượng Creatinin máu", group: "1", price: 22_400, insuredPrice: 22_400 },
    result: { name: "Creatinin", unit: "µmol/L", from: 480, to: 1150 },
  },
  {
    ...{ code: "23.0020.1493", name: "Đo hoạt độ AST máu", group: "1", price: 22_400, insuredPrice: 22_400 },
    result: { name: "AST", unit: "U/L", from: 120, to: 640 },
  },
  { code: "22.0149.1594", name: "Tổng phân tích nước tiểu", group: "1", price: 28_600, insuredPrice: 28_600 },
  { code: "01.0002.1778", name: "Theo dõi mạch, huyết áp", group: "3", price: 18_000, insuredPrice: 15_400 },
];

export const illnesses: readonly Illness[] = [
  {
    ...{ code: "J06.9", name: "Nhiễm trùng hô hấp trên cấp", others: [], weight: 22 },
    ...{ drugs: [paracetamol, amoxicillin, vitamin], services: [bloodCount] },
  },
  {
    ...{ code: "I10", name: "Tăng huyết áp vô căn", others: [["E78.5", "Tăng lipid máu"]], weight: 20 },
    ...{ drugs: [amlodipin, losartan], services: [heartTrace, glucose] },
  },
  {
    ...{ code: "E11.9", name: "Đái tháo đường típ 2", others: [["I10", "Tăng huyết áp"]], weight: 16 },
    ...{ drugs: [metformin, amlodipin, vitamin], services: [glucose, bloodCount] },
  },
  {
    ...{ code: "K29.7", name: "Viêm dạ dày", others: [], weight: 12 },
    ...{ drugs: [omeprazol, paracetamol], services: [ultrasound] },
  },
  {
    ...{ code: "M17.9", name: "Thoái hóa khớp gối", others: [["M54.5", "Đau thắt lưng"]], weight: 12 },
    ...{ drugs: [glucosamin, paracetamol], services: [chestImage] },
  },
  {
    ...{ code: "J18.9", name: "Viêm phổi", others: [["J45.9", "Hen phế quản"]], weight: 7, isWard: true },
    ...{ drugs: [amoxicillin, paracetamol], services: [chestImage, bloodCount, nebulizer] },
  },
  {
    ...{ code: "A09.0", name: "Tiêu chảy và viêm dạ dày ruột nhiễm trùng", others: [], weight: 6, isWard: true },
    ...{ drugs: [vitamin, paracetamol], services: [bloodCount, ultrasound] },
  },
  {
    ...{ code: "F41.1", name: "Rối loạn lo âu lan tỏa", others: [], weight: 3 },
    ...{ drugs: [sertralin, vitamin], services: [heartTrace] },
  },
  {
    ...{ code: "A53.9", name: "Giang mai, không xác định", others: [], weight: 1 },
    ...{ drugs: [amoxicillin], services: [bloodCount] },
  },
];
