package import Basics
package import Connections
package import Requests
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
    /// News of a link, with the number of what was asked or waited for.
    case link(Parcel, ticket: Int)
    /// Who has the store that a save waits for; nil where it cannot be known.
    case waiting(for: String?)
    case guideRefreshed(slug: String, GuideNews)
    /// A save that is on the disk, with the facts that the store has set; and whether a key gave way that can be taken
    /// back alone.
    case stored(ConnectionFacts, leavesOldKey: Bool = false)
    /// A save that failed; what it says tells what is stored now.
    case notStored(StoreError)
    /// What came of taking an old key back, why that could not be noted, and the number of the order.
    case revoked(RevocationOutcome, unnoted: StoreError? = nil, ticket: Int)
    /// Why what was typed so far could not be kept; nil when it can be again.
    case draftSaved(StoreError?)
  }

  /// News that cannot be copied: whoever takes them first has them. Equal to itself alone.
  package struct Parcel: Equatable, Sendable {
    private let box: SendOnceBox<LinkNews>

    init(_ news: consuming LinkNews) { box = SendOnceBox(news) }

    /// The news, the first time.
    func take() -> LinkNews? { box.take() }

    package static func == (a: Parcel, b: Parcel) -> Bool { a.box === b.box }
  }

  /// For polling only. Closed with the mailbox.
  package var descriptor: Int32 { event.number }
  private let event = EventDescriptor()
  private let mails = Mutex<[Mail]>([])

  /// Traps when the system has no descriptor left: nothing could be told to the user then either.
  package init() {
    precondition(descriptor >= 0, "no descriptor for the mailbox")
  }

  /// Puts a mail in and wakes the loop. May be called from any thread.
  package func post(_ mail: Mail) {
    mails.withLock { $0.append(mail) }
    event.set()
  }

  /// Takes everything out, oldest first.
  package func collect() -> [Mail] {
    // Emptied before the mails are taken: one that comes in between rings again, and none is lost.
    event.clear()
    return mails.withLock { mails in
      defer { mails = [] }
      return mails
    }
  }
}
