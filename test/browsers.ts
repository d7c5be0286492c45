import { existsSync } from "node:fs";

const firstOf = (...paths: (string | undefined)[]): string | undefined =>
  paths.find((path) => path !== undefined && existsSync(path));

/** Chromium with all around it: cameras, notices, keys, the filler of forms. Throws where none is installed. */
export function wholeBrowser(): string {
  const browser = firstOf(process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome");
  if (!browser) throw new Error("No browser: apt-get install chromium (bin/test does it), or set CHROMIUM_PATH.");
  return browser;
}

/** The same engine without the windows around it, which reads pages for a third less work; or the whole one. */
export function browserShell(): string {
  return firstOf(process.env.CHROMIUM_SHELL_PATH, "/usr/lib/chromium/chromium-headless-shell") ?? wholeBrowser();
}
