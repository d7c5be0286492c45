import { execFileSync } from "node:child_process";

/** A PDF as poppler reads it: where each word stands on each page, and the fonts that draw them. Lengths in points. */
export interface PdfWord {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface PdfPage {
  width: number;
  height: number;
  words: PdfWord[];
}

export const MM = 72 / 25.4;

const read = (pdf: Buffer, command: string, ...args: string[]): string =>
  execFileSync(command, args, { input: pdf, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });

const plain = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&apos;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

export function pdfPages(pdf: Buffer): PdfPage[] {
  const [, ...pages] = read(pdf, "pdftotext", "-bbox", "-", "-").split("<page ");
  return pages.map((page) => {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? [];
    const words = page.matchAll(
      /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g,
    );
    return {
      width: Number(width),
      height: Number(height),
      words: [...words].map(([, left, top, right, bottom, text = ""]) => ({
        text: plain(text),
        ...{ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) },
      })),
    };
  });
}

/** Words that stand nearer to an edge than `margin` points, or beyond it. */
export function wordsOutside({ width, height, words }: PdfPage, margin: number): string[] {
  return words
    .filter(
      ({ left, top, right, bottom }) =>
        left < margin || top < margin || right > width - margin || bottom > height - margin,
    )
    .map(({ text }) => text);
}

/** Words that lie on each other, two by two. */
export function wordsOnWords({ words }: PdfPage): string[] {
  return words.flatMap((one, at) =>
    words
      .slice(at + 1)
      .filter(({ left, right }) => left < one.right && right > one.left)
      .filter(({ top, bottom }) => Math.min(bottom, one.bottom) - Math.max(top, one.top) > (one.bottom - one.top) / 2)
      .map(({ text }) => `${one.text} | ${text}`),
  );
}

/** Fonts by name, those alone that the file brings itself; others would be drawn by whatever a printer has. */
export function fontsIn(pdf: Buffer): { own: string[]; foreign: string[] } {
  const [, , ...lines] = read(pdf, "pdffonts", "-").trimEnd().split("\n");
  const fonts = lines.map((line) => ({
    name: line.split(/\s+/)[0] ?? "",
    isOwn: /\s+yes\s+\S+\s+\S+\s+\d+/.test(line),
  }));
  const named = (isOwn: boolean) => fonts.filter((font) => font.isOwn === isOwn).map(({ name }) => name);
  return { own: named(true), foreign: named(false) };
}
