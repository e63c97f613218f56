/// What a paste was mended of. The value is then what the provider gave, and the user is told.
package enum Repair: Equatable, Sendable {
  /// Blanks, line ends and invisible marks before and after it.
  case blanks
  /// Line breaks inside a value of one line, or foreign line ends in one of several lines.
  case lineEnds
  /// The marks with which a terminal announces a paste.
  case pasteMarks
  case quotes
  /// `Bearer `, `token ` or a whole header before the value.
  case bearer
  /// `export NAME=`
  case export(String)
  /// `NAME=`
  case assignment(String)
  /// A whole curl command, of which the credential was taken.
  case curl
  /// What the form shows beside the input anyway: `https://` before a host's name.
  case decoration(String)
  /// An address, of which this is what belongs into the field.
  case address(String)
  /// Braces around a UUID.
  case braces
  /// Real line ends in a key file, which its field wants written as `\n`.
  case spelledLineEnds
  /// Line ends in a key file that were written as `\n`.
  case realLineEnds
  /// The first and the last line of a PEM file, by its label.
  case keyMarks(String)

  /// What was done, as a sentence with a period.
  package var sentence: String {
    switch self {
    case .blanks: "Blanks around the value were removed."
    case .lineEnds: "Line breaks in the value were mended."
    case .pasteMarks: "Marks that the terminal put into the paste were removed."
    case .quotes: "Quotes around the value were removed."
    case .bearer: "The words of the header before the value were removed."
    case .export(let name): "\"export \(name)=\" before the value was removed."
    case .assignment(let name): "\"\(name)=\" before the value was removed."
    case .address(let part): "Of the address only \(part) belongs here; the rest was removed."
    case .braces: "What stood around the UUID was removed."
    case .spelledLineEnds:
      "The line ends of the key are written as \\n now, as this field wants them."
    case .realLineEnds: "Line ends that were written as \\n are real ones now."
    case .keyMarks(let label):
      "The key was whole but for its first or last line (\(label)), which was put back."
    case .curl: "The value was taken out of a curl command."
    case .decoration(let text): "\"\(text)\" does not belong to the value and was removed."
    }
  }
}
