import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { passwordFault } from "../../src/account/strength.ts";
import { projectRoot } from "../../src/db/root.ts";
import { fileQuotas } from "../../src/file-quota/rules.ts";
import { parseEmail } from "../../src/kernel/numbers.ts";
import { PDF_MOST_BYTES } from "../../src/letters/rules-pdf.ts";
import { IMAGE_LIMITS } from "../../src/pictures/rules-image.ts";
import { UPLOAD_BYTES_MAX } from "../../src/roster/rules.ts";
import { OWN_PLACES, SHARED_PLACES } from "../../src/vault/places.ts";
import { rates } from "../../src/web/rates.ts";

/** docs/security says what the sources do: what can be counted there is counted here. */
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const sources = globSync("src/**/*.{ts,tsx,js,mjs}", { cwd: projectRoot })
  .filter((path) => !/\.(test|fixture)\.|\.d\.ts$/.test(path))
  .map((path) => ({ path, text: read(path) }));
const where = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort();

describe("the inventory of cryptography", () => {
  const inventory = read("docs/security/cryptography.md");

  it("names every place that seals, signs, derives, agrees or hashes passwords", () => {
    const places = where(
      /\b(create(Cipher|Decipher)iv|createHmac|hkdfSync|generateKeyPairSync|createSign|createVerify|subtle\.|SignedXml|X509Certificate|node-rs\/argon2)\b/,
    );
    expect(places.length).toBeGreaterThan(8);
    expect(places.filter((path) => !inventory.includes(path))).toEqual([]);
  });

  it("has no weak hash, mode or generator: SHA-256 alone, AES-256-GCM alone, Math.random for waiting alone", () => {
    const hashes = sources.flatMap(({ text }) => [...text.matchAll(/(?:createHash|createHmac|\bhash)\("([^"]+)"/g)]);
    expect(new Set(hashes.map(([, name]) => name))).toEqual(new Set(["sha256"]));
    const ciphers = sources.flatMap(({ text }) => [...text.matchAll(/Cipheriv\("([^"]+)"|Decipheriv\("([^"]+)"/g)]);
    expect(new Set(ciphers.map(([, one, other]) => one ?? other))).toEqual(new Set(["aes-256-gcm"]));
    expect(where(/Math\.random\(\)/)).toEqual([
      "src/backup/store-mark.ts",
      "src/db/migrate.ts",
      "src/db/transaction.ts",
      "src/notices/lane.ts",
      "src/notices/smpp.ts",
      "src/web/shed.tsx",
    ]);
  });

  it("names every key and secret of the settings", () => {
    const settings = read("docs/settings.md");
    const keys = [...settings.matchAll(/`(VSSID_\w*(?:KEY_FILE|KEY_RING|KMS_URL|SECRET|TOKEN_FILE))`/g)].map(
      ([, name = ""]) => name,
    );
    expect(keys.length).toBeGreaterThan(7);
    const unnamed = keys.filter((name) => !inventory.includes(name) && !name.startsWith("VSSID_EID_"));
    expect(unnamed).toEqual([]);
  });

  it("covers every sealed class by a class of data", () => {
    const places = [...Object.keys(SHARED_PLACES), ...Object.keys(OWN_PLACES)];
    const classes = read("docs/security/data.md");
    expect(places.filter((one) => !classes.includes(`\`${one}\``))).toEqual([]);
  });
});

describe("what may come in", () => {
  const input = read("docs/security/input.md");

  it("has the sizes of files that the sources have, and names every place that takes a file", () => {
    const megabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`;
    for (const bytes of [IMAGE_LIMITS.bytes, PDF_MOST_BYTES, UPLOAD_BYTES_MAX])
      expect(input).toContain(megabytes(bytes));
    expect(input).toContain(`${IMAGE_LIMITS.pixels / 1_000_000} million points`);
    const takers = where(/\bfilesUpTo: [A-Z]|\bstreams: \[/);
    expect(takers).toEqual([
      "src/facility/api.ts",
      "src/guardian/officer-file.tsx",
      "src/guardian/officer.tsx",
      "src/letters/officer.tsx",
      "src/registration/photos/citizen.tsx",
      "src/review/officer-acts.tsx",
      "src/roster/coordinator-upload.tsx",
      "src/statement/citizen.tsx",
    ]);
  });

  it("names every figure by which files have an end", () => {
    expect(fileQuotas.map(({ name }) => name).filter((name) => !input.includes(`\`${name}\``))).toEqual([]);
  });

  it("takes no address of e-mail with a line break, a second address or a command in it", () => {
    for (const typed of ["a@b.vn\r\nBcc: c@d.vn", "a@b.vn, c@d.vn", "a@b.vn>\r\nDATA", '"a"@b.vn', "a b@c.vn", "a@b"]) {
      expect(parseEmail(typed), typed).toBeUndefined();
    }
    expect(parseEmail(" Hoa.Dang@Example.VN ")).toBeDefined();
  });

  it("reads nothing with a program that was typed, and builds no expression from what was typed", () => {
    expect(where(/\beval\(|new Function\(|node:vm"|setTimeout\("|\bexecSync\(|\bexec\("|shell: true/)).toEqual([]);
    expect(where(/new RegExp\(/)).toEqual(["src/db/wall.ts", "src/intake/envelope.ts", "src/sensitive/rules.ts"]);
  });

  it("puts HTML in as it is where we rendered it ourselves alone, and scripts write text alone", () => {
    expect(where(/dangerouslySetInnerHTML/)).toEqual([
      "src/kept-card/offline-view.tsx",
      "src/registration/receipt-page.tsx",
      "src/ui/layout.tsx",
    ]);
    expect(where(/\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
  });

  it("starts programs from these places alone, none through a shell", () => {
    expect(where(/\bspawn\(|\bexecFile\(|\bfork\(/)).toEqual([
      "src/db/embedded.ts",
      "src/pictures/apart.ts",
      "src/vault/ring-command.ts",
    ]);
  });
});

describe("ways in and limits", () => {
  const access = read("docs/security/access.md");

  it("tells the figures of the sources", () => {
    const figures = Object.values(rates).map(({ max }) => max.toLocaleString("en-US"));
    expect(access).toContain(figures.join(", "));
  });

  it("lets no password lean on the words of this house: organisation, product, papers, roles", () => {
    for (const word of ["vssid", "bhxh", "bhyt", "vneid", "baohiemxahoi", "cancuoccongdan", "canbo", "quantri"]) {
      expect(passwordFault(word.repeat(Math.ceil(15 / word.length))), word).toBe("password_common");
      expect(passwordFault(`${word}123456789012345`), word).toBe("password_common");
    }
  });
});

describe("operation", () => {
  const operation = read("docs/security/operation.md");

  it("says of every part of others that runs with us and reads what strangers send what stands around it", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const harmless =
      /^(@expo-google-fonts\/|@zxcvbn-ts\/|commander|fastify-type-provider-zod|kysely|pg-copy-streams|pino|preact|prom-client|temporal-polyfill|uqr|zod|@fastify\/)/;
    const told = Object.keys(dependencies).filter((name) => !harmless.test(name));
    expect(told.length).toBeGreaterThan(15);
    expect(told.filter((name) => !operation.includes(`\`${name}\``))).toEqual([]);
  });

  it("calls out from these places alone, and follows no redirect of another side", () => {
    const callers = where(/\bfetch\(/).filter((path) => !/-island\.ts$|\.js$|kept-card\/|card-pass\//.test(path));
    expect(callers).toEqual(["src/notices/gateway.ts", "src/notices/push.ts"]);
    for (const path of callers) expect(read(path), path).toMatch(/redirect: "(error|manual)"/);
    // Follows none: src/data-keys/ring-line.test.ts.
    expect(where(/import \{[^}]*\b(request|get)\b[^}]*\} from "node:https?"/)).toEqual(["src/vault/ring-http.ts"]);
  });

  it("stores in browsers nothing but cookies, the kept card that is sealed, and files of ours", () => {
    expect(where(/\b(localStorage|sessionStorage)\b/)).toEqual([]);
    expect(where(/\bindexedDB\b/)).toEqual(["src/kept-card/locker.ts", "src/pwa/sw.js"]);
    expect(where(/addEventListener\("message"|onmessage\b/).filter((path) => path.endsWith(".js"))).toEqual([]);
  });

  it("loads nothing from elsewhere: no script, style, font or picture of another site", () => {
    const loads = /<(script|link|img|iframe|source)[^>]*(src|href)=["'{`]?https?:|@import|url\(["']?https?:/;
    expect(where(loads)).toEqual([]);
  });

  it("offers TLS 1.2 and 1.3 alone, leads people to https and refuses programs that come in the clear", () => {
    const site = read("ops/Caddyfile");
    expect(site).toContain("protocols tls1.2 tls1.3");
    expect(site).toMatch(/^http:\/\/vssid\.example\.vn \{[\s\S]*handle \/api\/\* \{\s*respond 403[\s\S]*redir https:/m);
  });

  it("keeps what only the inside may read from whoever comes through the proxy", () => {
    expect(read("ops/Caddyfile")).toMatch(
      /@inside path \/metrics \/metrics\/\* \/readyz \/readyz\/\*\n\s*handle @inside \{\s*respond 404/,
    );
  });

  it("keeps debugging, listings and versions to itself", () => {
    expect(where(/debugger;|--inspect|exposeHeadRoutes: true|x-powered-by|fastify-static/)).toEqual([]);
    expect(read("ops/systemd/vssid@.service")).toContain("LimitCORE=0");
    for (const path of ["src/db/embedded.ts", "ops/install.sh", "ops/compose.yaml"]) {
      expect(read(path), path).toMatch(/log_error_verbosity\W+terse[\s\S]*log_min_error_statement\W+panic/);
    }
    expect(read("ops/Caddyfile")).not.toMatch(/file_server|browse/);
    expect(read("ops/Caddyfile")).toContain("header -Server");
  });
});
