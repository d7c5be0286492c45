import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { openWith, sealWith } from "./cipher.ts";
import { KEY_BYTES, type KeyRing, RingDown } from "./ring.ts";

/** A file that its owner alone (and a group that may read) can see: versions with 32 random bytes each. */
const ringSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        version: z.int().min(1),
        key: z
          .string()
          .transform((text) => Buffer.from(text, "base64"))
          .refine((key) => key.length === KEY_BYTES),
      }),
    )
    .min(1),
});

type RingKey = z.infer<typeof ringSchema>["keys"][number];

/** Bits that let others read it, or anybody but the owner change it. */
const TOO_OPEN = 0o027;

/** Undefined when the file may be used; otherwise what is wrong with it and what to do. */
export function faultOfRingFile(path: string): string | undefined {
  let mode: number;
  try {
    mode = statSync(path).mode;
  } catch {
    return `${path} is missing or cannot be reached; make one with bin/vssid keys make --to FILE`;
  }
  if (mode & TOO_OPEN)
    return `${path} can be read or changed by others (mode ${(mode & 0o777).toString(8)}): chmod 600`;
  try {
    readRing(path);
    return undefined;
  } catch {
    return `${path} holds no key ring that can be read`;
  }
}

/** The text of a new ring with its first version. */
export function newRingText(): string {
  return textOf([{ version: 1, key: randomBytes(KEY_BYTES) }]);
}

export function fileRing(path: string): KeyRing {
  let keys = new Map<number, RingKey>();
  const read = () => {
    keys = readRing(path);
  };
  const keyOf = (version: number): Buffer => {
    if (!keys.has(version)) read();
    const key = keys.get(version)?.key;
    if (!key) throw new RingDown(`the key ring has no version ${version}`);
    return key;
  };
  return {
    kind: "file",
    async newest() {
      read();
      return Math.max(...keys.keys());
    },
    async wrap(version, key, bound) {
      return sealWith(keyOf(version), key, bound);
    },
    async unwrap(version, wrapped, bound) {
      return openWith(keyOf(version), wrapped, bound);
    },
    async make() {
      read();
      const version = Math.max(...keys.keys()) + 1;
      save(path, [...keys.values(), { version, key: randomBytes(KEY_BYTES) }]);
      return version;
    },
    async destroy(version) {
      read();
      keys.delete(version);
      save(path, [...keys.values()]);
    },
  };
}

function readRing(path: string): Map<number, RingKey> {
  const { keys } = ringSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  return new Map(keys.map((one) => [one.version, one]));
}

/** Whole or not at all: a key that wraps something must never be lost to a cut of power. */
function save(path: string, keys: readonly RingKey[]): void {
  const beside = `${path}.new`;
  writeFileSync(beside, textOf(keys), { mode: statSync(path).mode & 0o777 });
  const file = openSync(beside, "r");
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, path);
}

function textOf(keys: readonly RingKey[]): string {
  const written = keys.map(({ version, key }) => ({ version, key: key.toString("base64") }));
  return `${JSON.stringify({ keys: written }, undefined, 2)}\n`;
}
