// A program started in another user's name, which `posix_spawn` cannot do, and the end of one with what it has used.
#pragma once
#include <sys/types.h>

// How a program is started. `argv` and `envp` end with a null pointer, as for `execve`.
struct probe_program {
  const char *program;
  char *const *argv;
  char *const *envp;
  // Where it starts.
  const char *directory;
  // The terminal that controls it and is its three standard streams; null without one.
  const char *terminal;
  // Its three standard streams, where it has no terminal.
  int streams[3];
  // The user and the group to be; -1 for those of the caller.
  long user;
};

// The process, or -1 with errno set. Nothing of the caller's is open in it but what `streams` names.
pid_t probe_start(const struct probe_program *start);

// What a process and those that it waited for have used.
struct probe_usage {
  // As `waitpid` has it.
  int status;
  // Time on a processor, in milliseconds.
  double processor;
  // Page faults that needed no disk.
  long faults;
};

// Waits for the end of a process. 0, or -1 with errno set.
int probe_wait(pid_t process, struct probe_usage *usage);

// Whether some bytes stand in others.
int probe_contains(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

// Makes the caller the parent of its grandchildren when their parent ends, so that it can wait for them.
int probe_adopt_orphans(void);
