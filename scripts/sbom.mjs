// The bill of materials (CycloneDX 1.5, JSON) of what runs in production, from the lock file alone: no registry is
// asked, and the same lock file gives the same bytes. To standard output, or to the file named.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);

/** Of the lock file's text; `version` is the product's. */
export function billOf(lockText) {
  const lock = JSON.parse(lockText);
  const main = lock.packages[""];
  const parts = Object.entries(lock.packages)
    .filter(([path, one]) => path !== "" && !one.dev && !one.link)
    .map(([path, one]) => componentOf(nameOf(path), one));
  const byPurl = new Map(parts.map((part) => [part.purl, part]));
  const direct = Object.keys({ ...main.dependencies, ...main.optionalDependencies }).map((name) =>
    purlOf(name, lock.packages[`node_modules/${name}`].version),
  );
  const ref = `vssid@${main.version}`;
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    serialNumber: `urn:uuid:${uuidOf(lockText)}`,
    version: 1,
    metadata: { component: { "bom-ref": ref, type: "application", name: "vssid", version: main.version } },
    components: [...byPurl.keys()].sort().map((purl) => byPurl.get(purl)),
    dependencies: [{ ref, dependsOn: direct.sort() }],
  };
}

export const nameOf = (path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

const purlOf = (name, version) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

function componentOf(name, { version, integrity, license, optional }) {
  const purl = purlOf(name, version);
  const [algorithm, digest] = integrity.split("-");
  return {
    "bom-ref": purl,
    type: "library",
    name,
    version,
    scope: optional ? "optional" : "required",
    hashes: [{ alg: algorithm.replace("sha", "SHA-"), content: Buffer.from(digest, "base64").toString("hex") }],
    licenses: [/ (AND|OR) /.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  };
}

/** The same lock file, the same number. */
function uuidOf(text) {
  const hex = createHash("sha256").update(text).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-5$3-8$4-$5");
}

if (process.argv[1] === import.meta.filename) {
  const text = `${JSON.stringify(billOf(readFileSync(join(root, "package-lock.json"), "utf8")), null, 2)}\n`;
  if (process.argv[2]) writeFileSync(process.argv[2], text);
  else process.stdout.write(text);
}
