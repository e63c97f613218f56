internal import Basics
internal import Connections
internal import Requests
internal import Secrets
internal import Store

/// The hidden subcommand that renews the token files of a command that `usher run --file` has become. Runs detached, until
/// the command has ended.
struct FileRenewal: ~Copyable {
  /// Hidden from help; answered before the argument parser is touched.
  static let word = "__watch"

  /// In seconds: the pause after a renewal that came to nothing, doubled with each further one up to the second.
  private static let pauses: ClosedRange<Int64> = 30...600

  private let folder: RenewedFolder
  private let store: StoreOptions
  private let access: ConnectionAccess
  private var entries: [Entry]

  private struct Entry {
    var plan: RenewalPlan.Entry
    var pause = FileRenewal.pauses.lowerBound
  }

  /// Blocks until the command has ended.
  static func run() -> ExitCode {
    guard let folder = RenewedFolder(),
      let plan = (try? Value(json: String(decoding: folder.plan, as: UTF8.self)))
        .flatMap(RenewalPlan.init)
    else { return .usage }
    var renewal = FileRenewal(folder, plan)
    renewal.run()
    return .done
  }

  private init(_ folder: consuming RenewedFolder, _ plan: RenewalPlan) {
    self.folder = folder
    store = StoreOptions(store: plan.store, identity: plan.identity)
    access = ConnectionAccess(
      network: NetworkOptions(certificateAuthority: plan.certificateAuthority), isSilent: true)
    entries = plan.entries.map { Entry(plan: $0) }
  }

  private mutating func run() {
    while folder.wait(until: entries.map(\.plan.due).min()) {
      let now = Timestamp.now()
      entries = entries.compactMap { $0.plan.due <= now ? renewed($0) : $0 }
    }
  }

  /// The entry with its next moment; nil where nothing more can come of it.
  private func renewed(_ entry: Entry) -> Entry? {
    var entry = entry
    do {
      // Nobody is there to be asked: a passphrase is none of its business.
      let session = StoreHandle(
        at: try store.location(), network: StoreOptions.silentNetwork
      ).session()
      let token = try access.token(of: entry.plan.connection, in: session)
      for (member, file) in entry.plan.files {
        try token.values.withBytes(of: member.valueName) { bytes throws(SystemError) in
          try folder.replace(file, by: bytes)
        }
      }
      guard let due = token.due else { return nil }
      entry.plan.due = max(due, Self.after(Self.pauses.lowerBound))
      entry.pause = Self.pauses.lowerBound
    } catch let error as any Explained where [.refused, .notFound].contains(error.exitCode) {
      // Asking again with what the provider does not want could lock the account.
      return nil
    } catch {
      entry.plan.due = Self.after(entry.pause)
      entry.pause = min(entry.pause * 2, Self.pauses.upperBound)
    }
    return entry
  }

  private static func after(_ seconds: Int64) -> Timestamp {
    Timestamp(secondsSinceEpoch: Timestamp.now().secondsSinceEpoch + seconds)
  }
}

extension TokenSet {
  /// When another one is needed; nil where its end is not known.
  var due: Timestamp? {
    expires.map { Timestamp(secondsSinceEpoch: $0.secondsSinceEpoch - buffer) }
  }
}
