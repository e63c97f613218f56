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
  /// `export NAME=`, `set NAME=`, `$env:NAME =`
  case export(String)
  /// `NAME=`
  case assignment(String)
  /// A name and a mark that is no `=`: `api_key: `. Nil where the name is not to be shown.
  case name(String?)
  /// A whole command, of which the credential was taken: `curl`.
  case command(String)
  /// A call in a program's source, of which the credential was taken.
  case code
  /// A `Basic` header, of which the user or the password was taken.
  case basicHeader
  /// One of several values that were pasted together.
  case taken(String)
  /// The marks of a code block.
  case codeBlock
  /// Text around a key file's blocks.
  case surroundings
  /// Marks around the value: `<…>`.
  case markup(String)
  /// The mark that ends a sentence or a statement, a comment behind the value, the mark of a list in front of it.
  case punctuation
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
    case .export(let name): "What sets the variable \(name) to the value was removed."
    case .assignment(let name): "\"\(name)=\" before the value was removed."
    case .address(let part): "Of the address only \(part) belongs here; the rest was removed."
    case .braces: "What stood around the UUID was removed."
    case .spelledLineEnds:
      "The line ends of the key are written as \\n now, as this field wants them."
    case .realLineEnds: "Line ends that were written as \\n are real ones now."
    case .keyMarks(let label):
      "The key was whole but for its first or last line (\(label)), which was put back."
    case .name(let name?): "\"\(name)\" and what stood between it and the value were removed."
    case .name(nil): "The name before the value was removed."
    case .command(let program): "The value was taken out of a command (\(program))."
    case .code: "The value was taken out of a program's source."
    case .basicHeader:
      "The value was taken out of a Basic header, which holds a user and a password."
    case .taken(let name): "The value was taken from \(name)."
    case .codeBlock: "The marks of a code block around the value were removed."
    case .surroundings: "Text around the key was removed."
    case .markup(let marks): "Marks around the value (\(marks)) were removed."
    case .punctuation: "A mark or a comment beside the value was removed."
    case .decoration(let text): "\"\(text)\" does not belong to the value and was removed."
    }
  }

  /// What is seen of a value that has not been mended, as a sentence with a period.
  var observation: String {
    switch self {
    case .blanks: "There are blanks around the value."
    case .lineEnds: "There are line breaks in the value."
    case .pasteMarks: "There are marks of the terminal around the value."
    case .quotes: "There are quotes around the value."
    case .bearer: "The words of a header stand before the value."
    case .export(let name): "The value stands in a command that sets the variable \(name) to it."
    case .assignment(let name): "\"\(name)=\" stands before the value."
    case .name(let name?): "The name \"\(name)\" stands before the value."
    case .name(nil): "A name stands before the value."
    case .command(let program): "This is a whole command (\(program)), not the value alone."
    case .code: "This is a part of a program's source, not the value alone."
    case .basicHeader: "This is a Basic header, which holds a user and a password."
    case .taken(let name): "This is what was pasted as \(name)."
    case .codeBlock: "There are marks of a code block around the value."
    case .surroundings: "There is text around the key."
    case .markup(let marks): "There are marks around the value: \(marks)."
    case .punctuation: "There is a mark or a comment beside the value."
    case .decoration(let text): "\"\(text)\" does not belong to the value."
    case .address(let part): "Of this address only \(part) belongs here."
    case .braces: "There are braces or other marks around the UUID."
    case .spelledLineEnds: "The line ends of the key have to be written as \\n here."
    case .realLineEnds:
      "The line ends of the key are written as \\n, and have to be real ones here."
    case .keyMarks(let label): "The first or last line of the key (\(label)) is missing or damaged."
    }
  }
}
