import { z } from "zod";
import type { RingFiles, RingSettings } from "./ring.ts";
import { tokenIn } from "./ring-http.ts";

/** Where the key-encryption keys are: a file, a key service or a command. */
export const ringNames = {
  VSSID_KEY_RING: z.string().optional(),
  VSSID_KMS_URL: z
    .url({ protocol: /^https?$/, error: "must be an address like https://kms.example.vn/v1/transit" })
    .optional(),
  VSSID_KMS_TOKEN_FILE: z.string().optional(),
  VSSID_KMS_KEY: z.string().default("vssid"),
  VSSID_KMS_CERT_FILE: z.string().optional(),
  VSSID_KMS_CERT_KEY_FILE: z.string().optional(),
  VSSID_KMS_CA_FILE: z.string().optional(),
  VSSID_KMS_COMMAND: z.string().optional(),
};

type Said = z.infer<z.ZodObject<typeof ringNames>>;

const ways = ["VSSID_KEY_RING", "VSSID_KMS_URL", "VSSID_KMS_COMMAND"] as const;

/** In production exactly one of the three ways, without a default. */
export function faultsOfRing(said: Said, profile: "demo" | "production"): string[] {
  const given = ways.filter((name) => said[name] !== undefined);
  if (given.length > 1) return [`${given.join(", ")}: only one of them`];
  if (given.length === 0) return profile === "production" ? [`${ways.join(" or ")}: needed in production`] : [];
  const asksTls = Object.values(ringFilesOf(said)).some((file) => file !== undefined);
  if (asksTls && !said.VSSID_KMS_URL?.startsWith("https:")) return [`${fileNames}: for a VSSID_KMS_URL with https`];
  if (said.VSSID_KMS_URL === undefined) return [];
  const host = new URL(said.VSSID_KMS_URL).hostname;
  const isOpen = said.VSSID_KMS_URL.startsWith("http:") && !["127.0.0.1", "localhost", "[::1]"].includes(host);
  return [
    ...(profile === "production" && isOpen
      ? ["VSSID_KMS_URL: must be https in production, except on this machine"]
      : []),
    ...(said.VSSID_KMS_TOKEN_FILE && tokenIn(said.VSSID_KMS_TOKEN_FILE)
      ? []
      : ["VSSID_KMS_TOKEN_FILE: needed beside VSSID_KMS_URL; it holds the token and nothing else"]),
  ];
}

export function ringOf(said: Said): RingSettings | undefined {
  if (said.VSSID_KEY_RING) return { kind: "file", path: said.VSSID_KEY_RING };
  if (said.VSSID_KMS_COMMAND) return { kind: "command", command: said.VSSID_KMS_COMMAND.trim().split(/\s+/) };
  const { VSSID_KMS_URL: url, VSSID_KMS_TOKEN_FILE: tokenFile, VSSID_KMS_KEY: key } = said;
  return url && tokenFile ? { kind: "http", url, tokenFile, key, files: ringFilesOf(said) } : undefined;
}

export const RING_FILE_NAMES = {
  cert: "VSSID_KMS_CERT_FILE",
  key: "VSSID_KMS_CERT_KEY_FILE",
  root: "VSSID_KMS_CA_FILE",
} as const;
const fileNames = Object.values(RING_FILE_NAMES).join(", ");

export const ringFilesOf = (said: Said): RingFiles => ({
  cert: said[RING_FILE_NAMES.cert],
  key: said[RING_FILE_NAMES.key],
  root: said[RING_FILE_NAMES.root],
});
