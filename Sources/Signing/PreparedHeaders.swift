package import Secrets

/// Header fields in the order in which they are sent. Names are lower case and unique.
package struct PreparedHeaders: ~Copyable, Sendable {
  private var values = SecretMap<String>()

  /// Without a header.
  package init() {}

  /// In the order in which they are sent.
  package var names: [String] { values.keys }

  /// Lends the value of a header, named in lower case; one that is not there has no bytes.
  package borrowing func withValue<Result: ~Copyable, Failure: Error>(
    of name: String, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try values.withBytes(of: name, body)
  }

  /// Sets a header, in place of the one of the same name.
  package mutating func set(_ name: String, to value: consuming SecretBuffer) {
    values.set(name.lowercased(), to: value)
  }

  mutating func remove(_ name: String) { values.remove(name.lowercased()) }
}
