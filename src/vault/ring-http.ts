import { readFileSync } from "node:fs";
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

const wrappedSchema = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) }) });
const plainSchema = z.object({ data: z.object({ plaintext: z.string() }) });
const keySchema = z.object({ data: z.object({ latest_version: z.int().min(1) }) });

export function httpRing({ url, tokenFile, key }: HttpRing): KeyRing {
  const name = encodeURIComponent(key);
  const call = async (method: "GET" | "POST", path: string, body?: object): Promise<unknown> => {
    const token = tokenIn(tokenFile);
    if (!token) throw new RingDown("the file of the key service's token is missing or empty");
    try {
      const response = await fetch(`${url.replace(/\/+$/, "")}/${path}`, {
        method,
        headers: { "x-vault-token": token, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (!response.ok) throw new RingDown(`the key service answered ${response.status}`);
      return text === "" ? {} : JSON.parse(text);
    } catch (error) {
      throw error instanceof RingDown ? error : new RingDown("the key service does not answer", { cause: error });
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
