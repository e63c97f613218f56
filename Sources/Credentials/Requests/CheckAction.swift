package import Secrets

/// What the session wants next.
package enum CheckAction: ~Copyable {
  case send(PreparedRequest)
  case done(Diagnosis)
}

/// The provider's answer. The body is held as a secret: it may echo what was sent.
package struct CheckAnswer: ~Copyable {
  package let status: Int
  package let headers: [(name: String, value: String)]
  package let body: SecretBuffer

  package init(
    status: Int, headers: [(name: String, value: String)] = [], body: consuming SecretBuffer
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  var isSuccess: Bool { (200...299).contains(status) }

  /// The first value of a header, named in lower case.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
