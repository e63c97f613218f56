/// What `guides new` writes for one auth mode: how the service is called, what is asked, and the steps that explain it.
/// `SLUG` and `NAME` stand for the provider's.
package struct ModeScaffold: Sendable {
  package struct Step: Sendable {
    package let title: String
    package let text: String
  }

  /// Parts of the entry behind its first keys, in written order.
  package let entry: [String]
  package let overview: String
  package let steps: [Step]
}
