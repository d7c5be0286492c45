import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Older readers do not know every entry of a tagged PDF, and say so. */
const quietly: ExecFileSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };

/** Text and number of pages of a PDF, as Debian's own reader finds them; without the demo's mark, which lies aslant. */
export function readPdf(bytes: Buffer): { text: string; pages: number } {
  const folder = mkdtempSync(join(tmpdir(), "vssid-pdf-"));
  try {
    const file = join(folder, "form.pdf");
    writeFileSync(file, bytes);
    const text = execFileSync("pdftotext", ["-layout", "-nodiag", file, "-"], quietly);
    const pages = /^Pages:\s+(\d+)/m.exec(execFileSync("pdfinfo", [file], quietly))?.[1];
    return { text: text.normalize("NFC"), pages: Number(pages) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
