/** Made-up facilities and employers: codes end in 999 or begin with MAU, which no real one has. */

export interface MadeFacility {
  code: string;
  name: string;
  province: string;
  level: string;
  /** Its software writes free text in CDATA. */
  writesSections: boolean;
}

const places: readonly (readonly [province: string, name: string, level: string])[] = [
  ["01", "Bệnh viện Đa khoa Mẫu Hà Nội", "chuyên sâu"],
  ["79", "Bệnh viện Đa khoa Mẫu Sài Gòn", "chuyên sâu"],
  ["48", "Bệnh viện Mẫu Sông Hàn", "cơ bản"],
  ["31", "Bệnh viện Mẫu Cửa Biển", "cơ bản"],
  ["92", "Bệnh viện Mẫu Ninh Kiều", "cơ bản"],
  ["52", "Trung tâm Y tế Mẫu Tuy Phước", "cơ bản"],
  ["66", "Bệnh viện Mẫu Cao Nguyên", "cơ bản"],
  ["40", "Trung tâm Y tế Mẫu Sông Lam", "cơ bản"],
  ["19", "Phòng khám Đa khoa Mẫu Thái Nguyên", "ban đầu"],
  ["86", "Trạm Y tế Mẫu Vĩnh Long", "ban đầu"],
  ["14", "Trạm Y tế Mẫu Mộc Châu", "ban đầu"],
  ["75", "Phòng khám Đa khoa Mẫu Biên Hòa", "ban đầu"],
];

export const facilities: readonly MadeFacility[] = places.map(([province, name, level], at) => ({
  code: `${province}999`,
  name,
  province,
  level,
  writesSections: at % 2 === 1,
}));

export interface MadeUnit {
  code: string;
  name: string;
  kind: "agency" | "enterprise" | "school" | "commune" | "collector";
}

const unitNames: readonly (readonly [MadeUnit["kind"], string])[] = [
  ["enterprise", "Công ty TNHH May Mẫu Bình Minh"],
  ["enterprise", "Công ty Cổ phần Thủy sản Mẫu Sao Biển"],
  ["enterprise", "Công ty TNHH Điện tử Mẫu Ánh Dương"],
  ["enterprise", "Công ty Cổ phần Xây dựng Mẫu Trường Thành"],
  ["enterprise", "Công ty TNHH Giày da Mẫu Hoa Sen"],
  ["enterprise", "Hợp tác xã Nông nghiệp Mẫu Đồng Xanh"],
  ["enterprise", "Công ty Cổ phần Vận tải Mẫu Đường Dài"],
  ["enterprise", "Công ty TNHH Phần mềm Mẫu Lá Phong"],
  ["agency", "Ban Quản lý Mẫu các khu công nghiệp"],
  ["agency", "Trung tâm Mẫu Dịch vụ việc làm"],
  ["school", "Trường Tiểu học Mẫu Hoa Mai"],
  ["school", "Trường Trung học phổ thông Mẫu Chu Văn An"],
  ["school", "Trường Đại học Mẫu Phương Nam"],
  ["commune", "Ủy ban nhân dân xã Mẫu Phước Hòa"],
  ["collector", "Tổ chức dịch vụ thu Mẫu Bưu điện"],
];

export const units: readonly MadeUnit[] = unitNames.map(([kind, name], at) => ({
  code: `MAU${String(at + 1).padStart(4, "0")}`,
  name,
  kind,
}));
