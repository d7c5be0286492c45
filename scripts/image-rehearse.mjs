// Plays the last stage of ops/Containerfile without a container runtime: a root of its own with this machine's /usr as
// the base, read-only, and the release as the stage copies it; the entry command runs there as the image's user, on
// loopback, with the demo's own database in the volume (a made-up profile: the rest is the image's environment). Asks
// the image's health check, ends with its signal. Needs root and namespaces; where it may not, it says so: short.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readContainerfile } from "./containerfile.mjs";
import { layRelease } from "./lay-release.mjs";

const root = dirname(import.meta.dirname);
const port = "18340";
const image = readContainerfile(readFileSync(join(root, "ops", "Containerfile"), "utf8")).at(-1);

if (process.getuid?.() !== 0 || spawnSync("unshare", ["-m", "-p", "-f", "true"]).status !== 0) {
  console.log("image rehearsal: short, root and namespaces are needed");
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "vssid-image-"));
let isHeld = false;
try {
  isHeld = await play(layRoot(join(folder, "root")));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`image rehearsal: ${isHeld ? "held" : "short"}`);
process.exitCode = isHeld ? 0 : 1;

function layRoot(base) {
  for (const name of ["usr", "opt", "etc", "dev", "proc", "tmp", "var/lib/vssid"]) {
    mkdirSync(join(base, name), { recursive: true });
  }
  for (const name of ["bin", "lib", "lib64"]) symlinkSync(`usr/${name}`, join(base, name));
  const [uid, gid] = image.user.split(":");
  // initdb of the demo's database asks for a name; the product does not.
  writeFileSync(join(base, "etc", "passwd"), `vssid:x:${uid}:${gid}::/var/lib/vssid:/bin/false\n`);
  layRelease(join(base, "opt", "vssid"));
  return base;
}

async function play(base) {
  const [uid, gid] = image.user.split(":");
  const command = [
    `mount --bind ${base} ${base}`,
    `mount --rbind /usr ${base}/usr`,
    `mount --rbind /dev ${base}/dev`,
    `mount -t proc proc ${base}/proc`,
    `mount -t tmpfs -o mode=1777 tmpfs ${base}/tmp`,
    `mount -t tmpfs -o mode=0700,uid=${uid},gid=${gid} tmpfs ${base}/var/lib/vssid`,
    `mount -o remount,bind,ro ${base}`,
    `exec chroot --userspec=${image.user} ${base} ${image.entry.join(" ")}`,
  ].join(" && ");
  const env = { ...image.env, VSSID_PROFILE: "demo", PORT: port, HOST: "127.0.0.1", PATH: process.env.PATH };
  const child = spawn("unshare", ["-m", "bash", "-c", command], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  const [node, check] = image.health.map((path) => join(base, path));
  const health = spawn(node, [check, "180"], { env: { PORT: port } });
  const [isNotReady] = await once(health, "exit");
  tell(isNotReady === 0, `the entry command gets ready as ${image.user}, its root read-only`);
  child.kill(image.stopSignal);
  const [code] = await ended;
  tell(code === 0, `it ends in order on ${image.stopSignal}`);
  return isNotReady === 0 && code === 0;
}

function tell(isSo, what) {
  console.log(`  ${isSo ? "held " : "short"}  ${what}`);
}
