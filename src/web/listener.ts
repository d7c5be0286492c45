/** The listener's own certificate, taken anew when its files were renewed: nothing is started again for that. */
import { statSync } from "node:fs";
import type { Server } from "node:tls";
import type { FastifyInstance } from "fastify";
import type { House, ListenerTls } from "../db/house.ts";
import { readListenerTls } from "./listener-settings.ts";

const LOOK_EVERY_MS = 60_000;

export function mountListener(app: FastifyInstance, house: House): void {
  const { tls } = house.settings;
  if (!tls) return;
  let served = marksOf(tls);
  const timer = setInterval(() => {
    served = renew(app.server as unknown as Server, tls, served, house.log);
  }, LOOK_EVERY_MS).unref();
  app.addHook("onClose", async () => clearInterval(timer));
}

/**
 * Serves the files anew if they are others than `served` marks, and gives the marks of what is served then. Of a pair of
 * which only one half has come yet, the old one is served on.
 */
export function renew(
  server: Pick<Server, "setSecureContext">,
  tls: ListenerTls,
  served: string,
  log: Pick<House["log"], "info" | "warn">,
): string {
  try {
    const marks = marksOf(tls);
    if (marks === served) return served;
    server.setSecureContext(readListenerTls(tls));
    log.info("the listener serves its renewed certificate");
    return marks;
  } catch (error) {
    log.warn({ reason: (error as Error).message }, "the listener's renewed certificate cannot be used yet");
    return served;
  }
}

export function marksOf({ certFile, keyFile, clientCaFile }: ListenerTls): string {
  const files = [certFile, keyFile, ...(clientCaFile ? [clientCaFile] : [])].map((file) => statSync(file));
  return files.map(({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`).join("; ");
}
