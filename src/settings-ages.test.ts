import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseEnvironment } from "./settings.ts";
import { agesOfSecrets, parseSince } from "./settings-ages.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-ages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const day = new Date("2026-02-03T00:00:00Z");
function fileOf(name: string, text = "x"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, day, day);
  return path;
}
const none = new Map<string, Date>();

describe("since when a secret is what it is", () => {
  it("is told by its file, or not at all where it stands in the environment", () => {
    const env = { SMTP_URL: "smtp://u:p@mail.example.vn", VSSID_SECRET: "x", VSSID_CARD_KEY_FILE: fileOf("card.pem") };
    expect(agesOfSecrets({ ...env, SMTP_URL_FILE: fileOf("smtp") }, none)).toEqual([
      { name: "VSSID_SECRET", since: undefined },
      { name: "SMTP_URL", since: day },
      { name: "VSSID_CARD_KEY_FILE", since: day },
    ]);
  });

  it("is told by its file through the whole environment, too", () => {
    const parsed = parseEnvironment({ SMTP_URL_FILE: fileOf("mail", "smtp://u:p@mail.example.vn") }, "/srv/vssid");
    expect(parsed.ok && parsed.value.settings.secrets).toEqual([{ name: "SMTP_URL", since: day }]);
  });

  it("is told by whoever sealed it where systemd lays it down anew at each start", () => {
    const env = { VSSID_SECRET: "x", VSSID_SECRET_FILE: fileOf("secret"), CREDENTIALS_DIRECTORY: folder };
    expect(agesOfSecrets(env, none)).toEqual([{ name: "VSSID_SECRET", since: undefined }]);
    const since = parseSince("VSSID_SECRET:2026-11-27,VSSID_BACKUP_KEY_FILE:2026-02-03") ?? none;
    expect(agesOfSecrets(env, since)).toEqual([
      { name: "VSSID_SECRET", since: new Date("2026-11-27T00:00:00Z") },
      { name: "VSSID_BACKUP_KEY_FILE", since: day },
    ]);
  });

  it("is told of the owner of the database where whoever sealed it gave it to other units alone", () => {
    const since = parseSince("VSSID_OWNER_DATABASE_URL:2026-02-03,SMTP_URL:2026-02-03") ?? none;
    expect(agesOfSecrets({}, since)).toEqual([{ name: "VSSID_OWNER_DATABASE_URL", since: day }]);
  });

  it("is asked of no address without a password", () => {
    expect(agesOfSecrets({ DATABASE_URL: "postgres://vssid@localhost/vssid?host=/run/postgresql" }, none)).toEqual([]);
  });

  it("is a list of names and days, and anything else is refused", () => {
    expect(parseSince("")?.size).toBe(0);
    for (const wrong of ["SMTP_URL", "SMTP_URL:yesterday", "SMTP_URL:2026-13-45", "smtp:2026-01-01"]) {
      expect(parseSince(wrong), wrong).toBeUndefined();
    }
  });
});
