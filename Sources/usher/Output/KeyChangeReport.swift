internal import Basics
internal import Connections
internal import Store

/// What is said of a change of the store's keys.
enum KeyChangeReport {
  /// `age1… (safe)`
  static func name(_ recipient: String, _ label: String?) -> String {
    label.map { "\(recipient) (\($0))" } ?? recipient
  }

  /// How much was sealed anew, as a sentence.
  static func sealed(_ change: KeyChange) -> String {
    switch change.resealed {
    case 0: "Nothing had to be sealed anew."
    case 1: "1 thing was sealed anew."
    default: "\(change.resealed) things were sealed anew."
    }
  }

  /// What a reader may know, each with the command that ends it.
  static func tellSeen(_ change: KeyChange, by reader: String) {
    guard !change.seen.isEmpty || !change.seenApplications.isEmpty else { return }
    Console.line()
    Console.paragraph(
      "\(reader) may have read these. Only new values end that; usher replace --revoke-old ends the old ones where it can:"
    )
    for name in change.seen { Console.line("  usher replace \(name.shortest)") }
    guard !change.seenApplications.isEmpty else { return }
    Console.paragraph("The secrets of these applications are made anew at their providers:")
    for name in change.seenApplications { Console.line("  usher apps show \(name)") }
  }
}
