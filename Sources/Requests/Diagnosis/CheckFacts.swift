internal import Basics
internal import ProviderFormat
internal import Secrets

/// What answers told about the credentials: the first value of each fact counts.
struct CheckFacts: Equatable {
  var account: String?
  var organization: String?
  var expires: Timestamp?
  /// What was written there and is no date.
  var unreadExpiry: String?
  var rights: [String] = []
  /// What the key is called; shown as the account where nothing better is known.
  var label: String?

  /// The most rights that are kept.
  private static let mostRights = 64

  /// Reads facts out of an answer. Several paths of one name are tried in order.
  mutating func read(
    _ paths: [UsherExtension.FactPath], in answer: borrowing CheckAnswer,
    from sources: borrowing TemplateContext
  ) {
    for read in paths {
      let path = AnswerPath(read.path)
      switch read.fact {
      case .account: account = account ?? name(path, answer, sources)
      case .organization: organization = organization ?? text(path, answer, sources)
      case .description: label = label ?? name(path, answer, sources)
      case .expires: readExpiry(text(path, answer, sources))
      case .rights: if rights.isEmpty { rights = list(path, answer, sources) }
      }
    }
  }

  func apply(to diagnosis: inout Diagnosis) {
    diagnosis.account = account ?? label
    diagnosis.organization = organization
    diagnosis.expires = expires
    diagnosis.unreadExpiry = expires == nil ? unreadExpiry : nil
    diagnosis.rights = rights
  }

  private mutating func readExpiry(_ text: String?) {
    guard expires == nil, let text, !EndlessValidity.isSaid(by: text) else { return }
    expires = Timestamp(providerText: text)
    if expires == nil { unreadExpiry = unreadExpiry ?? PrintableText.cut(text, atMost: 64) }
  }

  /// What somebody, or something, is called. Where an answer repeats a secret there, it is nobody's name.
  private func name(
    _ path: AnswerPath, _ answer: borrowing CheckAnswer, _ sources: borrowing TemplateContext
  ) -> String? {
    text(path, answer, sources).flatMap { $0.contains(Redactor.mark) ? nil : $0 }
  }

  private func text(
    _ path: AnswerPath, _ answer: borrowing CheckAnswer, _ sources: borrowing TemplateContext
  ) -> String? {
    path.text(in: answer)?.withBytes { Redactor.clean($0, from: sources) }
  }

  /// A list of texts, or one text with blanks or commas between.
  private func list(
    _ path: AnswerPath, _ answer: borrowing CheckAnswer, _ sources: borrowing TemplateContext
  ) -> [String] {
    var rights: [String] = []
    path.forEachText(in: answer) { text in
      guard rights.count < Self.mostRights else { return }
      if let right = Redactor.clean(text, from: sources) { rights.append(right) }
    }
    return rights
  }
}
