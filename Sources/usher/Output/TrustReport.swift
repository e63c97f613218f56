internal import Basics
internal import Connections
internal import Store

/// What a machine does not know of its store, for a person who has to say whether that is right.
enum TrustReport {
  /// More of one kind are counted and not listed.
  private static let limit = 20

  static func text(_ differences: [StoreDifference]) -> String {
    var lines = differences.prefix(limit).map(line)
    if differences.count > limit { lines.append("… and \(differences.count - limit) more") }
    return lines.joined(separator: "\n")
  }

  /// What is known of somebody unknown, before the question.
  static func text(_ writer: UnknownWriter) -> String {
    "\(writer.subject) was signed by somebody whom this machine does not know:\n  \(writer.key)"
      + (writer.event.map { "\n  \(text($0))" } ?? "")
  }

  private static func line(_ difference: StoreDifference) -> String {
    switch difference {
    case .firstUse: "This machine remembers nothing of the store yet."
    case .gone: "Nothing is where the store was."
    case .otherStore: "Another store is in its place."
    case .unreadableMemory: "What this machine remembers of the store cannot be read."
    case .unsigned: "The store had signatures when it was last used here, and has none now."
    case .addedRecipient(let key): "It is sealed to one more, who can read it:\n  \(key)"
    case .removedRecipient(let key): "It is not sealed any more to\n  \(key)"
    case .otherRowKey: "The key of its rows, for lists, is another one."
    case .writer(let key, let count, let event):
      "Somebody unknown has signed \(count == 1 ? "1 thing" : "\(count) things"):\n  \(key)"
        + (event.map { "\n  \(text($0))" } ?? "")
    case .older(let subject, let why): "\(subject) is not what was last seen here: \(why)."
    }
  }

  private static func text(_ event: ConnectionEvent) -> String {
    "it says: \(HistoryReport.cells(event).joined(separator: ", "))"
  }
}
