import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { projectRoot } from "../../src/db/root.ts";

/** Pictures of each station, beside those of bin/shots; git ignores the folder. */
export const shots = join(projectRoot, "shots/drive");

let taken = 0;
const next = (name: string) => {
  taken += 1;
  return join(shots, `${String(taken).padStart(2, "0")}-${name}`);
};

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${next(name)}.png`, fullPage: true });
}

/** Every page of a PDF as it comes out of a printer. */
export function shootPdf(bytes: Buffer, name: string): void {
  const at = next(name);
  writeFileSync(`${at}.pdf`, bytes);
  execFileSync("pdftoppm", ["-r", "70", "-png", `${at}.pdf`, at]);
}
