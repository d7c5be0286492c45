import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { birthOf, FolderHeld, holderOf, holdFolder, isRunning } from "./folder-lock.ts";

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "vssid-lock-"));
  folder = join(home, "pg");
});
afterEach(() => rmSync(home, { recursive: true }));

const leave = (holder: object | string): void =>
  writeFileSync(`${folder}.lock`, typeof holder === "string" ? holder : JSON.stringify(holder));

describe("the lock of a database folder", () => {
  it("is held once, tells by whom, and can be taken again when it was let go", () => {
    const letGo = holdFolder(folder, "/run/socket");
    expect(() => holdFolder(folder, "/run/other")).toThrow(FolderHeld);
    expect(holderOf(folder)).toMatchObject({ pid: process.pid, socketDir: "/run/socket" });
    letGo();
    expect(holderOf(folder)).toBeUndefined();
    holdFolder(folder, "/run/other")();
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });

  it("counts for nothing when its process is dead, half written, or has passed its number on", () => {
    const dead = { pid: 2 ** 22 + 1, birth: "", since: "", socketDir: "" };
    const passedOn = { ...dead, pid: process.pid, birth: "another boot:1" };
    for (const left of [dead, passedOn, "{"]) {
      leave(left);
      expect(holderOf(folder)).toBeUndefined();
      const letGo = holdFolder(folder, "/run/socket");
      expect(JSON.parse(readFileSync(`${folder}.lock`, "utf8")).birth).toBe(birthOf(process.pid));
      letGo();
    }
  });

  it("is not removed by one who no longer holds it", () => {
    const letGo = holdFolder(folder, "/run/socket");
    leave({ pid: 1, birth: birthOf(1) ?? "", since: "later", socketDir: "/run/theirs" });
    letGo();
    expect(holderOf(folder)?.socketDir).toBe("/run/theirs");
  });
});

describe("a process", () => {
  it("that has ended is not running, even before its parent has collected it", async () => {
    expect(isRunning(process.pid)).toBe(true);
    // The shell turns into `sleep`, which never collects the child that ends behind it.
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const child = Number(String(line));
    await until(() => readFileSync(`/proc/${parent.pid}/comm`, "utf8") === "sleep\n");
    process.kill(child, "SIGKILL");
    await until(() => !isRunning(child));
    expect(readFileSync(`/proc/${child}/stat`, "utf8")).toContain(") Z ");
    parent.kill("SIGKILL");
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(5);
}
