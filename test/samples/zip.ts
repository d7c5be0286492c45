/** Zips of any parts, and the least workbook, for what no spreadsheet program writes. */
import { zipOf } from "../../src/typeset/zip.ts";

/** The least workbook around one sheet's XML. */
export function sheetOf(xml: string | Buffer, more: Record<string, string | Buffer> = {}): Buffer {
  return zipOf({
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": xml,
    ...more,
  });
}

