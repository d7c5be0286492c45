// Looks for secrets in what git knows: twenty shapes. `node scripts/secrets.mjs`: exit 1 and one line a find, which
// names the place and the shape and never shows the secret.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
/** Made up for tests and known to everybody: they sign made-up files only. */
const openKeys = ["test/samples/signers/facility-key.pem", "test/samples/signers/stranger-key.pem"];
const largestBytes = 2_000_000;

/** Words of which examples and tests are made; a password in them opens nothing. */
const madeUp =
  /^(password|passwd|pass|pw|secret|user|test|name|postgres|vssid|example|changeme|system|mau|x+|\.{3}|…|\$.*|[<{%*].*)$/i;

/** `value`: the group that holds the secret; below `bits` of entropy a sign it is a word, not a secret. */
export const shapes = [
  {
    name: "private key (PEM)",
    pattern: /-----BEGIN (?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----\s*[A-Za-z0-9+/=\s\\n]{40,}/,
  },
  { name: "private key (OpenSSH)", pattern: /-----BEGIN OPENSSH PRIVATE[ ]KEY-----/ },
  { name: "private key (PGP)", pattern: /-----BEGIN PGP PRIVATE[ ]KEY BLOCK-----/ },
  { name: "AWS key id", pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { name: "AWS secret", pattern: /aws.{0,20}(?:secret|key).{0,20}["'=: ]([A-Za-z0-9/+]{40})\b/i, bits: 4 },
  { name: "GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b/ },
  { name: "GitHub fine-grained token", pattern: /\bgithub_pat_[A-Za-z0-9_]{50,}\b/ },
  { name: "GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { name: "npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { name: "registry password (npmrc)", pattern: /_(?:authToken|auth|password)\s*=\s*([A-Za-z0-9+/=_-]{16,})/, bits: 3 },
  { name: "Slack token", pattern: /\bxox[abposr]-[A-Za-z0-9-]{10,}/ },
  { name: "Stripe key", pattern: /\b[sr]k_live_[A-Za-z0-9]{20,}\b/ },
  { name: "Google key", pattern: /\bAIza[A-Za-z0-9_-]{35}\b/ },
  { name: "Google client secret", pattern: /\bGOCSPX-[A-Za-z0-9_-]{28}\b/ },
  { name: "SendGrid key", pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/ },
  { name: "Telegram bot token", pattern: /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/ },
  { name: "signed token (JWT)", pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/ },
  {
    name: "address with a password",
    pattern: /\b(?:postgres(?:ql)?|smtps?|s?smpps?|https?|redis|mysql|amqps?):\/\/[^\s:@/"'`]+:([^\s:@/"'`]{8,})@/,
    bits: 2.5,
  },
  {
    name: "secret of VssID",
    pattern: /VSSID_(?:SECRET|EID_CLIENT_SECRET)["']?\s*[=:]\s*["']?([A-Za-z0-9+/_-]{32,}={0,2})/,
    bits: 3.5,
  },
  {
    name: "password or key assigned",
    pattern: /(?:password|passwd|api_?key|client_?secret|access_?token)["']?\s*[:=]\s*["']([^\s"'`]{16,})["']/i,
    bits: 4.2,
  },
];

/** The shapes found in a text, each with its line; nothing of the secret itself. */
export function findSecrets(text) {
  return shapes.flatMap(({ name, pattern, bits = 0 }) => {
    const every = new RegExp(pattern.source, `${pattern.flags}g`);
    return [...text.matchAll(every)]
      .filter(([, value]) => value === undefined || (!madeUp.test(value) && entropyOf(value) >= bits))
      .map(({ index }) => ({ name, line: text.slice(0, index).split("\n").length }));
  });
}

/** Shannon, bits a sign. */
function entropyOf(text) {
  const counts = new Map();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Of all files that git knows or would take; one line a find. */
export function scanTree() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    maxBuffer: 50_000_000,
  });
  return String(listed)
    .split("\0")
    .filter(
      (path) =>
        path &&
        !openKeys.includes(path) &&
        !/\.(png|jpe?g|pdf|ttf|woff2?|wasm|gz|zip|xlsx)$|^package-lock\.json$/.test(path),
    )
    .flatMap((path) => {
      const bytes = readIfThere(path);
      if (!bytes || bytes.length > largestBytes || bytes.includes(0)) return [];
      return findSecrets(bytes.toString("utf8")).map(({ name, line }) => `${path}:${line}: ${name}`);
    });
}

function readIfThere(path) {
  try {
    return readFileSync(join(root, path));
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) {
  const finds = scanTree();
  for (const find of finds) console.error(find);
  console.log(finds.length === 0 ? "secrets: none" : `secrets: ${finds.length} finds`);
  process.exitCode = finds.length === 0 ? 0 : 1;
}
