internal import ProviderFormat
internal import Secrets

/// The cookies that an answer sets, for providers whose session is a cookie.
struct AnswerCookies {
  /// More than any login sets.
  private static let most = 64

  private let all: String

  init(_ answer: borrowing CheckAnswer) {
    let lines = answer.headers.filter { $0.name.lowercased() == "set-cookie" }.map(\.value)
    all = lines.prefix(Self.most).map { $0.prefix { $0 != ";" } }
      .filter { $0.dropFirst().contains("=") }
      .joined(separator: "; ")
  }

  func store(in sources: inout TemplateContext) {
    if all.isEmpty { return }
    for name in TemplateScope.cookies {
      sources.fetched.set(name, to: SecretBuffer(text: all, capacity: 1))
    }
  }
}
