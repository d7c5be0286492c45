/** Programs of PostgreSQL whose disk fails, lies or only reads while a file says so: a library of our own, made by gcc. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const source = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
/* 0: as ever, 'F': the disk says that it failed, 'L': it says yes and does nothing, 'R': it may only be read. */
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
/* Pipes and sockets are no disk, and the log of the server lies on another one. */
static int on_disk(int fd) {
  struct stat found;
  return fd > 2 && fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
}
#define CHANGE(result, name, params, args, is_on_disk) \\
  result name params { \\
    static result (*real) params; \\
    if (sick() == 'R' && (is_on_disk)) { errno = EROFS; return -1; } \\
    if (!real) real = (result (*) params) dlsym(RTLD_NEXT, #name); \\
    return real args; \\
  }
CHANGE(ssize_t, write, (int fd, const void *from, size_t bytes), (fd, from, bytes), on_disk(fd))
CHANGE(ssize_t, pwrite, (int fd, const void *from, size_t bytes, off_t at), (fd, from, bytes, at), on_disk(fd))
CHANGE(ssize_t, pwrite64, (int fd, const void *from, size_t bytes, off_t at), (fd, from, bytes, at), on_disk(fd))
CHANGE(ssize_t, pwritev, (int fd, const struct iovec *from, int parts, off_t at), (fd, from, parts, at), on_disk(fd))
CHANGE(ssize_t, pwritev64, (int fd, const struct iovec *from, int parts, off_t at), (fd, from, parts, at), on_disk(fd))
CHANGE(int, ftruncate, (int fd, off_t bytes), (fd, bytes), on_disk(fd))
CHANGE(int, ftruncate64, (int fd, off_t bytes), (fd, bytes), on_disk(fd))
CHANGE(int, fallocate, (int fd, int how, off_t from, off_t bytes), (fd, how, from, bytes), on_disk(fd))
CHANGE(int, rename, (const char *from, const char *to), (from, to), 1)
CHANGE(int, unlink, (const char *path), (path), 1)
CHANGE(int, mkdir, (const char *path, mode_t mode), (path, mode), 1)
#define OPENS(name) \\
  int name(const char *path, int flags, ...) { \\
    static int (*real)(const char *, int, ...); \\
    va_list rest; \\
    mode_t mode; \\
    va_start(rest, flags); \\
    mode = va_arg(rest, mode_t); \\
    va_end(rest); \\
    if (!real) real = (int (*)(const char *, int, ...)) dlsym(RTLD_NEXT, #name); \\
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) && path[0] != '/' && sick() == 'R') { errno = EROFS; return -1; } \\
    return real(path, flags, mode); \\
  }
OPENS(open)
OPENS(open64)
FLUSH(fsync, (int fd), (fd))
FLUSH(fdatasync, (int fd), (fd))
FLUSH(sync_file_range, (int fd, off_t from, off_t bytes, unsigned int flags), (fd, from, bytes, flags))
`;

const letters = { fails: "F", lies: "L", reads: "R" } as const;

export interface Shim {
  /** Folder of `initdb` and `postgres`. */
  binDir: string;
  set(how: "fails" | "lies" | "reads" | "well"): void;
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
      if (how !== "well") writeFileSync(trigger, letters[how], { mode: 0o644 });
      else if (existsSync(trigger)) rmSync(trigger);
    },
  };
}
