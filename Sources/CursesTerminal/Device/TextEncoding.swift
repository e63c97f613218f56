internal import Basics
internal import CNcurses

/// What may be written to the terminal.
package enum TextEncoding: Sendable {
  case utf8
  /// Nothing but ASCII is safe: borders become `+-|`, other symbols their nearest likeness.
  case ascii

  /// Sets the process's character type from the environment and says what came of it.
  ///
  /// A locale that is unset, or set but not installed (`LANG` comes in by SSH from another machine), says nothing of the
  /// terminal: UTF-8 is then taken, which every terminal of the last 20 years speaks. `C`, `POSIX` or another code set
  /// are the user's word and are kept.
  static func establish(
    environment variable: (String) -> String? = Environment.value
  ) -> TextEncoding {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
    if unsafe setlocale(LC_CTYPE, "") != nil {
      if isUTF8 { return .utf8 }
      if name != nil { return .ascii }
    }
    for fallback in ["C.UTF-8", "C.utf8"] {
      if unsafe setlocale(LC_CTYPE, fallback) != nil, isUTF8 { return .utf8 }
    }
    return .ascii
  }

  private static var isUTF8: Bool {
    guard let codeset = unsafe nl_langinfo(nl_item(CODESET)) else { return false }
    return unsafe String(cString: codeset) == "UTF-8"
  }
}
