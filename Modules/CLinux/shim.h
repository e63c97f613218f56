// Linux calls that Swift's Glibc module leaves out, is not allowed to import (variadic, macro, fork), or hides behind
// _GNU_SOURCE. Each line says which. _GNU_SOURCE itself is not defined: the headers would then differ from those that
// the Glibc module was made from, and a file that imports both would not compile.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

// Variadic.
static inline int linux_prctl(int option, unsigned long argument) { return prctl(option, argument, 0, 0, 0); }
static inline int linux_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
static inline int linux_openat(int dir, const char *path, int flags, mode_t mode) { return openat(dir, path, flags, mode); }
static inline int linux_ioctl_winsize(int fd, struct winsize *size) { return ioctl(fd, TIOCGWINSZ, size); }
// A file in memory. By number, because the declaration hides behind _GNU_SOURCE in a header that Glibc's module has
// read already.
static inline int linux_memfd_create(const char *name, unsigned flags) { return (int)syscall(SYS_memfd_create, name, flags); }

static inline int linux_pending_input(int fd) { int count = 0; return ioctl(fd, FIONREAD, &count) == 0 ? count : -1; }
static inline int linux_set_winsize(int fd, const struct winsize *size) { return ioctl(fd, TIOCSWINSZ, size); }

// Marked unavailable in Swift: only safe before any thread exists, which is when the supervisor and the watcher of a
// folder call it.
static inline pid_t linux_fork(void) { return fork(); }

// The system's allocator has no face in Swift.
static inline int linux_mallopt(int parameter, int value) { return mallopt(parameter, value); }

// SIG_DFL and SIG_IGN are casts.
static inline int linux_signal_default(int number) { return signal(number, SIG_DFL) == SIG_ERR ? -1 : 0; }
static inline int linux_signal_ignore(int number) { return signal(number, SIG_IGN) == SIG_ERR ? -1 : 0; }
static inline int linux_signal_ignored(int number) {
  struct sigaction now;
  return sigaction(number, 0, &now) == 0 && now.sa_handler == SIG_IGN;
}

// MAP_FAILED is a cast; nil is easier to check.
static inline void *linux_map_pages(size_t size) {
  void *pages = mmap(0, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? 0 : pages;
}

// Macros with arguments; the status is that of waitpid.
static inline int linux_exited(int status) { return WIFEXITED(status); }
static inline int linux_exit_code(int status) { return WEXITSTATUS(status); }
static inline int linux_killed(int status) { return WIFSIGNALED(status); }
static inline int linux_kill_signal(int status) { return WTERMSIG(status); }
static inline int linux_stopped(int status) { return WIFSTOPPED(status); }

// Members of a union behind macros.
static inline pid_t linux_sender(const siginfo_t *info) { return info->si_pid; }
static inline int linux_sent_by_kernel(const siginfo_t *info) { return info->si_code == SI_KERNEL; }

static inline void *linux_map_shared(size_t size) {
  void *pages = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? 0 : pages;
}
static inline void *linux_map_file(int fd, size_t size) {
  void *pages = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  return pages == MAP_FAILED ? 0 : pages;
}

// errno is a macro over a thread-local, environ a mutable global.
static inline int linux_errno(void) { return errno; }
extern char **environ;
static inline char **linux_environ(void) { return environ; }

// Variadic. A copy of a descriptor with a number of at least `lowest`, which no program that is started later gets.
static inline int linux_copy_above(int fd, int lowest) { return fcntl(fd, F_DUPFD_CLOEXEC, lowest); }
// By number, because the wrapper hides behind _GNU_SOURCE; kernels before 5.9 do not have the call.
static inline void linux_close_from(int first) {
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  for (int fd = first; fd < 1024; fd++) close(fd);
}

// By number, because the wrapper hides behind _GNU_SOURCE in a header that Glibc's module has read already.
static inline int linux_accept(int fd) {
  return (int)syscall(SYS_accept4, fd, 0, 0, O_CLOEXEC | O_NONBLOCK);
}

// glibc 2.35 has no wrapper, and syscall is variadic.
static inline int linux_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// Hidden behind _GNU_SOURCE.
static const short linux_spawn_setsid = 0x80; /* POSIX_SPAWN_SETSID */
extern int posix_openpt(int flags);
extern int grantpt(int fd);
extern int unlockpt(int fd);
extern int ptsname_r(int fd, char *name, size_t size);
extern int pipe2(int ends[2], int flags);
static inline int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// The function has the name of a structure, which Swift prefers.
#include <sys/file.h>
static inline int linux_flock(int fd, int operation) { return flock(fd, operation); }
// Variadic, and the command hides behind _GNU_SOURCE. Locks one byte of an open file for writing; fails with EAGAIN where
// another open file of it has that byte.
static inline int linux_lock_byte(int fd, off_t place) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};
  return fcntl(fd, 37 /* F_OFD_SETLK */, &lock);
}
static inline int linux_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
extern int dup3(int from, int to, int flags);
static inline int linux_redirect(int descriptor, int to) { return dup3(to, descriptor, O_CLOEXEC); }
