import { readFileSync } from "node:fs";
import { request as requestPlain } from "node:http";
import { Agent, request as requestTls } from "node:https";
import { text } from "node:stream/consumers";
import type { SecureContext } from "node:tls";
import { z } from "zod";
import { type KeyRing, RingDown } from "./ring.ts";

/**
 * An outside key service that speaks the protocol of the transit engine of HashiCorp Vault and OpenBao: keys never
 * leave it. `key` names the key there; our version is the service's own.
 */
export interface HttpRing {
  /** Up to and with the mount: https://kms.example.vn/v1/transit */
  url: string;
  /** Read at each call: whoever issues tokens for an hour lays the next one down there. */
  tokenFile: string;
  key: string;
}

const TIMEOUT_MS = 3000;
/** A line that nobody needs just now stays open so long. */
const IDLE_MS = 4000;

const wrappedSchema = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) }) });
const plainSchema = z.object({ data: z.object({ plaintext: z.string() }) });
const keySchema = z.object({ data: z.object({ latest_version: z.int().min(1) }) });

/** `shown`: what is shown and believed on a new line, by now; undefined: nothing, and whom Node believes. */
export function httpRing({ url, tokenFile, key }: HttpRing, shown?: () => SecureContext): KeyRing {
  const name = encodeURIComponent(key);
  const agentNow = shown ? agentsBy(shown) : () => undefined;
  const call = async (method: "GET" | "POST", path: string, body?: object): Promise<unknown> => {
    const token = tokenIn(tokenFile);
    if (!token) throw new RingDown("the file of the key service's token is missing or empty");
    try {
      const asked = new URL(`${url.replace(/\/+$/, "")}/${path}`);
      const headers = { "x-vault-token": token, "content-type": "application/json" };
      const said = await ask(asked, { method, headers, body: body && JSON.stringify(body), agent: agentNow() });
      if (said.status < 200 || said.status > 299) throw new RingDown(`the key service answered ${said.status}`);
      return said.text === "" ? {} : JSON.parse(said.text);
    } catch (error) {
      throw error instanceof RingDown
        ? error
        : new RingDown(`the key service does not answer${codeOf(error)}`, { cause: error });
    }
  };
  const newest = async () => read(keySchema, await call("GET", `keys/${name}`)).data.latest_version;
  return {
    kind: "http",
    newest,
    async wrap(version, plain, bound) {
      const plaintext = Buffer.from(plain).toString("base64");
      const ask = { plaintext, associated_data: base64(bound), key_version: version };
      return Buffer.from(read(wrappedSchema, await call("POST", `encrypt/${name}`, ask)).data.ciphertext);
    },
    async unwrap(_version, wrapped, bound) {
      const ask = { ciphertext: Buffer.from(wrapped).toString("utf8"), associated_data: base64(bound) };
      return Buffer.from(read(plainSchema, await call("POST", `decrypt/${name}`, ask)).data.plaintext, "base64");
    },
    async make() {
      await call("POST", `keys/${name}/rotate`, {});
      return newest();
    },
    async destroy(version) {
      await call("POST", `keys/${name}/config`, { min_decryption_version: version + 1 });
    },
  };
}

/** Of files that are others now new lines begin; those of before end by themselves. */
function agentsBy(shown: () => SecureContext): () => Agent {
  let held: { secureContext: SecureContext; agent: Agent } | undefined;
  return () => {
    const secureContext = shown();
    if (held?.secureContext !== secureContext) {
      held = { secureContext, agent: new Agent({ keepAlive: true, timeout: IDLE_MS, secureContext }) };
    }
    return held.agent;
  };
}

interface Asking {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body: string | undefined;
  agent: Agent | undefined;
}

/** Follows no redirect: a token goes where the operator said, and nowhere else. */
function ask(url: URL, { body, ...options }: Asking): Promise<{ status: number; text: string }> {
  const request = url.protocol === "https:" ? requestTls : requestPlain;
  return new Promise((done, fail) => {
    const asked = request(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }, (response) => {
      text(response).then((said) => done({ status: response.statusCode ?? 0, text: said }), fail);
    });
    asked.on("error", fail);
    asked.end(body);
  });
}

/** Why there was no line, as Node and OpenSSL call it: says nothing of keys. */
function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ? ` (${code})` : "";
}

/** Empty when there is none that can be read. */
export function tokenIn(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new RingDown("the key service answered in another form");
  return parsed.data;
}
