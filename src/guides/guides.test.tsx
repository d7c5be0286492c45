import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { renderToString } from "preact-render-to-string";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { guidePictures } from "../../test/pictures/guide-pictures.ts";
import { registry } from "../app.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { madeUpAsk } from "../ui/made-up-ask.ts";
import type { Ask, PageRoute } from "../web/route.ts";
import { routes } from "./citizen.tsx";
import { GUIDES, PICTURE, pictureName, ROLES } from "./rules.ts";
import { GROUPS, guideIn, toldIn, words } from "./words.ts";

const folder = join(import.meta.dirname, "pictures");
const steps = ROLES.flatMap((role) => GUIDES[role].map((step) => ({ role, ...step })));
const langs: Lang[] = ["vi", "en"];
const pictures = [...new Set(steps.flatMap(({ role, key }) => langs.map((lang) => pictureName(role, key, lang))))];

async function html(path: string, change: Partial<Ask> = {}): Promise<string> {
  const route = routes.find((one) => one.path === path) as PageRoute;
  const reply = await route.handle({ ...madeUpAsk(), query: {}, params: {}, ...change } as Ask);
  return reply.kind === "page" ? renderToString(reply.view) : "";
}

describe("every step of a guide", () => {
  it("tells of a page that the registry still has", () => {
    const pages = new Set(
      registry.filter(({ kind, method }) => kind === "page" && method === "GET").map(({ path }) => path),
    );
    expect(steps.filter(({ route }) => !pages.has(route))).toEqual([]);
  });

  it("has a picture of its own, and no picture lies there for nothing", () => {
    const keys = steps.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(readdirSync(folder).sort()).toEqual(pictures.map((name) => `${name}.webp`).sort());
    expect(Object.keys(guidePictures).sort()).toEqual(keys.toSorted());
  });

  it("has a picture of the size that the page reserves, of at most 25 KB", async () => {
    for (const key of pictures) {
      const bytes = readFileSync(join(folder, `${key}.webp`));
      const { width, height, format } = await sharp(bytes).metadata();
      expect(format, key).toBe("webp");
      expect(width / height, key).toBeCloseTo(PICTURE.width / PICTURE.height, 2);
      expect(bytes.length, key).toBeLessThanOrEqual(PICTURE.largestBytes);
    }
  });

  it("is told in the order in which it is done", () => {
    for (const role of ROLES) {
      expect(guideIn("vi", role).steps.map(({ key }) => key)).toEqual(GUIDES[role].map(({ key }) => key));
    }
  });

  it("is told in sentences of at most twenty words, in both languages", () => {
    const texts = langs.flatMap((lang) => [words(lang), toldIn(lang)]).flatMap(textsOf);
    const long = texts
      .flatMap((text) => text.split(/(?<=[.?!;:])\s/u))
      .filter((text) => text.split(/\s+/u).length > 20);
    expect(long).toEqual([]);
  });
});

describe("a guide", () => {
  it.each(ROLES.flatMap((role) => langs.map((lang) => [role, lang] as const)))(
    "%s (%s) is one A4 of steps within 14 KB",
    async (role, lang) => {
      const shown = await html("/guides/:role", { params: { role }, lang });
      expect(gzipSync(shown).length).toBeLessThan(14_000);
      expect(GUIDES[role].length).toBeLessThanOrEqual(6);
      expect(shown.match(/<img[^>]*>/g)).toHaveLength(GUIDES[role].length);
      // The first is seen at once; the others come when they are scrolled to.
      expect(shown.match(/loading="lazy"/g)).toHaveLength(GUIDES[role].length - 1);
      for (const image of shown.match(/<img[^>]*>/g) ?? [])
        expect(image).toMatch(/alt="[^"]+" width="360" height="520"/);
    },
  );

  it("stands in the list, in one group and no other", async () => {
    expect(Object.values(GROUPS).flat().sort()).toEqual(ROLES.toSorted());
    const list = await html("/guides");
    for (const role of ROLES) expect(list).toContain(`href="/guides/${role}"`);
  });

  it("is not there for a role that nobody has", async () => {
    for (const role of ["", "khong-co", "toString"]) {
      await expect(html("/guides/:role", { params: { role } })).rejects.toThrow(NotFound);
    }
  });
});

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
