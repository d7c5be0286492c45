/** Paths of a command → files to import: folders are walked in order of name, `-` is standard input. */
import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";

export interface SizedSource {
  name: string;
  path: string;
  size: number;
}

export interface Sources {
  sources: SizedSource[];
  /** Removes what had to be kept for a while. */
  dispose(): Promise<void>;
}

export async function collectSources(paths: readonly string[], extensions: readonly string[]): Promise<Sources> {
  const sources: SizedSource[] = [];
  let folder: string | undefined;
  for (const path of paths) {
    if (path === "-") {
      // The hash comes before the rows, so standard input is read twice too: through a private file.
      folder ??= await mkdtemp(join(tmpdir(), "vssid-intake-"));
      const kept = join(folder, `${sources.length}`);
      await pipeline(process.stdin, createWriteStream(kept, { mode: 0o600 }));
      sources.push({ name: "-", path: kept, size: (await stat(kept)).size });
    } else {
      sources.push(...(await filesIn(path, extensions)));
    }
  }
  const dispose = async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  return { sources, dispose };
}

/** Not what programs lay beside a file while it is open. */
async function filesIn(path: string, extensions: readonly string[]): Promise<SizedSource[]> {
  const found = await stat(path);
  if (!found.isDirectory()) return [{ name: basename(path), path, size: found.size }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(({ name }) => !/^(?:~\$|\._)/.test(name))
    .filter((entry) => entry.isFile() && extensions.some((end) => entry.name.toLowerCase().endsWith(end)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(files.map(async (file) => ({ name: basename(file), path: file, size: (await stat(file)).size })));
}
