/// The command that sets a project up, as it can be typed.
struct SetupLine {
  /// Of what is required.
  let text: String
  /// Of what is optional, too.
  var forAll: String { "\(text) --all" }

  /// - Parameter file: the project's, as it was given.
  init(_ file: String) { text = "usher setup \(ShellWord.quoted(file))" }
}
