import { readFileSync } from "node:fs";
import type { PushSettings } from "../db/house.ts";
import { keysOf } from "./keys.ts";
import { isHostRule, USUAL_HOSTS } from "./rules.ts";

/** What the environment says of notices on devices. Without a key there are none: no key is ever built in. */
export interface PushNames {
  VSSID_PUSH_KEY_FILE?: string | undefined;
  VSSID_PUSH_CONTACT?: string | undefined;
  VSSID_PUSH_HOSTS?: string | undefined;
}

export type PushPlaces = Pick<PushSettings, "contact" | "hosts">;

export function faultsOfPush(said: PushNames, profile: "demo" | "production"): string[] {
  const wrong = hostsOf(said).filter((host) => !isHostRule(host, profile === "demo"));
  return [
    ...wrong.map((host) => `VSSID_PUSH_HOSTS: ${host} is no host like fcm.googleapis.com or *.push.apple.com`),
    ...(said.VSSID_PUSH_KEY_FILE && !isKeyFile(said.VSSID_PUSH_KEY_FILE)
      ? ["VSSID_PUSH_KEY_FILE: holds no key that can be read; make one with bin/vssid push keys"]
      : []),
  ];
}

/** `mailFrom`: whom a push service asks when nobody else is named. */
export function pushPlaces(said: PushNames, mailFrom: string): PushPlaces {
  return { contact: said.VSSID_PUSH_CONTACT ?? `mailto:${mailFrom}`, hosts: hostsOf(said) };
}

/** Undefined without a key. */
export function pushOf(said: PushNames, places: PushPlaces): PushSettings | undefined {
  const file = said.VSSID_PUSH_KEY_FILE;
  return file ? { ...keysOf(readFileSync(file, "utf8")), ...places } : undefined;
}

function hostsOf({ VSSID_PUSH_HOSTS: named }: PushNames): readonly string[] {
  return named === undefined ? USUAL_HOSTS : named.split(",").map((host) => host.trim().toLowerCase());
}

function isKeyFile(path: string): boolean {
  try {
    keysOf(readFileSync(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}
