/** Programs of PostgreSQL whose flushes to disk fail, or lie, while a file says so: a library of our own, made by gcc. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const source = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
/* 0: as ever, 'F': the disk says that it failed, 'L': it says yes and does nothing. */
static char sick(void) {
  char how = 0;
  const char *path = getenv("TRIAL_FLUSH");
  int fd = path ? open(path, O_RDONLY) : -1;
  if (fd < 0) return 0;
  if (read(fd, &how, 1) != 1) how = 0;
  close(fd);
  return how;
}
#define FLUSH(name, params, args) \\
  int name params { \\
    static int (*real) params; \\
    char how = sick(); \\
    if (how == 'F') { errno = EIO; return -1; } \\
    if (how == 'L') return 0; \\
    if (!real) real = (int (*) params) dlsym(RTLD_NEXT, #name); \\
    return real args; \\
  }
FLUSH(fsync, (int fd), (fd))
FLUSH(fdatasync, (int fd), (fd))
FLUSH(sync_file_range, (int fd, off_t from, off_t bytes, unsigned int flags), (fd, from, bytes, flags))
`;

export interface Shim {
  /** Folder of `initdb` and `postgres`. */
  binDir: string;
  set(how: "fails" | "lies" | "well"): void;
}

/** Undefined: there is no gcc. */
export function flushShim(folder: string, binDir: string): Shim | undefined {
  const [code, library, own] = [join(folder, "flush.c"), join(folder, "flush.so"), join(folder, "bin")];
  const trigger = join(folder, "flush");
  mkdirSync(own, { recursive: true });
  writeFileSync(code, source);
  if (spawnSync("gcc", ["-shared", "-fPIC", "-O1", "-o", library, code, "-ldl"]).status !== 0) return undefined;
  for (const name of ["initdb", "postgres"]) {
    const wrapper = `#!/bin/sh\nexec env LD_PRELOAD='${library}' TRIAL_FLUSH='${trigger}' '${join(binDir, name)}' "$@"\n`;
    writeFileSync(join(own, name), wrapper, { mode: 0o755 });
  }
  for (const path of [folder, own, library]) chmodSync(path, 0o755);
  return {
    binDir: own,
    set(how) {
      if (how !== "well") writeFileSync(trigger, how === "fails" ? "F" : "L", { mode: 0o644 });
      else if (existsSync(trigger)) rmSync(trigger);
    },
  };
}
