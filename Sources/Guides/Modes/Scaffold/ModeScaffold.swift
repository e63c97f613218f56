/// What `guides new` writes for one auth mode: how the service is called, what is asked, and the steps that explain it.
/// `SLUG` and `NAME` stand for the provider's.
struct ModeScaffold: Sendable {
  struct Step: Sendable {
    let title: String
    let text: String
  }

  /// Parts of the entry behind its first keys, in written order.
  let entry: [String]
  let overview: String
  let steps: [Step]
}
