import { readFileSync } from "node:fs";

/** The sample claim as it came, and the means to change one thing of it. */
export const sampleBytes = readFileSync(new URL("./claim-envelope.xml", import.meta.url));

export interface Inner {
  kind: string;
  xml: string;
  /** base64 unless told. */
  as?: "plain" | "section" | "escaped" | "broken";
}

/** The four tables of the sample, decoded. */
export function sampleTables(): Inner[] {
  const text = sampleBytes.toString("utf8");
  const files = text.matchAll(/<LOAIHOSO>(\w+)<\/LOAIHOSO>\s*<NOIDUNGFILE>([^<]*)</g);
  return [...files].map(([, kind = "", content = ""]) => ({ kind, xml: Buffer.from(content, "base64").toString("utf8") }));
}

/** The sample with some fields of some tables set: { "XML1.MA_LK": "…" }; every row of the table gets it. */
export function sampleWith(fields: Record<string, string>): Inner[] {
  return sampleTables().map((table) => {
    let { xml } = table;
    for (const [place, value] of Object.entries(fields)) {
      const [kind, field] = place.split(".");
      if (kind === table.kind || kind === "*") {
        xml = xml.replaceAll(new RegExp(`<${field}>[^]*?</${field}>`, "g"), `<${field}>${value}</${field}>`);
      }
    }
    return { ...table, xml };
  });
}

export function dossier(inner: readonly Inner[]): string {
  const files = inner.map(({ kind, xml, as }) => `<FILEHOSO><LOAIHOSO>${kind}</LOAIHOSO><NOIDUNGFILE>${content(xml, as)}</NOIDUNGFILE></FILEHOSO>`);
  return `<HOSO>${files.join("")}</HOSO>`;
}

export function envelope(dossiers: readonly string[], { facility = "79999", count = dossiers.length } = {}): Buffer {
  return Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?>\n<GIAMDINHHS><THONGTINDONVI><MACSKCB>${facility}</MACSKCB></THONGTINDONVI>\n` +
      `<THONGTINHOSO><NGAYLAP>20261120</NGAYLAP><SOLUONGHOSO>${count}</SOLUONGHOSO><DANHSACHHOSO>\n` +
      `${dossiers.join("\n")}\n</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>\n`,
  );
}

const roots = readFileSync(new URL("../../db/reference/claim-roots.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(","));

/** A table of one row with these fields, in the elements of the annex. */
export function innerTable(kind: string, fields: Record<string, string>): Inner {
  // XML12 has no root that is known.
  const [, root = "", list = "", row = ""] = roots.find(([table]) => table === kind) ?? ["", "", "", "BAN_GHI"];
  const around = [root, list].filter((element) => element !== "" && element !== row);
  const leaves = Object.entries(fields).map(([field, value]) => `<${field}>${value}</${field}>`);
  const open = around.map((element) => `<${element}>`).join("");
  const close = around
    .toReversed()
    .map((element) => `</${element}>`)
    .join("");
  return { kind, xml: `${open}<${row}>${leaves.join("")}</${row}>${close}` };
}

function content(xml: string, as: Inner["as"]): string {
  if (as === "plain") return xml.replace(/^\s*<\?xml[^>]*\?>/, "");
  if (as === "section") return `<![CDATA[${Buffer.from(xml).toString("base64")}]]>`;
  if (as === "escaped") return xml.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const coded = Buffer.from(xml).toString("base64");
  return as === "broken" ? `${coded.slice(0, 40)}!*?${coded.slice(43)}` : coded;
}
