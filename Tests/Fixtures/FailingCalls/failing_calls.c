// Stands before the C library (LD_PRELOAD) and makes one call for files fail.
//
// FAILING_CALLS=KIND:NUMBER:TIMES:MARK:ROOT, where KIND is broken (EIO), full (ENOSPC), interrupted (EINTR), short (half of what was
// asked) or kill. Calls are counted from 1 in each process, those alone whose file lies below ROOT; the NUMBERth and the TIMES - 1
// that follow fail. MARK is made when the first of them does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, BROKEN, FULL, INTERRUPTED, SHORT, KILL };
// What a call can suffer: whether it takes room, may be interrupted, may do half of its work.
enum { ROOM = 1, WAITS = 2, PARTS = 4 };

static enum kind kind = NONE;
static long number, times, calls;
static char mark[512], root[512];

__attribute__((constructor)) static void arrange(void) {
  char name[32];
  const char *plan = getenv("FAILING_CALLS");
  if (!plan || sscanf(plan, "%31[^:]:%ld:%ld:%511[^:]:%511s", name, &number, &times, mark, root) != 5) return;
  const char *names[] = {"none", "broken", "full", "interrupted", "short", "kill"};
  for (int index = 1; index <= KILL; index++)
    if (strcmp(name, names[index]) == 0) kind = index;
}

static int concerns_path(const char *path) { return kind && strncmp(path, root, strlen(root)) == 0; }

static int concerns(int file) {
  if (!kind) return 0;
  char link[64], path[1024];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  long length = syscall(SYS_readlink, link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return concerns_path(path);
}

static int concerns_at(int folder, const char *path) {
  return path[0] == '/' ? concerns_path(path) : concerns(folder);
}

// Counts a call. 0 to go on, 1 to do half of it, -1 when it has failed and errno says how.
static int fails(int traits) {
  long call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  if (call < number || call >= number + times) return 0;
  if (kind == INTERRUPTED && !(traits & WAITS)) return 0;
  if (kind == SHORT && !(traits & PARTS)) return 0;
  long made = syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (made >= 0) syscall(SYS_close, made);
  switch (kind) {
  case SHORT: return 1;
  case KILL: syscall(SYS_kill, getpid(), SIGKILL); return -1;
  case INTERRUPTED: errno = EINTR; return -1;
  case FULL: errno = traits & ROOM ? ENOSPC : EIO; return -1;
  case BROKEN: errno = EIO; return -1;
  case NONE: return 0;
  }
  return 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPENS(name)                                                                        \
  int name(const char *path, int flags, ...) {                                             \
    va_list rest;                                                                          \
    va_start(rest, flags);                                                                 \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                \
    va_end(rest);                                                                          \
    int traits = WAITS | (flags & O_CREAT ? ROOM : 0);                                     \
    if (concerns_path(path) && fails(traits) < 0) return -1;                               \
    return NEXT(name)(path, flags, mode);                                                  \
  }
#define OPENS_AT(name)                                                                     \
  int name(int folder, const char *path, int flags, ...) {                                 \
    va_list rest;                                                                          \
    va_start(rest, flags);                                                                 \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                \
    va_end(rest);                                                                          \
    int traits = WAITS | (flags & O_CREAT ? ROOM : 0);                                     \
    if (concerns_at(folder, path) && fails(traits) < 0) return -1;                         \
    return NEXT(name)(folder, path, flags, mode);                                          \
  }
// read, write and their kin; REST is what follows the count.
#define MOVES(name, traits, bytes, parameters, rest)                                       \
  ssize_t name(int file, bytes buffer, size_t count parameters) {                          \
    int fault = concerns(file) ? fails(traits) : 0;                                        \
    if (fault < 0) return -1;                                                              \
    if (fault > 0 && count > 1) count /= 2;                                                \
    return NEXT(name)(file, buffer, count rest);                                           \
  }
#define COMMA ,
#define SYNCS(name)                                                                        \
  int name(int file) { return concerns(file) && fails(WAITS) < 0 ? -1 : NEXT(name)(file); }
#define CUTS(name, offset)                                                                 \
  int name(int file, offset size) {                                                        \
    return concerns(file) && fails(WAITS | ROOM) < 0 ? -1 : NEXT(name)(file, size);        \
  }

OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)
MOVES(read, WAITS | PARTS, void *, , )
MOVES(write, WAITS | PARTS | ROOM, const void *, , )
MOVES(pread, WAITS | PARTS, void *, COMMA off_t offset, COMMA offset)
MOVES(pread64, WAITS | PARTS, void *, COMMA off64_t offset, COMMA offset)
MOVES(pwrite, WAITS | PARTS | ROOM, const void *, COMMA off_t offset, COMMA offset)
MOVES(pwrite64, WAITS | PARTS | ROOM, const void *, COMMA off64_t offset, COMMA offset)
SYNCS(fsync)
SYNCS(fdatasync)
CUTS(ftruncate, off_t)
CUTS(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
  return concerns_path(from) && fails(ROOM) < 0 ? -1 : NEXT(rename)(from, to);
}
int renameat(int folder, const char *from, int other, const char *to) {
  if (concerns_at(folder, from) && fails(ROOM) < 0) return -1;
  return NEXT(renameat)(folder, from, other, to);
}
int unlink(const char *path) { return concerns_path(path) && fails(0) < 0 ? -1 : NEXT(unlink)(path); }
int unlinkat(int folder, const char *path, int flags) {
  return concerns_at(folder, path) && fails(0) < 0 ? -1 : NEXT(unlinkat)(folder, path, flags);
}
int mkdir(const char *path, mode_t mode) {
  return concerns_path(path) && fails(ROOM) < 0 ? -1 : NEXT(mkdir)(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
  return concerns_at(folder, path) && fails(ROOM) < 0 ? -1 : NEXT(mkdirat)(folder, path, mode);
}
