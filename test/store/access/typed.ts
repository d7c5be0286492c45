import sharp from "sharp";

/** What people type and send in the requests of the table: everything fits, so that only who asks decides. */
const papers = new Map<string, { number: string; name: string }>();

/** The reading of a paper must repeat what was declared; cast.ts notes each file here. */
export function noteDeclared(code: string, declared: { number: string; name: string }): void {
  papers.set(code, declared);
}

export function boxesOfReading(code: string): Record<string, string | string[]> {
  return {
    id_kind: "cccd",
    id_number: papers.get(code)?.number ?? "",
    name: papers.get(code)?.name ?? "",
    birth_day: "15",
    birth_month: "1",
    birth_year: "1990",
    checks: ["original_seen", "form_signed", "face_matches", "copy_kept"],
  };
}

export function aReading(code: string): object {
  return {
    paper: { kind: "cccd", number: "", name: "", birth: "1990-01-15", ...papers.get(code) },
    originalSeen: true,
    formSigned: true,
    faceMatches: true,
    copyKept: true,
  };
}

export const refusal = {
  grounds: ["form_not_signed"],
  sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp.",
};

let declared = 0;

export function aDeclaration(): object {
  declared += 1;
  const tail = String(declared).padStart(6, "0");
  return {
    for: "self",
    paper: { kind: "cccd", number: `052090${tail}` },
    fullName: "Trần Văn Thử",
    sex: 1,
    birth: "1990-05-05",
    insuranceNumber: `5277${tail}`,
    phone: `0917${tail}`,
    address: { communeCode: "21952", street: "Thôn Mẫu 2" },
    officeCode: "52T01",
  };
}

/** A picture that passes the counter's own inspection. */
export const aPicture = await sharp({ create: { width: 1200, height: 760, channels: 3, background: "#d8cfb4" } })
  .jpeg()
  .toBuffer();
