/// What stands before the body of an answer.
package struct AnswerHead: Sendable {
  /// The HTTP status, as it was sent.
  package var status: Int
  /// In the order in which they came.
  package var headers: [(name: String, value: String)]

  package init(status: Int, headers: [(name: String, value: String)]) {
    self.status = status
    self.headers = headers
  }

  /// The first value of a header, named in lower case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }

  /// Whether the request was done.
  var isSuccess: Bool { (200...299).contains(status) }
}

extension AnswerHead: Equatable {
  package static func == (a: AnswerHead, b: AnswerHead) -> Bool {
    a.status == b.status && a.headers.elementsEqual(b.headers, by: ==)
  }
}

/// What becomes of an answer's body.
package enum AnswerHandling: Equatable, Sendable {
  /// It goes to the output byte for byte, however long it is (`receiveStreamed`).
  case stream
  /// It is read first (`receive`).
  /// - Parameter limit: in bytes; what is longer is cut off there.
  case keep(limit: Int)
}
