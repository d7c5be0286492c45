import { z } from "zod";
import { getStaffNamed } from "../account/staff-by-name.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { type TemplateName, templateNames } from "../notices/rules-templates.ts";
import { wordParts } from "../notices/rules-words.ts";
import { tidyWords } from "./check.ts";
import { getWords, readText } from "./read.ts";
import { takeStepIn } from "./take-step.ts";
import { writeIn } from "./write.ts";

const textSchema = z.object({
  template: z.enum(templateNames as [TemplateName, ...TemplateName[]]),
  lang: z.enum(["vi", "en"]),
  sms: z.string(),
  subject: z.string(),
  body: z.string(),
  /** Files from before devices had words of their own leave it out. */
  push: z.string().optional(),
});
export type ImportedText = z.infer<typeof textSchema>;

/** A file of `vssid template export`. Throws Error with what is wrong and where. */
export function parseTextFile(text: string): ImportedText[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error("the file is not JSON");
  }
  const parsed = z.array(textSchema).safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`the file is not as vssid template export writes it: ${issue?.path.join(".")}: ${issue?.message}`);
}

/** Words that differ from those in use are written and proposed in the author's name: all of them, or none. */
export async function importTexts(
  house: House,
  by: { author: string; note: string },
  wanted: readonly ImportedText[],
): Promise<{ template: TemplateName; lang: Lang; version: number }[]> {
  const at = house.clock.now();
  const staff = await getStaffNamed(house, by.author, ["supervisor"]);
  return inTransaction(house.db, async (tx) => {
    const proposed: { template: TemplateName; lang: Lang; version: number }[] = [];
    const faults: Fault[] = [];
    for (const { template, lang, ...typed } of wanted) {
      const text = await readText(tx, template, lang, at);
      const present = getWords(text, text.present);
      const words = tidyWords({ ...typed, push: typed.push ?? present.push });
      if (wordParts.every((part) => words[part] === present[part])) continue;
      try {
        const version = await writeIn(tx, at, staff, { template, lang, basedOn: text.present, words, note: by.note });
        await takeStepIn(tx, at, staff, { template, lang, version }, { act: "propose" });
        proposed.push({ template, lang, version });
      } catch (failure) {
        if (!(failure instanceof Invalid)) throw failure;
        faults.push(...failure.faults.map((fault) => ({ ...fault, field: `${template} ${lang} ${fault.field}` })));
      }
    }
    if (faults.length > 0) throw new Invalid(faults);
    return proposed;
  });
}
