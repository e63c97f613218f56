/// A call with its body, and how it is made. Owned by one session and wiped with it.
package struct CallRequest: ~Copyable, Sendable {
  /// What is asked.
  package var call: APICall
  /// What is sent along.
  package var body: CallBody
  /// How it is made.
  package var options: CallOptions

  package init(_ call: APICall, body: consuming CallBody = .none, options: CallOptions = .init()) {
    self.call = call
    self.body = body
    self.options = options
  }
}
