import { describe, expect, it } from "vitest";
import { NotFound } from "../kernel/failures.ts";
import type { Ask, PageRoute } from "../web/route.ts";
import { manifest } from "./manifest.ts";
import { routes } from "./routes.ts";
import { type Shell, shellOf, withShell } from "./shell.ts";

async function fileAt(path: string, settings = {}) {
  const ask = { house: { settings } } as Ask;
  const reply = await (routes.find((route) => route.path === path) as PageRoute).handle(ask);
  if (reply.kind !== "bytes") throw new Error("not bytes");
  return reply;
}

describe("the files beside the pages", () => {
  it("serve an icon of each size that the manifest promises", async () => {
    for (const size of [192, 512]) {
      const { bytes, type } = await fileAt(`/icon-${size}.png`);
      const image = Buffer.from(bytes as Uint8Array);
      expect(type).toBe("image/png");
      expect(image.subarray(1, 4).toString()).toBe("PNG");
      expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([size, size]);
      expect(image.length).toBeLessThan(6_000);
    }
  });

  it("name only icons that are served", () => {
    const paths = routes.map((route) => route.path);
    for (const icon of manifest.icons) expect(paths).toContain(icon.src);
  });

  it("open the installed app on the card", async () => {
    const { bytes } = await fileAt("/manifest.webmanifest");
    expect(JSON.parse(String(bytes))).toMatchObject({ start_url: "/app?from=icon", display: "standalone", lang: "vi" });
  });

  it("keep the password script under 1 KB", async () => {
    expect(String((await fileAt("/show-password.js")).bytes).length).toBeLessThan(1_024);
  });

  it("keep the script that holds what is typed under 1,900 bytes", async () => {
    expect(String((await fileAt("/hold.js")).bytes).length).toBeLessThan(1_900);
  });

  it("keep the keys of the counter under 5,000 bytes", async () => {
    expect(String((await fileAt("/counter-keys.js")).bytes).length).toBeLessThan(5_000);
  });

  it("keep notices on devices under 5,000 bytes, and the service worker under 6,500", async () => {
    const [page, worker] = [await fileAt("/push.js"), await fileAt("/sw.js")];
    expect(String(page.bytes).length).toBeLessThan(5_000);
    expect(String(worker.bytes).length).toBeLessThan(6_500);
    expect(worker.cache).toBe("private, no-cache");
  });

  it("make another service worker of another list of files", () => {
    const shell = { version: "a1", files: ["/app/offline"] };
    expect(withShell("work();", shell)).toBe('self.SHELL = {"version":"a1","files":["/app/offline"]};\nwork();');
    const { files } = shellOf({ stamp: "a1", partsOf: () => ["/assets/x.js", "/assets/x.js"], verifies: true });
    expect(files.filter((file) => file === "/assets/x.js")).toHaveLength(1);
  });

  it("have the worker keep the page that verifies only where cards are signed: one page away, and it keeps none", async () => {
    const listed = async (settings: object) => {
      const [list = ""] = String((await fileAt("/sw.js", settings)).bytes).split("\n");
      return JSON.parse(list.slice("self.SHELL = ".length, -1)) as Shell;
    };
    const [plain, verifying] = [await listed({}), await listed({ cardKeys: [{}] })];
    expect(plain.files.filter((file) => file.startsWith("/verify"))).toEqual([]);
    expect(plain.files).toContain("/app/offline");
    expect(verifying.files).toEqual(expect.arrayContaining(["/app/offline", "/verify?lang=vi", "/verify?lang=en"]));
    expect(verifying.version).not.toBe(plain.version);
    const parts = { stamp: "a1", partsOf: (island: string) => [`/assets/${island}.js`] };
    expect(shellOf({ ...parts, verifies: false }).files).not.toContain("/assets/verify.js");
    expect(shellOf({ ...parts, verifies: true }).files).toContain("/assets/verify.js");
  });

  it("keep robots out of everything but the open pages", async () => {
    expect(String((await fileAt("/robots.txt")).bytes)).toMatch(/Disallow: \/\n$/);
  });

  it("let no shared cache keep an answer that may carry a cookie", async () => {
    const files = routes.filter(({ path }) => !path.includes(":"));
    for (const { path } of files) expect((await fileAt(path)).cache).toMatch(/^private,/);
  });

  it("have no built script where nothing was built under that name, and none outside their folder", async () => {
    const assets = routes.find(({ path }) => path === "/assets/:file") as PageRoute;
    const house = { settings: { dataDir: "/nowhere" } };
    for (const file of ["none-12345678.js", "../islands.json", "..", ".env", "a/../../main.js", "stamp"]) {
      await expect(assets.handle({ house, params: { file } } as unknown as Ask)).rejects.toThrow(NotFound);
    }
  });
});
