import { CannotStart } from "../db/cannot-start.ts";
import { newest } from "../db/client-certificate.ts";
import type { KeyRing, RingSettings } from "../vault/ring.ts";
import { commandRing } from "../vault/ring-command.ts";
import { faultOfRingFile, fileRing } from "../vault/ring-file.ts";
import { httpRing } from "../vault/ring-http.ts";

/** Throws CannotStart when the file is missing, open to others or no ring. */
export function openRing(settings: RingSettings): KeyRing {
  if (settings.kind === "http") {
    const { files } = settings;
    const hasFiles = files && Object.values(files).some((file) => file !== undefined);
    return httpRing(settings, hasFiles ? () => newest(files) : undefined);
  }
  if (settings.kind === "command") return commandRing(settings.command);
  const fault = faultOfRingFile(settings.path);
  if (fault) throw new CannotStart(`VSSID_KEY_RING: ${fault}.`);
  return fileRing(settings.path);
}
