import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { projectRoot } from "../../../src/db/root.ts";
import { registerFolder } from "../fixtures.ts";

/** What the operator's files say, read and added up here a second time, independently of the product. */
type Row = Record<string, string>;

function rowsOf(kind: "participation" | "benefits", insuranceNumber: string): Row[] {
  const text = readFileSync(join(registerFolder, `${kind}.csv`), "utf8");
  const rows = parse(text, { columns: true }) as Row[];
  return rows.filter((row) => row.insurance_number === insuranceNumber);
}

/** "12 năm 4 tháng": months paid to BHXH, both ends of each row counted. */
export function paidInWords(insuranceNumber: string): string {
  const paid = rowsOf("participation", insuranceNumber).filter((row) => row.fund === "bhxh" && row.status === "paid");
  const months = paid.reduce((all, row) => all + monthNumber(row.to_month) - monthNumber(row.from_month) + 1, 0);
  return `${Math.floor(months / 12)} năm ${months % 12} tháng`;
}

function monthNumber(text = ""): number {
  const [month, year] = text.split("/").map(Number);
  return (year ?? 0) * 12 + (month ?? 0);
}

interface PaidBenefit {
  kind: string;
  regime: string;
  amount: number;
}

export function benefitsOf(insuranceNumber: string): PaidBenefit[] {
  return rowsOf("benefits", insuranceNumber).map(({ kind = "", regime = "", amount }) => ({
    kind,
    regime,
    amount: Number(amount),
  }));
}

export const sampleClaim = join(projectRoot, "test/samples/claim-envelope.xml");

/** Every cost line of the sample claim file: its name and its amount at the facility's price. */
export function claimLines(): { name: string; amount: number }[] {
  const envelope = readFileSync(sampleClaim, "utf8");
  const inside = [...envelope.matchAll(/<NOIDUNGFILE>([^<]+)</g)].map(([, text = ""]) =>
    Buffer.from(text, "base64").toString("utf8"),
  );
  const lines = inside.flatMap((xml) => xml.match(/<CHI_TIET_(THUOC|DVKT)>[\s\S]*?<\/CHI_TIET_\1>/g) ?? []);
  return lines.map((line) => ({
    name: tagIn(line, "TEN_THUOC") || tagIn(line, "TEN_VAT_TU") || tagIn(line, "TEN_DICH_VU"),
    amount: Number(tagIn(line, "THANH_TIEN_BV")),
  }));
}

function tagIn(xml: string, tag: string): string {
  const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(xml)?.[1] ?? "";
  return content.replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, "$1");
}
