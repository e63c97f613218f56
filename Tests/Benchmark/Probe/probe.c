#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// By number: glibc's wrappers change the user of every thread, and before `execve` this process shares its threads'
// memory with the caller.
static int become(long user) {
  if (user < 0) return 0;
  return syscall(SYS_setgroups, 0, 0) == 0 && syscall(SYS_setresgid, user, user, user) == 0 &&
                 syscall(SYS_setresuid, user, user, user) == 0
             ? 0
             : -1;
}

static int open_streams(const struct probe_program *start) {
  for (int stream = 0; stream < 3; stream++) {
    int file = start->streams[stream];
    if (start->terminal) {
      // The first terminal that a session leader opens controls the session.
      file = open(start->terminal, O_RDWR);
      if (file < 0) return -1;
    }
    if (file != stream && dup2(file, stream) < 0) return -1;
  }
  return syscall(SYS_close_range, 3, ~0U, 0) == 0 ? 0 : -1;
}

static void be(const struct probe_program *start) {
  struct sigaction usual = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &usual, 0);
  if ((start->terminal && setsid() < 0) || open_streams(start) < 0 || become(start->user) < 0) _exit(127);
  if (chdir(start->directory) < 0) _exit(127);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  execve(start->program, start->argv, start->envp);
  _exit(127);
}

pid_t probe_start(const struct probe_program *start) {
  // Not fork: the copy of the caller's page tables would count as work of the program.
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t process = vfork();
  if (process == 0) be(start);
  int failure = errno;
  sigprocmask(SIG_SETMASK, &before, 0);
  errno = failure;
  return process;
}

int probe_wait(pid_t process, struct probe_usage *usage) {
  struct rusage used;
  while (wait4(process, &usage->status, 0, &used) < 0)
    if (errno != EINTR) return -1;
  usage->processor = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
                     (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
  usage->faults = used.ru_minflt;
  return 0;
}

int probe_contains(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
  return memmem(bytes, count, wanted, wanted_count) != 0;
}

int probe_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
