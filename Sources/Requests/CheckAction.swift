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
  /// The body as JSON where it is XML that can be read.
  private let converted: SecretBuffer?

  package init(
    status: Int, headers: [(name: String, value: String)] = [], body: consuming SecretBuffer
  ) {
    self.status = status
    self.headers = headers
    converted = body.withBytes { XMLConversion.json(of: $0) }
    self.body = body
  }

  /// Whether the body is XML.
  var isXML: Bool {
    switch converted {
    case .some: true
    case nil: false
    }
  }

  /// Lends the body as JSON: as it came, or as what XML has been turned into.
  borrowing func withJSON<Result: ~Copyable>(_ body: (RawSpan) -> Result) -> Result {
    switch converted {
    case .some(let json): json.withBytes(body)
    case nil: self.body.withBytes(body)
    }
  }

  var isSuccess: Bool { (200...299).contains(status) }

  /// The first value of a header, named in lower case.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
