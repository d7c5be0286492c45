import type { TestHouse } from "../../test/house.ts";
import type { Staff, StaffRole } from "../kernel/actor.ts";
import { openSecrets } from "../notices/secrets.ts";
import { typeset } from "../typeset/typeset.ts";
import { addGroup, createDraft } from "./draft.ts";
import { sendLetter } from "./send.ts";
import { type Addressee, addresseesOf } from "./store-addressees.ts";

/** Made-up units, staff and letters. */
export const OFFICE = "52T01";

export function aPdf(says = "Công văn mẫu"): Buffer {
  const template = `#set document(title: "Công văn mẫu")
#set text(font: "Tinos", lang: "vi")
#sys.inputs.at("says")`;
  return typeset(template, { says });
}

/** A letter of one page that tells of whoever wrote it wherever a PDF may: head, XMP, a program's own notes, a picture. */
export function aTellingPdf(jpeg: Buffer, { width, height }: { width: number; height: number }): Buffer {
  const content = `q 300 0 0 200 50 300 cm /Photo Do Q BT /F1 24 Tf 50 700 Td (Cong van 330) Tj ET`;
  const xmp = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>TELLS-XMP</dc:creator></x:xmpmeta>`;
  const stream = (head: string, bytes: Buffer | string) =>
    Buffer.concat([
      Buffer.from(`<<${head}/Length ${bytes.length}>>\nstream\n`),
      Buffer.from(bytes),
      Buffer.from("\nendstream"),
    ]);
  const photo = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8`;
  const parts = [
    "<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R/PieceInfo<</Writer<</Private(TELLS-PIECE)>>>>>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Photo 6 0 R>>>>>>",
    stream("", content),
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    stream(`${photo}/Filter/DCTDecode`, jpeg),
    stream("/Type/Metadata/Subtype/XML", xmp),
    "<</Author(TELLS-AUTHOR)/Producer(TELLS-PRODUCER)/CreationDate(D:20261101070809+07'00')>>",
    "<</Note(TELLS-EARLIER)>>",
  ];
  const chunks = [Buffer.from("%PDF-1.7\n")];
  const starts: number[] = [];
  for (const [at, part] of parts.entries()) {
    starts.push(chunks.reduce((sum, { length }) => sum + length, 0));
    chunks.push(Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(part), Buffer.from("\nendobj\n")]));
  }
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const size = parts.length + 1;
  const from = chunks.reduce((sum, { length }) => sum + length, 0);
  const tail = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R/Info 8 0 R>>\nstartxref\n${from}\n%%EOF\n`;
  return Buffer.concat([...chunks, Buffer.from(tail)]);
}

export async function someUnits(house: TestHouse): Promise<void> {
  const units = [
    ["XA01", "commune", "UBND xã Mẫu Bình"],
    ["XA02", "commune", "UBND xã Mẫu An"],
    ["DN01", "enterprise", "Công ty Mẫu May"],
  ] as const;
  for (const [unit_code, kind, name] of units) {
    await house.db
      .insertInto("drive_unit")
      .values({
        ...{ unit_code, kind, name, folded_name: name.toLowerCase(), office_code: OFFICE, province_code: "52" },
        ...{ commune_code: kind === "commune" ? "21952" : null, valid_from: "2021-01-01" },
      })
      .execute();
  }
}

export async function aStaff(
  house: TestHouse,
  role: StaffRole,
  at: { officeCode?: string; unitCode?: string },
): Promise<Staff> {
  const { staff_id: staffId } = await house.db
    .insertInto("staff")
    .values({
      username: `${role}.${at.officeCode ?? at.unitCode}`.toLowerCase(),
      full_name: "Lê Văn Mẫu",
      password_hash: "x",
      password_set_on: "2026-11-01",
    })
    .returning("staff_id")
    .executeTakeFirstOrThrow();
  return { kind: "staff", staffId, name: "Lê Văn Mẫu", sessionId: "", roles: [{ role, ...at }] };
}

export const aHead = {
  number: "01/DEMO-VX",
  dated_day: "20",
  dated_month: "11",
  dated_year: "2026",
  subject: "V/v cài đặt ứng dụng VssID",
  issuer: "UBND huyện Mẫu",
  signed_by: "Phạm Văn Ký",
  reply_email: "vanthu@example.vn",
};

export const GUEST_LINE = "Trạm y tế Mẫu; tram@example.vn; 0999900720";

/** Two communes and one addressee outside the units, in two groups. */
export async function aSentLetter(house: TestHouse, staff: Staff, head: object = {}): Promise<string> {
  const id = await createDraft(house, staff, { ...aHead, ...head }, aPdf());
  await addGroup(house, staff, id, { group: "UBND các xã", lines: "XA01; xa01@example.vn; 0999900721" }, ["commune"]);
  await addGroup(house, staff, id, { group: "Cơ quan khác", lines: GUEST_LINE }, []);
  await sendLetter(house, staff, id);
  return id;
}

export async function addressee(house: TestHouse, letterId: string, name: RegExp): Promise<Addressee> {
  const found = (await addresseesOf(house.db, letterId)).find((one) => name.test(one.name));
  if (!found) throw new Error("no such addressee");
  return found;
}

/** The secret of the newest message of a template that went to somebody, as they read it. */
export async function secretTo(house: TestHouse, recipient: string, template: string, name: string): Promise<string> {
  const row = await house.db
    .selectFrom("notice")
    .select(["dedupe_key", "sealed_fields"])
    .where("recipient", "=", recipient)
    .where("template", "=", template)
    .orderBy("notice_id", "desc")
    .executeTakeFirstOrThrow();
  const secrets = row.sealed_fields ? openSecrets(house.vault, row.dedupe_key, row.sealed_fields) : {};
  return secrets[name] ?? "";
}
