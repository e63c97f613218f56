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

  /// Runs `body` on a thread of its own and waits for its end; nil, and nothing is run, where none can be started.
  ///
  /// For a process that was forked: what it runs on its first thread takes locks in the name of the parent's. The runtime
  /// (Swift 6.3.1) locks each constant at its first use, and where another thread wants the same one meanwhile, both wait
  /// for ever, at full speed. Signals are that thread's too: the one that waits takes none.
  package static func run(_ body: () -> Int32) -> Int32? {
    withoutActuallyEscaping(body) { body in
      var all = sigset_t()
      var mask = sigset_t()
      unsafe sigfillset(&all)
      unsafe pthread_sigmask(SIG_SETMASK, &all, &mask)
      defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }
      let work = Work(body, mask)
      var thread = pthread_t()
      let status = unsafe pthread_create(
        &thread, nil,
        { work in
          guard let work = unsafe work else { return nil }
          unsafe Unmanaged<Work>.fromOpaque(work).takeUnretainedValue().run()
          return nil
        }, Unmanaged.passUnretained(work).toOpaque())
      guard status == 0 else { return nil }
      pthread_join(thread, nil)
      return work.result
    }
  }

  /// What one thread does for another that waits for it.
  private final class Work {
    private let body: () -> Int32
    private var mask: sigset_t
    private(set) var result: Int32?

    init(_ body: @escaping () -> Int32, _ mask: sigset_t) {
      self.body = body
      self.mask = mask
    }

    func run() {
      unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
      result = body()
    }
  }

  /// One heap for all threads of this process, of which one at a time has much to do. A heap that glibc (2.36) gives to each thread
  /// but the first grows by a call for each page: two of three calls up to a wizard's first page.
  package static func shareOneHeap() { _ = linux_mallopt(M_ARENA_MAX, 1) }

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
