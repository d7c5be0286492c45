import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";

/**
 * ops/secrets.sh on folders of its own, with a stand-in for systemd-creds that binds a value to its name.
 * ops/install-rehearse.sh plays the same in a whole Debian with the real one.
 */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vssid-install-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STAND_IN = `#!/usr/bin/env bash
[[ "$1" != has-tpm2 ]] || exit 1
for last; do name="\${name:-$(sed -n 's/^--name=//p' <<<"$last")}"; done
case "$1" in
  encrypt)
    [[ "$last" == - ]] && to=/dev/stdout || to="$last"
    printf '%s %s' "$name" "$(base64 -w 0)" >"$to" ;;
  decrypt)
    from=/dev/stdin
    for one; do [[ ! -f "$one" ]] || from="$one"; done
    read -r under sealed <"$from" || true
    [[ "$under" == "$name" ]] && base64 -d <<<"$sealed" ;;
esac
`;

function systemdSeals(): void {
  writeFileSync(join(folder, "bin", "systemd-creds"), STAND_IN);
  chmodSync(join(folder, "bin", "systemd-creds"), 0o755);
}
function systemdCannotSeal(): void {
  writeFileSync(join(folder, "bin", "systemd-creds"), "#!/bin/sh\nexit 1\n");
  chmodSync(join(folder, "bin", "systemd-creds"), 0o755);
}

/** What the script says on standard output; throws with what it says on the other. */
function run(script: string): string {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `set -euo pipefail; fail() { echo "$*" >&2; exit 1; }; say() { :; }; . "$tree/ops/secrets.sh"; ${script}`],
    {
      encoding: "utf8",
      env: {
        PATH: `${join(folder, "bin")}:${process.env.PATH}`,
        tree: projectRoot,
        settings: join(folder, "environment"),
        sealed_in: join(folder, "sealed"),
        plain_in: join(folder, "plain"),
        units_in: join(folder, "units"),
        releases_in: folder,
      },
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const settingsOf = (...lines: string[]) => {
  const path = join(folder, "environment");
  writeFileSync(path, `${lines.join("\n")}\n`);
  const day = new Date("2026-02-03T05:00:00Z");
  utimesSync(path, day, day);
};
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

function sealedNames(): string[] {
  const [, list = ""] =
    /secret_names=\(([^)]*)\)/.exec(readFileSync(join(projectRoot, "ops/secrets.sh"), "utf8")) ?? [];
  return list.split(/\s+/).filter(Boolean);
}

describe("the units", () => {
  it("leave readable what says whether the machine was started anew", () => {
    // Without it a clock that was set while the machine ran on is believed (src/timekeeping/rules.ts).
    const units = join(projectRoot, "ops/systemd");
    const texts = readdirSync(units).map((name) => readFileSync(join(units, name), "utf8"));
    expect(texts.some((text) => text.includes("ProtectProc=invisible"))).toBe(true);
    expect(texts.filter((text) => text.includes("ProcSubset="))).toEqual([]);
  });
});

describe("a release", () => {
  const installer = readFileSync(join(projectRoot, "ops/install.sh"), "utf8");
  const part = (name: string) => new RegExp(`^${name}\\(\\) \\{$[\\s\\S]*?^\\}$`, "m").exec(installer)?.[0] ?? "";
  const [, back = ""] = /^ {2}back\)$([\s\S]*?)^ {4};;$/m.exec(installer) ?? [];
  /** A machine whose newer release takes no backup any more. */
  const machine = `
    releases="$releases_in/releases"; current="$releases_in/current"; with_backup=1
    mkdir -p "$releases/old" "$releases/new" "$releases/mended"
    ln -s "$releases/new" "$current"; ln -s "$releases/old" "$current.next"; echo "$releases/old" >"$releases/before"
    has_systemd() { true; }; serves_here() { false; }; write_units() { :; }; restart_in_turn() { :; }
    systemctl() { [[ "$*" != "start vssid-backup.service" ]]; }
    shown() { basename "$(readlink -f "$current")"; }
    ${part("point_to")}
    ${part("backup_before")}`;

  it("that is broken is left for the one before without a backup by it", () => {
    expect(back).toContain("point_to");
    expect(run(`${machine}\n${back}\nshown`)).toBe("old\n");
  });

  it("is not changed when no backup can be taken before, unless that is said", () => {
    const upgrade = 'backup_before "$releases/mended"; point_to "$releases/mended"; shown';
    expect(() => run(`${machine}\ntrap shown EXIT\n${upgrade}`)).toThrow("--without-backup");
    expect(run(`${machine}\nwith_backup=0; ${upgrade}`)).toBe("mended\n");
  });
});

describe("the secrets of an installation", () => {
  it("are all that the settings know", () => {
    const settings = readFileSync(join(projectRoot, "src/settings-secrets.ts"), "utf8");
    const values = [...settings.matchAll(/^ {2}"(\w+)",$/gm)].map(([, name = ""]) => name);
    const page = readFileSync(join(projectRoot, "docs/settings.md"), "utf8");
    const files = [...page.matchAll(/`(VSSID_\w+_(?:KEY|TOKEN)_FILE)`/g)].map(([, name = ""]) => name);
    // Those of the listener and of the line to a key service are renewed under the running process.
    const renewed = ["VSSID_TLS_KEY_FILE", "VSSID_KMS_CERT_KEY_FILE"];
    const sealed = new Set([...values, ...files, "VSSID_KEY_RING"].filter((name) => !renewed.includes(name)));
    expect(sealed.size).toBeGreaterThan(10);
    expect(sealedNames().toSorted()).toEqual([...sealed].toSorted());
  });

  it("are sealed out of the settings, and reach units as files, never in the environment", () => {
    systemdSeals();
    settingsOf(
      "VSSID_SECRET=c2VjcmV0",
      `VSSID_SMS_PROVIDERS='[{"url":"smpp://a:b@h:1"}]'`,
      "PORT=1",
      "VSSID_DKIM_KEY_FILE=/etc/dkim.pem",
    );
    run("move_secrets; write_credentials");
    expect(read("environment")).toBe("PORT=1\nVSSID_DKIM_KEY_FILE=/etc/dkim.pem\n");
    expect(run("read_secret VSSID_SMS_PROVIDERS")).toBe('[{"url":"smpp://a:b@h:1"}]');
    for (const unit of ["vssid@.service", "vssid-migrate.service", "vssid-backup.service", "vssid-rehearsal.service"]) {
      expect(read("units", `${unit}.d`, "secrets.conf").split("\n").slice(2)).toEqual([
        `LoadCredentialEncrypted=vssid.VSSID_SECRET:${folder}/sealed/vssid.VSSID_SECRET`,
        "Environment=VSSID_SECRET_FILE=%d/vssid.VSSID_SECRET",
        `LoadCredentialEncrypted=vssid.VSSID_SMS_PROVIDERS:${folder}/sealed/vssid.VSSID_SMS_PROVIDERS`,
        "Environment=VSSID_SMS_PROVIDERS_FILE=%d/vssid.VSSID_SMS_PROVIDERS",
        "Environment=VSSID_SECRETS_SINCE=VSSID_SECRET:2026-02-03,VSSID_SMS_PROVIDERS:2026-02-03",
        "",
      ]);
    }
  });

  it("are files of root's where systemd cannot seal, and are sealed once it can", () => {
    systemdCannotSeal();
    settingsOf("SMTP_URL=smtp://u:p@h");
    run("move_secrets; write_credentials");
    expect(read("plain", "vssid.SMTP_URL")).toBe("smtp://u:p@h");
    expect(read("units", "vssid@.service.d", "secrets.conf")).toContain(
      `LoadCredential=vssid.SMTP_URL:${folder}/plain/vssid.SMTP_URL\nEnvironment=SMTP_URL_FILE=/run/credentials/%n/vssid.SMTP_URL`,
    );
    systemdSeals();
    run("move_secrets; write_credentials");
    expect(readdirSync(join(folder, "plain"))).toEqual([]);
    expect(run("read_secret SMTP_URL")).toBe("smtp://u:p@h");
    expect(read("units", "vssid@.service.d", "secrets.conf")).toContain("VSSID_SECRETS_SINCE=SMTP_URL:2026-02-03");
  });

  it("stay in the settings when they are not read as systemd reads them", () => {
    systemdSeals();
    settingsOf('SMTP_URL="smtp://u:p\\"@h"');
    expect(() => run("move_secrets")).toThrow("SMTP_URL");
    expect(read("environment")).toContain("SMTP_URL=");
  });

  it("give the owner of the database to schema, backups and commands, never to a process that serves", () => {
    systemdSeals();
    settingsOf("VSSID_OWNER_DATABASE_URL=postgres://vssid:p@h/vssid", "DATABASE_URL=postgres://vssid_server@h/vssid");
    run("move_secrets; write_credentials");
    expect(read("environment")).toBe("");
    const gets = (unit: string) => (name: string) =>
      read("units", `${unit}.d`, "secrets.conf").includes(`Environment=${name}_FILE=`);
    const both = ["DATABASE_URL", "VSSID_OWNER_DATABASE_URL"];
    expect(both.map(gets("vssid@.service"))).toEqual([true, false]);
    expect(both.map(gets("vssid-migrate.service"))).toEqual([true, true]);
    expect(both.map(gets("vssid-backup.service"))).toEqual([true, true]);
  });

  it("change together, and those before come back when no process gets ready with them", () => {
    systemdSeals();
    settingsOf("PORT=1");
    const later = (restart: string, command: string) =>
      run(
        `missing_answers() { :; }; migrate_database() { printf 'migrated '; }; restart_in_turn() { ${restart}; }; ${command}`,
      );
    run("printf old | store_secret VSSID_SECRET");
    const two = "printf 'new\\nold\\n' | seal_secrets VSSID_SECRET VSSID_SECRETS_KNOWN";
    expect(() => later("exit 1", two)).toThrow("what it was before stays: VSSID_SECRET VSSID_SECRETS_KNOWN");
    expect(run("read_secret VSSID_SECRET; has_secret VSSID_SECRETS_KNOWN || printf ' alone'")).toBe("old alone");
    expect(later(":", two)).toBe("");
    expect(run("read_secret VSSID_SECRET; read_secret VSSID_SECRETS_KNOWN")).toBe("newold");
    later(":", "forget_secret VSSID_SECRETS_KNOWN");
    expect(run("has_secret VSSID_SECRETS_KNOWN || printf gone")).toBe("gone");
    expect(readdirSync(join(folder, "sealed"))).toEqual(["vssid.VSSID_SECRET"]);
    expect(later("printf restarted", "printf x | seal_secrets DATABASE_URL")).toBe("migrated restarted");
  });

  it("give the key of the backups to the processes only where they watch the folder, which they may then write", () => {
    systemdSeals();
    settingsOf("PORT=1");
    run("printf key | store_secret VSSID_BACKUP_KEY_FILE; write_credentials");
    const gets = (unit: string) => read("units", `${unit}.d`, "secrets.conf").includes("LoadCredentialEncrypted=");
    const writes = (unit: string) => read("units", `${unit}.d`, "secrets.conf").includes("\nReadWritePaths=-/mnt/b\n");
    expect([gets("vssid@.service"), gets("vssid-backup.service")]).toEqual([false, true]);
    settingsOf("VSSID_BACKUP_DIR=/mnt/b");
    run("write_credentials");
    expect(gets("vssid@.service")).toBe(true);
    const units = ["vssid@.service", "vssid-backup.service", "vssid-migrate.service"];
    expect(units.map(writes)).toEqual([true, true, false]);
  });
});
