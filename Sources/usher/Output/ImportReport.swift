internal import Basics
internal import Connections
internal import Store

/// What came of each thing of a backup: what is left out is told as it comes, and how much of everything at the end.
struct ImportReport {
  /// What something of a backup is called.
  struct Name: Hashable {
    let kind: Kind
    let text: String

    enum Kind: String { case application, connection }

    init(_ item: borrowing BackupItem) {
      switch item {
      case .application(let application):
        kind = .application
        text = application.facts.name.description
      case .connection(let connection):
        kind = .connection
        text = connection.record.facts.name.description
      }
    }

    /// For a sentence.
    var words: String { kind == .application ? "the application \(text)" : text }
  }

  private let isJSON: Bool
  private let isDryRun: Bool
  private let progress: WorkProgress
  private var found: [Restoration: [Name]] = [:]
  /// Sealed, and not stored yet; an application is stored already.
  private var waiting: [(name: Name, restoration: Restoration)] = []

  /// - Parameter progress: says how far it is, where somebody looks.
  init(isJSON: Bool, isDryRun: Bool, progress: WorkProgress) {
    self.isJSON = isJSON
    self.isDryRun = isDryRun
    self.progress = progress
  }

  mutating func note(_ name: Name, _ restoration: Restoration) {
    progress.finishOne()
    if isDryRun {
      found[restoration, default: []].append(name)
      if !isJSON { Console.line("\(restoration.plan)  \(name.words)") }
      return
    }
    switch restoration {
    case .added, .replaced: waiting.append((name, restoration))
    case .alreadyHere: found[.alreadyHere, default: []].append(name)
    case .leftOut: leaveOut(name, "another one of its name is here")
    }
  }

  /// What waited is stored.
  mutating func store(except refused: [(name: ConnectionName, reason: StoreError)]) {
    for (name, restoration) in waiting {
      let reason = refused.first { $0.name.description == name.text }?.reason
      if name.kind == .connection, let why = reason?.explanation.why {
        leaveOut(name, why)
      } else {
        found[restoration, default: []].append(name)
      }
    }
    waiting = []
  }

  /// What waited could not be stored. Applications did not wait.
  mutating func loseWaiting() {
    for (name, restoration) in waiting where name.kind == .application {
      found[restoration, default: []].append(name)
    }
    waiting = []
  }

  private mutating func leaveOut(_ name: Name, _ why: String) {
    found[.leftOut, default: []].append(name)
    guard !isJSON else { return }
    progress.aside { ErrorPrinter.warn("\(name.words) is left out: \(why)") }
  }

  private func names(_ restoration: Restoration) -> [Name] { found[restoration] ?? [] }

  private var imported: [Name] { names(.added) + names(.replaced) }

  var exitCode: ExitCode { names(.leftOut).isEmpty ? .done : .failed }

  /// - Parameter newStore: the store, where it was made for this.
  func finish(newStore: StoreDescription? = nil) {
    progress.end()
    if isJSON { return Console.json(json(newStore)) }
    var count = BackupCount()
    count.applications = imported.count(where: { $0.kind == .application })
    count.connections = imported.count - count.applications
    var parts = ["\(isDryRun ? "Would import" : "Imported") \(count.words)"]
    add(names(.replaced).count, "in place of another", "in place of others", to: &parts)
    add(names(.alreadyHere).count, "was here already", "were here already", to: &parts)
    add(names(.leftOut).count, "left out", "left out", to: &parts)
    Console.line(parts.joined(separator: "; ") + (isDryRun ? ". Nothing was changed." : "."))
    if let newStore {
      Console.line(
        "The store \(newStore.location) was made for it. It opens with \(newStore.identityLocation):"
          + " keep a copy of that elsewhere.")
    }
    if !names(.leftOut).isEmpty {
      ErrorPrinter.hint(
        "--replace puts those of the file in their place; usher replace NAME --undo takes that back"
      )
    }
  }

  private func add(_ count: Int, _ one: String, _ many: String, to parts: inout [String]) {
    if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
  }

  /// Why the rest is missing, and what is known of what came before.
  func explain(_ failure: BackupError) -> Explanation {
    guard imported.isEmpty || isDryRun else {
      return ImportReport.explain(failure, "what came before is imported, and stays")
    }
    return ImportReport.explain(failure, isDryRun ? "nothing was changed" : "nothing was imported")
  }

  /// - Parameter state: what is safe now.
  static func explain(_ failure: BackupError, _ state: String) -> Explanation {
    var explanation = failure.explanation
    explanation.why = [explanation.why, state].compactMap(\.self).joined(separator: "; ")
    return explanation
  }

  /// Somebody did not want to wait for the rest.
  static func interrupt() {
    Console.error("usher: interrupted: the rest of the file is not imported")
    ErrorPrinter.hint("the same command goes on with the rest")
  }

  private func json(_ newStore: StoreDescription?) -> Value {
    func list(_ restoration: Restoration) -> Value {
      .list(
        names(restoration).map {
          .map([("kind", .string($0.kind.rawValue)), ("name", .string($0.text))])
        })
    }
    return .map([
      ("added", list(.added)), ("replaced", list(.replaced)),
      ("already_here", list(.alreadyHere)), ("left_out", list(.leftOut)),
      ("new_store", .optional(newStore?.location)),
    ])
  }
}

extension Restoration {
  /// What would become of something, in a column.
  fileprivate var plan: String {
    switch self {
    case .added: "add         "
    case .replaced: "replace     "
    case .alreadyHere: "here already"
    case .leftOut: "leave out   "
    }
  }
}
