/** Every file that the house keeps, opened as it opens them itself, and whether it is what it may be. */
import sharp from "sharp";
import type { OpenHouse } from "../src/house.ts";
import { faultOfPdf } from "../src/letters/rules-pdf.ts";
import type { HeldSeal } from "../src/vault/vault.ts";
import { MARK } from "./uploads-corpus.ts";

export interface Kept {
  opened: Record<string, number>;
  unsafe: string[];
}

const pictures = {
  "id-paper": ["id_paper_copy", "copy_id"],
  "guardian-paper": ["guardian_paper_copy", "copy_id"],
  "declaration-photo": ["declaration_photo", "photo_id"],
} as const;
/** Of the access table, from before anything was sent. */
const OWN_LETTER_BYTES = 8;

export async function openKept({ pool, vault }: OpenHouse): Promise<Kept> {
  const kept: Kept = { opened: {}, unsafe: [] };
  for (const [seal, [table, id]] of Object.entries(pictures)) {
    const { rows } = await pool.query<HeldSeal & { id: string }>(
      `select t.${id}::text as id, t.sealed, t.data_key_id as "dataKeyId", k.version as "keyVersion", k.wrapped
         from ${table} t left join data_key k on k.key_id = t.data_key_id`,
    );
    kept.opened[table] = rows.length;
    for (const row of rows) {
      const jpeg = await vault.openOwn(seal as keyof typeof pictures, row, row.id);
      const { format, exif, icc, xmp } = await sharp(jpeg).metadata();
      if (format !== "jpeg" || exif || icc || xmp || jpeg.includes(MARK)) kept.unsafe.push(`${table} ${row.id}`);
    }
  }
  const { rows } = await pool.query<{ id: string; sealed: Buffer }>(
    "select letter_id::text as id, sealed_pdf as sealed from letter_paper where size_bytes <> $1",
    [OWN_LETTER_BYTES],
  );
  kept.opened.letter_paper = rows.length;
  for (const { id, sealed } of rows) {
    const pdf = vault.open("letter", sealed, id);
    if (faultOfPdf(pdf) || pdf.includes(MARK)) kept.unsafe.push(`letter_paper ${id}`);
  }
  return kept;
}
