internal import Basics
internal import Glibc
internal import Requests
internal import Secrets
internal import Synchronization

/// The thread that listens. It ends with the one good answer, or when it is told to.
final class ListenerThread: ListeningPort {
  private let stop: EventDescriptor
  private let thread: pthread_t
  private let isJoined = Mutex(false)

  /// Nil where no thread can be started.
  init?(
    running loop: consuming ListenerLoop,
    deliver: @escaping @Sendable (consuming SecretBuffer) -> Void
  ) {
    stop = loop.stop
    // Signals are the terminal's, which waits for them on its own thread.
    var all = sigset_t()
    var mask = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &mask)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }
    let work = unsafe Unmanaged.passRetained(Work(SendOnceBox(loop), deliver))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { work in
        guard let work = unsafe work else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run()
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  deinit {
    close()
    if !isJoined.withLock(\.self) { pthread_detach(thread) }
  }

  func close() {
    stop.set()
    // Where the answer is delivered nobody listens any more.
    guard pthread_equal(pthread_self(), thread) == 0 else { return }
    isJoined.withLock { isJoined in
      if !isJoined { pthread_join(thread, nil) }
      isJoined = true
    }
  }

  /// What the thread does.
  private final class Work: Sendable {
    private let loop: SendOnceBox<ListenerLoop>
    private let deliver: @Sendable (consuming SecretBuffer) -> Void

    init(
      _ loop: SendOnceBox<ListenerLoop>,
      _ deliver: @escaping @Sendable (consuming SecretBuffer) -> Void
    ) {
      self.loop = loop
      self.deliver = deliver
    }

    func run() {
      guard let loop = loop.take(), let address = loop.run() else { return }
      deliver(address)
    }
  }
}
