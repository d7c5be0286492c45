import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { z } from "zod";
import type { ListenerTls } from "../db/house.ts";

/** TLS on the listener of the process itself, for a proxy on another machine. */
export const listenerNames = {
  VSSID_TLS_CERT_FILE: z.string().optional(),
  VSSID_TLS_KEY_FILE: z.string().optional(),
  VSSID_TLS_CLIENT_CA_FILE: z.string().optional(),
};

type Said = { [name in keyof typeof listenerNames]?: string | undefined };

/** By halves the listener would be open in the clear, or closed to everybody. */
export function faultsOfListener(said: Said): string[] {
  const { VSSID_TLS_CERT_FILE: cert, VSSID_TLS_KEY_FILE: key, VSSID_TLS_CLIENT_CA_FILE: clientCa } = said;
  if (!cert && !key) {
    return clientCa ? ["VSSID_TLS_CLIENT_CA_FILE: needs VSSID_TLS_CERT_FILE and VSSID_TLS_KEY_FILE beside it"] : [];
  }
  const tls = listenerOf(said);
  if (!tls) return ["VSSID_TLS_CERT_FILE, VSSID_TLS_KEY_FILE: both or neither"];
  try {
    createSecureContext(readListenerTls(tls));
    return [];
  } catch {
    const names = ["VSSID_TLS_CERT_FILE", "VSSID_TLS_KEY_FILE", ...(clientCa ? ["VSSID_TLS_CLIENT_CA_FILE"] : [])];
    return [`${names.join(", ")}: no PEM that can be read, or certificate and key do not belong together`];
  }
}

export function listenerOf(said: Said): ListenerTls | undefined {
  const { VSSID_TLS_CERT_FILE: certFile, VSSID_TLS_KEY_FILE: keyFile, VSSID_TLS_CLIENT_CA_FILE: clientCaFile } = said;
  return certFile && keyFile ? { certFile, keyFile, clientCaFile } : undefined;
}

/** What node:tls takes. Throws when a file cannot be read. */
export function readListenerTls({ certFile, keyFile, clientCaFile }: ListenerTls) {
  const asked = clientCaFile ? { ca: readFileSync(clientCaFile), requestCert: true, rejectUnauthorized: true } : {};
  return { cert: readFileSync(certFile), key: readFileSync(keyFile), minVersion: "TLSv1.2" as const, ...asked };
}
