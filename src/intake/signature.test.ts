import { describe, expect, test } from "vitest";
import { dossier, envelope, sampleTables, sampleWith } from "../../test/samples/envelope.ts";
import { altered, signed } from "../../test/samples/signing.ts";
import { checkSignature } from "./signature.ts";

const one = dossier(sampleTables());
const open = Buffer.from(envelope([one]).toString("utf8").replace("<CHUKYDONVI/>", "<CHUKYDONVI></CHUKYDONVI>"));
const file = signed(open);
const evil = dossier(sampleWith({ "XML1.T_BHTT": "999999999" }));
const faultOf = (bytes: Buffer) => {
  const checked = checkSignature(bytes);
  return checked.ok ? "holds" : checked.faults;
};

describe("the signature of a claim file", () => {
  test("holds for what the facility signed, and says whose file and of which day it is", () => {
    expect(checkSignature(file)).toMatchObject({ ok: true, value: { facilityCode: "79999", madeOn: "2026-11-20" } });
  });

  test("holds when blanks stand behind the end", () => {
    expect(faultOf(Buffer.concat([file, Buffer.from("\n\n")]))).toBe("holds");
  });

  test("holds for plain tables and for CDATA", () => {
    const inner = sampleTables().map((table) => ({ ...table, as: "section" as const }));
    const other = envelope([dossier(inner)])
      .toString("utf8")
      .replace("<CHUKYDONVI/>", "<CHUKYDONVI></CHUKYDONVI>");
    expect(faultOf(signed(Buffer.from(other)))).toBe("holds");
  });

  test.each([
    ["another day", "changed", altered(file, "<NGAYLAP>20261120", "<NGAYLAP>20261121")],
    ["another sender", "changed", altered(file, "<MACSKCB>79999", "<MACSKCB>79998")],
    ["a claim put in", "changed", altered(file, "</DANHSACHHOSO>", `${evil}</DANHSACHHOSO>`)],
    ["a signature cut off", "not_one", altered(file, /<Signature[\s\S]*<\/Signature>/, "")],
    ["two signatures", "not_one", altered(file, /(<Signature[\s\S]*<\/Signature>)/, "$1$1")],
    ["no certificate", "no_certificate", altered(file, /<X509Data>[\s\S]*<\/X509Data>/, "")],
    ["broken XML", "broken", altered(file, "</THONGTINHOSO>", "</THONGTIN>")],
  ])("with %s: %s", (_, fault, bytes) => {
    expect(faultOf(bytes)).toBe(fault);
  });

  test.each([
    ["only the sender", ["THONGTINDONVI"]],
    ["only the records", ["THONGTINHOSO"]],
    ["only one record", ["THONGTINDONVI", "THONGTINHOSO/DANHSACHHOSO/HOSO"]],
  ])("that covers %s covers too little", (_, parts) => {
    expect(faultOf(signed(open, { parts }))).toBe("not_covering");
  });

  test.each([
    ["a signature by SHA-1", { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }],
    ["digests by SHA-1", { digest: "http://www.w3.org/2000/09/xmldsig#sha1" }],
  ])("%s does not count", (_, how) => {
    expect(faultOf(signed(open, how))).toBe("algorithm");
  });
});

describe("something wrapped around what was signed", () => {
  test("the signed records moved aside, others in their place", () => {
    const moved = /<THONGTINHOSO[\s\S]*<\/THONGTINHOSO>/.exec(file.toString("utf8"))?.[0] ?? "";
    const wrapped = altered(
      altered(file, moved, `<THONGTINHOSO><DANHSACHHOSO>${evil}</DANHSACHHOSO></THONGTINHOSO>`),
      "<CHUKYDONVI>",
      `<KHAC>${moved}</KHAC><CHUKYDONVI>`,
    );
    expect(faultOf(wrapped)).toBe("not_what_is_read");
  });

  test("a claim beside the signed part", () => {
    expect(faultOf(altered(file, "<CHUKYDONVI>", `<THEM>${evil}</THEM><CHUKYDONVI>`))).toBe("not_what_is_read");
  });

  test("a table inside a comment, which no signature sees and a reader of bytes would take", () => {
    const table = "<FILEHOSO><LOAIHOSO>XML5</LOAIHOSO><NOIDUNGFILE>PGE+</NOIDUNGFILE></FILEHOSO>";
    expect(faultOf(altered(file, "</HOSO>", `<!--${table}--></HOSO>`))).toBe("not_what_is_read");
  });

  test("a table hidden from the reader of bytes by a blank that no signature sees", () => {
    expect(faultOf(altered(file, "<FILEHOSO><LOAIHOSO>XML3", "<FILEHOSO ><LOAIHOSO>XML3"))).toBe("not_what_is_read");
  });

  test("two elements of one id", () => {
    const id = /<THONGTINHOSO Id="([^"]+)"/.exec(file.toString("utf8"))?.[1];
    expect(id).toBeDefined();
    expect(faultOf(altered(file, "<CHUKYDONVI>", `<THEM Id="${id}"/><CHUKYDONVI>`))).toBe("changed");
  });

  test("a nest of elements without end is broken, and a million of them are not made into a tree", () => {
    const nest = `${"<a>".repeat(50_000)}${"</a>".repeat(50_000)}`;
    expect(faultOf(altered(file, "<CHUKYDONVI>", `${nest}<CHUKYDONVI>`))).toBe("broken");
    expect(faultOf(altered(file, "<CHUKYDONVI>", `${"<a/>".repeat(1_000_000)}<CHUKYDONVI>`))).toBe("too_large");
  });
});
