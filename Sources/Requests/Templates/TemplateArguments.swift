internal import Secrets

/// The arguments of a function, as texts.
struct TemplateArguments: ~Copyable {
  private var texts = SecretMap<String>()
  let count: Int

  init(_ count: Int, _ write: (Int, inout SecretWriter) -> Void) {
    self.count = count
    for index in 0..<count {
      var text = SecretWriter()
      write(index, &text)
      texts.set(String(index), to: text.finish() ?? SecretBuffer(capacity: 1))
    }
  }

  /// Lends an argument; one that was not given has no bytes.
  borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    of index: Int, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try texts.withBytes(of: String(index), body)
  }
}
