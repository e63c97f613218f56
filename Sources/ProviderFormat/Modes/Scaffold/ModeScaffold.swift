/// What `guides new` writes for one auth mode: how the service is called, what is asked, and the steps that explain it.
/// `SLUG` and `NAME` stand for the provider's.
package struct ModeScaffold: Sendable {
  /// A step of the guide that is written.
  package struct Step: Sendable {
    /// Its heading, without the number.
    package let title: String
    /// Its Markdown.
    package let text: String
  }

  /// Parts of the entry behind its first keys, in written order.
  package let entry: [String]
  /// What is needed, as a sentence of Markdown.
  package let overview: String
  /// In order.
  package let steps: [Step]
}
