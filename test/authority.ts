/** Made-up authorities and what they sign, by openssl: all of it lies in a folder that the test throws away. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files, all PEM. */
export interface Pair {
  cert: string;
  key: string;
}

export interface Authority {
  root: string;
  /** Under a new name of file each time. `days`: -1 gives one that is over. */
  sign(commonName: string, options?: { days?: number; names?: string }): Pair;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

export function newAuthority(folder: string): Authority {
  mkdirSync(folder, { recursive: true });
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  openssl(
    "req",
    "-x509",
    ...NEW_KEY,
    "-keyout",
    "root-key.pem",
    "-out",
    "root.pem",
    "-days",
    "40",
    "-subj",
    "/CN=Trial",
  );
  let signed = 0;
  return {
    root: join(folder, "root.pem"),
    sign(commonName, { days = 30, names = `DNS:${commonName}` } = {}) {
      signed += 1;
      const [cert, key, asked, more] = [`${signed}.pem`, `${signed}-key.pem`, `${signed}.csr`, `${signed}.names`];
      writeFileSync(join(folder, more), `subjectAltName=${names}\n`);
      openssl("req", ...NEW_KEY, "-keyout", key, "-out", asked, "-subj", `/CN=${commonName}`);
      const by = ["-CA", "root.pem", "-CAkey", "root-key.pem", "-set_serial", String(signed)];
      openssl("x509", "-req", "-in", asked, ...by, "-days", String(days), "-extfile", more, "-out", cert);
      return { cert: join(folder, cert), key: join(folder, key) };
    },
  };
}
