internal import CLinux
package import Credentials
internal import Synchronization

/// Where background work leaves its results for the loop. Posting makes `descriptor` readable, so a loop that polls it
/// wakes up at once and never has to look in between.
package final class Mailbox: Sendable {
  /// What an effect has to tell when it is done, or on its way.
  package enum Mail: Equatable, Sendable {
    /// What a check is about to ask of whom.
    case asking(CheckProgress, ticket: Int)
    /// The answer to a check, with the number that the check was started under.
    case checked(Diagnosis, Timestamp, ticket: Int)
    case stored(ConnectionFacts)
    case notStored(StoreError)
  }

  /// An eventfd, for polling only. Closed with the mailbox.
  package let descriptor: Int32
  private let mails = Mutex<[Mail]>([])

  /// Traps when the system has no descriptor left: nothing could be told to the user then either.
  package init() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(descriptor >= 0, "no descriptor for the mailbox")
  }

  deinit { close(descriptor) }

  /// Puts a mail in and wakes the loop. May be called from any thread.
  package func post(_ mail: Mail) {
    mails.withLock { $0.append(mail) }
    eventfd_write(descriptor, 1)
  }

  /// Takes everything out, oldest first.
  package func collect() -> [Mail] {
    var count: eventfd_t = 0
    // Emptied before the mails are taken: one that comes in between rings again, and none is lost.
    _ = unsafe eventfd_read(descriptor, &count)
    return mails.withLock { mails in
      defer { mails = [] }
      return mails
    }
  }
}
