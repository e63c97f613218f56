internal import Basics

/// One account in which an application is installed.
package struct Installation: Equatable, Sendable {
  /// What requests for its token name it by.
  package let id: Int64
  /// Whose account it is; cleaned.
  package let account: String
  /// `User` or `Organization`; nil where the provider does not say.
  package let kind: String?
}

extension Installation {
  init?(_ value: Value) {
    guard let id = value["id"]?.wholeNumber else { return nil }
    self.id = id
    let account = value["account"]
    let name = (account?["login"] ?? account?["slug"])?.text ?? String(id)
    self.account = PrintableText.oneLine(Array(name.utf8), atMost: 100)
    kind = (value["target_type"]?.text ?? account?["type"]?.text).map {
      PrintableText.oneLine(Array($0.utf8), atMost: 40)
    }
  }
}
