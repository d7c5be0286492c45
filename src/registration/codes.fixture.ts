import type { TestHouse } from "../../test/house.ts";
import { openSecrets } from "../notices/secrets.ts";

/** What is on its way to a telephone or address, newest first: the template and its secrets. */
export async function sentTo(
  house: TestHouse,
  recipient: string,
): Promise<{ template: string; secrets: Record<string, string> }[]> {
  const rows = await house.db
    .selectFrom("notice")
    .select(["template", "dedupe_key", "sealed_fields"])
    .where("recipient", "=", recipient)
    .orderBy("notice_id", "desc")
    .execute();
  return rows.map(({ template, dedupe_key, sealed_fields }) => ({
    template,
    secrets: sealed_fields ? openSecrets(house.vault, dedupe_key, sealed_fields) : {},
  }));
}

/** The newest one-time code that somebody would read there. */
export async function codeAt(house: TestHouse, recipient: string): Promise<string> {
  const found = (await sentTo(house, recipient)).find(({ template }) => template === "one_time_code");
  if (!found?.secrets.code) throw new Error("no code was sent there");
  return found.secrets.code;
}

export const otherThan = (code: string): string => String((Number(code) + 1) % 1e6).padStart(6, "0");
