/** The made-up people of the stories, as they would answer form 01. The register knows them all (register/persons.csv). */
export interface Declarant {
  name: string;
  sex: "Nam" | "Nữ";
  /** Day, month, year as typed. */
  birth: readonly [string, string, string];
  idNumber: string;
  insuranceNumber: string;
  phone: string;
  email?: string;
}

/** The patient of the sample claim file. */
export const mau: Declarant = {
  name: "Nguyễn Văn Mẫu",
  sex: "Nam",
  birth: ["15", "1", "1990"],
  idNumber: "099199000001",
  insuranceNumber: "0000000012",
  phone: "0999900012",
  email: "mau@example.vn",
};

/** Hands in a form that is not signed. */
export const lan: Declarant = {
  name: "Trần Thị Thử Lan",
  sex: "Nữ",
  birth: ["20", "8", "1988"],
  idNumber: "052188000101",
  insuranceNumber: "0000000101",
  phone: "0999900101",
  email: "lan@example.vn",
};

/** Comes back after the last day. */
export const hen: Declarant = {
  name: "Lê Văn Hẹn",
  sex: "Nam",
  birth: ["5", "5", "1975"],
  idNumber: "052075000102",
  insuranceNumber: "0000000102",
  phone: "0999900102",
};

/** Never comes back. */
export const quen: Declarant = {
  name: "Phạm Thị Quên",
  sex: "Nữ",
  birth: ["20", "12", "1969"],
  idNumber: "052169000103",
  insuranceNumber: "0000000103",
  phone: "0999900103",
};

/** Types whatever can be typed wrongly. */
export const thu: Declarant = {
  name: "Võ Thị Diễm Thử",
  sex: "Nữ",
  birth: ["30", "4", "1993"],
  idNumber: "052193000104",
  insuranceNumber: "0000000104",
  phone: "0999900104",
};

/** Has an account already. */
export const binh: Declarant = {
  name: "Đặng Quốc Bình",
  sex: "Nam",
  birth: ["17", "7", "1981"],
  idNumber: "052081000105",
  insuranceNumber: "0000000105",
  phone: "0999900105",
};

/** Uses no mouse. */
export const phim: Declarant = {
  name: "Đỗ Văn Phím",
  sex: "Nam",
  birth: ["28", "2", "1985"],
  idNumber: "052085000106",
  insuranceNumber: "0000000106",
  phone: "0999900106",
};

/** Whose papers are photographed. */
export const anh: Declarant = {
  name: "Bùi Thị Ảnh",
  sex: "Nữ",
  birth: ["19", "9", "1991"],
  idNumber: "052191000107",
  insuranceNumber: "0000000107",
  phone: "0999900107",
};
