internal import Basics
internal import Connections

/// The keys of a store, as `keys show` tells them: for people a page, for scripts a document.
struct KeyPage {
  private let report: KeyReport

  init(_ report: KeyReport) { self.report = report }

  var json: Value {
    .map([
      (
        "recipients",
        .list(
          report.recipients.map { recipient in
            .map([
              ("recipient", .string(recipient.text)), ("label", .optional(recipient.label)),
              ("own", recipient.isOwn.map(Value.bool) ?? .null),
            ])
          })
      ),
      ("identity", .string(report.identityLocation)),
      ("kept", .string(report.protection.word)),
      ("protection", .string(report.protection.sentence)),
      ("next", .optional(next)),
    ])
  }

  /// For a person: the table, and behind it the sentences.
  func print() {
    Console.line(recipients)
    for sentence in [identity, report.protection.sentence, next.map { "Next: \($0)." }] {
      guard let sentence else { continue }
      Console.line()
      Console.paragraph(sentence)
    }
  }

  private var recipients: String {
    guard !report.recipients.isEmpty else {
      return report.protection == .passphrase
        ? "Recipients: told once the identity is unlocked; the first save seals to them."
        : "Recipients: none yet; the first save makes this machine a key."
    }
    let rows = report.recipients.map { recipient in
      [recipient.text, KeyPage.owner(of: recipient)].filter { !$0.isEmpty }
    }
    return TextTable(rows: [["RECIPIENT", "WHOSE"]] + rows).text
  }

  /// Whose a key is, as far as that is known.
  static func owner(of recipient: KeyRecipient) -> String {
    [recipient.isOwn == true ? "this machine's" : nil, recipient.label]
      .compactMap(\.self).joined(separator: ", ")
  }

  private var identity: String {
    report.protection == .writeOnly
      ? "Identity: \(report.protection.phrase)"
      : "Identity: \(report.identityLocation), \(report.protection.phrase)"
  }

  /// The one thing that would make it better, a lost key being worse than a copied one; nil where nothing would.
  private var next: String? {
    switch report.protection {
    case .writeOnly: return nil
    case .file, .passphrase, .credential, .descriptor, .command: break
    }
    if report.recipients.count == 1 {
      return "usher keys add RECIPIENT seals to a key that is kept elsewhere, too; "
        + "without one, all is lost with the identity"
    }
    return report.protection == .file && report.recipients.count > 1
      ? "usher keys passphrase keeps the identity closed where the disk is copied along with it"
      : nil
  }
}

extension KeyProtection {
  /// For scripts.
  fileprivate var word: String {
    switch self {
    case .file: "file"
    case .passphrase: "passphrase"
    case .writeOnly: "elsewhere"
    case .credential: "credential"
    case .descriptor: "descriptor"
    case .command: "command"
    }
  }
}
