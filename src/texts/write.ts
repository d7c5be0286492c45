import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import type { TemplateName } from "../notices/rules-templates.ts";
import { type Words, wordParts } from "../notices/rules-words.ts";
import { checkWords, tidyWords } from "./check.ts";
import { getWords, readText } from "./read.ts";
import { insertVersion, lockTemplate } from "./store.ts";

export interface Writing {
  template: TemplateName;
  lang: Lang;
  /** The version that stood in the boxes when the writing began. */
  basedOn: number;
  words: Words;
  /** For whoever approves: what was changed and why. */
  note: string;
}

export const NOTE_SIGNS = 300;

/** Staff write new words: a version of its own, which nothing sends before a second person has approved it. */
export async function writeText(house: House, staff: Staff, asked: Writing): Promise<number> {
  return inTransaction(house.db, (tx) => writeIn(tx, house.clock.now(), staff, asked));
}

export async function writeIn(
  tx: Tx,
  at: Date,
  staff: Staff,
  { template, lang, basedOn, words: typed, note }: Writing,
): Promise<number> {
  const words = tidyWords(typed);
  const said = note.normalize("NFC").replace(/\s+/gu, " ").trim();
  await lockTemplate(tx, template, lang);
  const before = getWords(await readText(tx, template, lang, at), basedOn);
  const faults: Fault[] = checkWords(template, lang, words);
  if (said.length > NOTE_SIGNS) faults.push({ field: "note", key: "note_long" });
  if (faults.length > 0) throw new Invalid(faults);
  if (wordParts.every((part) => words[part] === before[part])) {
    throw new Invalid([{ field: "sms", key: "unchanged" }]);
  }
  const { version } = await insertVersion(tx, {
    template,
    lang,
    based_on: basedOn,
    ...words,
    note: said,
    author_id: staff.staffId,
    written_at: at,
  });
  await noteText(tx, { at, staff, act: "write", template, lang, version, detail: { based_on: basedOn } });
  return version;
}

interface TextDeed {
  at: Date;
  staff: Staff;
  act: string;
  template: string;
  lang: Lang;
  version: number;
  detail?: Record<string, string | number>;
}

/** Every step of the life of a text stands in the chain of the audit. */
export async function noteText(tx: Tx, deed: TextDeed): Promise<void> {
  const { at, staff, act, template, lang, version, detail = {} } = deed;
  await record(tx, {
    at,
    actor: staff,
    action: `texts.${act}`,
    purpose: "operation",
    object: { kind: "message_text", id: `${template}/${lang}/${version}` },
    detail,
  });
}
