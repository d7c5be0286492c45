import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures.ts";
import { openPages } from "./open-pages.ts";

const firstFlightBytes = 14 * 1024;
const optionalScriptBytes = 5000;

for (const path of openPages) {
  test(`${path} comes in one first flight of a connection, with no font and hardly any script`, async ({ page }) => {
    const before: { type: string; bytes: Promise<Buffer> }[] = [];
    page.on("response", (answer) => {
      before.push({ type: answer.request().resourceType(), bytes: answer.body().catch(() => Buffer.alloc(0)) });
    });
    await page.goto(path, { waitUntil: "networkidle" });
    const bytesOf = async (...types: string[]): Promise<Buffer[]> =>
      Promise.all(before.filter(({ type }) => types.includes(type)).map(({ bytes }) => bytes));
    const painted = await bytesOf("document", "stylesheet");
    expect(painted.length, "requests before the first paint").toBeLessThanOrEqual(2);
    const sent = painted.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
    expect(sent, "bytes of text and styles, compressed").toBeLessThanOrEqual(firstFlightBytes);
    const script = (await bytesOf("script")).reduce((sum, bytes) => sum + bytes.length, 0);
    expect(script, "bytes of script").toBeLessThanOrEqual(optionalScriptBytes);
    expect(await bytesOf("font")).toEqual([]);
  });
}
