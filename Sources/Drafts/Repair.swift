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
    case .curl: "The value was taken out of a curl command."
    case .decoration(let text): "\"\(text)\" does not belong to the value and was removed."
    }
  }
}
