import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startClusters } from "../journeys/clusters-setup.ts";
import { folder, names, pictureOf, schemes, widths } from "./pictures.ts";

export default async (): Promise<() => Promise<void>> => {
  mkdirSync(folder, { recursive: true });
  const stop = await startClusters(["pg18"]);
  return async () => {
    await stop();
    writeFileSync(join(folder, "index.html"), sheet());
  };
};

/** A row a page, whatever pictures of it there are, of this time or of one before. */
function sheet(): string {
  const there = new Set(readdirSync(folder));
  const rows = names.flatMap((name) => {
    const pictures = widths
      .flatMap((width) => schemes.map((scheme) => pictureOf({ name, width, scheme })))
      .filter((file) => there.has(file))
      .map((file) => `<a href="${file}"><img src="${file}" alt="" loading="lazy"></a>`);
    return pictures.length === 0 ? [] : [`<h2>${name}</h2><p>${pictures.join("")}</p>`];
  });
  const style =
    "body{font-family:sans-serif}p{display:flex;gap:12px;align-items:start}img{max-height:420px;border:1px solid #999}";
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>VssID</title><style>${style}</style>${rows.join("\n")}</html>\n`;
}
