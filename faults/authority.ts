/** An authority for certificates of a trial's own: one that is good for 400 days, one that is over. By openssl. */
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Authority {
  certificate: string;
  /** Of both certificates, all PEM. */
  key: string;
  good: string;
  over: string;
  /** Of the good one. */
  endsAt: Date;
}

const GOOD_DAYS = 400;

/** Undefined: there is no openssl. */
export function makeAuthority(folder: string, hosts: readonly string[]): Authority | undefined {
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => spawnSync("openssl", args, { cwd: folder }).status === 0;
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  writeFileSync(file("names"), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join()}\n`);
  const sign = (name: string, days: number) =>
    openssl(
      ...["x509", "-req", "-in", "asked.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial"],
      ...["-days", String(days), "-extfile", "names", "-out", name],
    );
  const isMade =
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      "ca-key.pem",
      "-out",
      "ca.pem",
      "-days",
      "4000",
      "-subj",
      "/CN=Trial",
    ) &&
    openssl("req", ...newKey, "-keyout", "key.pem", "-out", "asked.pem", "-subj", `/CN=${hosts[0]}`) &&
    sign("good.pem", GOOD_DAYS) &&
    sign("over.pem", 0);
  if (!isMade) return undefined;
  const read = (name: string) => readFileSync(file(name), "utf8");
  const good = read("good.pem");
  const endsAt = new Date(new X509Certificate(good).validTo);
  return { certificate: read("ca.pem"), key: read("key.pem"), good, over: read("over.pem"), endsAt };
}
