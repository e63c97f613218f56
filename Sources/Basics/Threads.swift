internal import CLinux
internal import Glibc

/// Whether this process may start threads. Where an account has used up its share (`ulimit -u`, a service's limit), the
/// system's task pool waits for one without a word and without an end: whoever needs it asks first.
package enum Threads {
  /// What a check takes at once: the pool's, the one that talks to its process, and that process with its own.
  private static let fewest = 6
  /// Holds them back until all of them are there.
  private static let gate = EventDescriptor()

  /// Tries it with as many as a check takes. Nothing of them is left behind.
  package static var areAvailable: Bool {
    // Made before anybody else asks for it. In a child process that was forked, as the interface is, two threads that ask for
    // the same new constant at once never get it: the runtime (Swift 6.3.1) locks it in the name of the parent's thread.
    let gate = gate
    var threads: [pthread_t] = []
    for _ in 0..<fewest {
      var thread = pthread_t()
      let status = unsafe pthread_create(
        &thread, nil,
        { _ in
          Threads.wait()
          return nil
        }, nil)
      guard status == 0 else { break }
      threads.append(thread)
    }
    gate.set()
    for thread in threads { pthread_join(thread, nil) }
    gate.clear()
    return threads.count == fewest
  }

  /// Until the gate is open; without a descriptor for it no longer than a moment.
  private static func wait() {
    var watched = pollfd(fd: gate.number, events: Int16(POLLIN), revents: 0)
    unsafe poll(&watched, 1, 1000)
  }

  /// The variable that says where the system's task pool writes its remarks; they go to the system's log without it.
  package static let poolLog = "LIBDISPATCH_LOG"

  /// Keeps the pool's remarks out of the system's log. Each process would leave one there: its timer's thread asks for more
  /// than the usual priority, which nobody but root gets. To be called before the first task.
  package static func silencePool() { unsafe setenv(poolLog, "NO", 0) }

  /// What to say when there are none.
  package static let explanation = Explanation(
    what: "this account may start no more threads",
    why: "the limit on its processes (ulimit -u), or that of the service or container, is reached",
    advice: "end some of its processes, or raise the limit")
}
