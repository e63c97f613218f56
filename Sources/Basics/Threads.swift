internal import Glibc

/// Whether this process may start threads. Where an account has used up its share (`ulimit -u`, a service's limit), the
/// system's task pool waits for one without a word and without an end: whoever needs it asks first.
package enum Threads {
  /// Tries it. Nothing of the thread is left behind.
  package static var areAvailable: Bool {
    var thread = pthread_t()
    guard unsafe pthread_create(&thread, nil, { _ in nil }, nil) == 0 else { return false }
    pthread_join(thread, nil)
    return true
  }

  /// What to say when there are none.
  package static let explanation = Explanation(
    what: "this account may start no more threads",
    why: "the limit on its processes (ulimit -u), or that of the service or container, is reached",
    advice: "end some of its processes, or raise the limit")
}
