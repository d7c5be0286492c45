import { spawnSync } from "node:child_process";
import { chownSync, existsSync } from "node:fs";
import { CannotStart } from "./cannot-start.ts";

/** How a PostgreSQL program is started on this machine: words put before it, and whom files must belong to. */
export interface RunAs {
  prefix: string[];
  /** Files and folders of the cluster are given to this uid; undefined: to whoever runs us. */
  uid?: number;
}

/** "nobody" nearly everywhere; PostgreSQL only wants it not to be 0. */
const unprivileged = 65534;

const dieWithParent = ["setpriv", "--pdeathsig", "INT"];
const asNobodyInOwnNamespace = ["unshare", "-U", `--map-user=${unprivileged}`, `--map-group=${unprivileged}`];
const asNobody = [`--reuid=${unprivileged}`, `--regid=${unprivileged}`, "--clear-groups"];

/**
 * PostgreSQL refuses to run as root. Root therefore enters a user namespace in which its own files
 * belong to "nobody"; where namespaces are forbidden it becomes another user. `--pdeathsig` lets the
 * server end with us, even after kill -9.
 */
export function findRunAs(postgres: string): RunAs {
  const works = (prefix: string[]): boolean => run([...prefix, postgres, "--version"]);
  if (process.getuid?.() !== 0) return { prefix: run([...dieWithParent, "true"]) ? dieWithParent : [] };
  const candidates: RunAs[] = [
    { prefix: [...asNobodyInOwnNamespace, ...dieWithParent] },
    { prefix: asNobodyInOwnNamespace },
    { prefix: [...dieWithParent, ...asNobody], uid: unprivileged },
    { prefix: ["setpriv", ...asNobody], uid: unprivileged },
  ];
  const found = candidates.find((candidate) => works(candidate.prefix));
  if (found) return found;
  throw new CannotStart(
    "PostgreSQL does not run as root, and this machine lets us neither make a user namespace nor change to " +
      "another user that can read the program. Start as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.",
  );
}

export function giveTo(runAs: RunAs, path: string): void {
  if (runAs.uid !== undefined && existsSync(path)) chownSync(path, runAs.uid, runAs.uid);
}

function run([command, ...args]: string[]): boolean {
  return spawnSync(command ?? "", args, { stdio: "ignore" }).status === 0;
}
