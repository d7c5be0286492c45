import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../src/db/root.ts";

/** A real OpenID Connect provider on this machine, in a process of its own: who signs in there is chosen on its page. */

export interface Citizen {
  /** What it calls the person. */
  subject: string;
  personalNumber: string;
  /** How well they were identified. */
  level: string;
}

export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop(): Promise<void>;
}

/** What the process is told. */
export interface Order {
  host: string;
  client: { id: string; secret: string };
  redirectUri: string;
  citizens: readonly Citizen[];
}

const client = { id: "vssid", secret: "a secret of the tests, long enough to be one" };

export async function startIdentityProvider(
  redirectUri: string,
  citizens: readonly Citizen[],
): Promise<IdentityProvider> {
  const child = fork(join(projectRoot, "test/identity-provider-serve.ts"), [], {
    execArgv: ["--no-warnings"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const order: Order = { host: "127.0.0.1", client, redirectUri, citizens };
  child.send(order);
  const ended = once(child, "exit");
  const [issuer] = await Promise.race([
    once(child, "message"),
    ended.then(([code]) => Promise.reject(new Error(`the identity provider ended with ${code}`))),
  ]);
  return {
    issuer: issuer as string,
    clientId: client.id,
    clientSecret: client.secret,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
