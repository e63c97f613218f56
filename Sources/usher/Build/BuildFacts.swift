/// Which build this is: the version, and what `.ci/release` has put into the file beside it.
enum BuildFacts {
  /// `usher 0.5.0 (1f0c9b7a2d4e, x86_64 Linux, Swift 6.3.1)`; of a program that was built for its own developer
  /// `usher 0.5.0 (debug build)`.
  static var text: String { "usher \(Usher.version) (\(build))" }

  /// A line with commit, processor and compiler.
  private static var build: String {
    guard let text = section("usher.build") else { return kind }
    return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? kind
  }

  private static var kind: String {
    #if DEBUG
      "debug build"
    #else
      "built from source"
    #endif
  }

  /// The licences of what is linked into the program; nil of a build that carries none.
  static var notices: String? { section("usher.notices") }

  private static func section(_ name: String) -> String? {
    guard let sections = ProgramSections(), let bytes = sections.bytes(of: name) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
